import { data } from '@remix-run/node';

import { answerForm, mutate } from '../api.server.ts';
import { amount, oneOf, text } from '../form.server.ts';
import { failureOf } from '../form-failure.ts';
import { RemoveProtectionDocument, SetProtectiveStopDocument } from '../generated/graphql.ts';
import type { ProtectAnswer } from './protect-answer.ts';

/** Whether a form is about the stop of a position: `protect …` or `unprotect …`. */
export function isProtect(form: FormData): boolean {
  return /^(protect|unprotect) /.test(text(form, 'intent'));
}

/** Sets the stop of a position, or takes one away: what the pressed button says. */
export function protect(request: Request, form: FormData) {
  return answerForm<ProtectAnswer>(form, async () => {
    const result = text(form, 'intent').startsWith('unprotect')
      ? await remove(request, form)
      : await set(request, form);
    return result.__typename === 'Protection'
      ? data<ProtectAnswer>({ done: crypto.randomUUID() })
      : data<ProtectAnswer>({ failure: failureOf(result) }, { status: 422 });
  });
}

async function remove(request: Request, form: FormData) {
  const input = { id: text(form, 'id') };
  return (await mutate(request, RemoveProtectionDocument, { input })).data.removeProtection;
}

async function set(request: Request, form: FormData) {
  const given = (name: string) => (text(form, name) === '' ? undefined : amount(form, name));
  const input = {
    portfolioId: text(form, 'id'),
    instrumentId: text(form, 'instrumentId'),
    product: oneOf(form, 'product', ['MIS', 'CNC', 'NRML', 'MTF'] as const, 'MIS'),
    stopPrice: given('stopPrice'),
    targetPrice: given('targetPrice'),
  };
  return (await mutate(request, SetProtectiveStopDocument, { input })).data.setProtectiveStop;
}
