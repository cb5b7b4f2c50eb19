import { data } from '@remix-run/node';

import { answerForm, mutate } from '../api.server.ts';
import { amount, oneOf, text } from '../form.server.ts';
import { failureOf } from '../form-failure.ts';
import {
  ModifyProtectionDocument,
  RemoveProtectionDocument,
  SetProtectiveStopDocument,
} from '../generated/graphql.ts';
import type { ProtectAnswer } from './protect-answer.ts';

/** Whether a form is about the stop of a position: `protect …` or `unprotect …`. */
export function isProtect(form: FormData): boolean {
  return /^(protect|unprotect) /.test(text(form, 'intent'));
}

/** Sets the stop of a position, changes one or takes it away: what the pressed button says. */
export function protect(request: Request, form: FormData) {
  return answerForm<ProtectAnswer>(form, async () => {
    const result = await change(request, form);
    const idempotencyKey = crypto.randomUUID();
    return result.__typename === 'Protection'
      ? data<ProtectAnswer>({ idempotencyKey, done: idempotencyKey })
      : data<ProtectAnswer>({ idempotencyKey, failure: failureOf(result) }, { status: 422 });
  });
}

function change(request: Request, form: FormData) {
  if (text(form, 'intent').startsWith('unprotect')) return remove(request, form);
  return form.has('protectionId') ? modify(request, form) : set(request, form);
}

/** A field that the form does not have leaves its price as it is; an empty target goes. */
async function modify(request: Request, form: FormData) {
  const target = form.has('targetPrice') ? { targetPrice: given(form, 'targetPrice') ?? null } : {};
  const input = {
    // Without a script the form has no key of its own.
    idempotencyKey: text(form, 'idempotencyKey') || crypto.randomUUID(),
    id: text(form, 'protectionId'),
    stopPrice: given(form, 'stopPrice'),
    ...target,
  };
  return (await mutate(request, ModifyProtectionDocument, { input })).data.modifyProtection;
}

function given(form: FormData, name: string): string | undefined {
  return text(form, name) === '' ? undefined : amount(form, name);
}

async function remove(request: Request, form: FormData) {
  const input = { id: text(form, 'id') };
  return (await mutate(request, RemoveProtectionDocument, { input })).data.removeProtection;
}

async function set(request: Request, form: FormData) {
  const input = {
    portfolioId: text(form, 'id'),
    instrumentId: text(form, 'instrumentId'),
    product: oneOf(form, 'product', ['MIS', 'CNC', 'NRML', 'MTF'] as const, 'MIS'),
    stopPrice: given(form, 'stopPrice'),
    targetPrice: given(form, 'targetPrice'),
  };
  return (await mutate(request, SetProtectiveStopDocument, { input })).data.setProtectiveStop;
}
