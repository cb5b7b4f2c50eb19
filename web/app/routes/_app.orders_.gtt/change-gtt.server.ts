import { data } from '@remix-run/node';

import { answerForm, mutate } from '../../api.server.ts';
import { text, texts } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import { CancelGttDocument, ModifyGttDocument, PlaceGttDocument } from '../../generated/graphql.ts';
import { gttOf, legsOf } from './read-gtt.server.ts';

/** What came of one of the screen's forms, and the key for its next try. */
export interface Answer {
  readonly failure?: FormFailure | null | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** Places, changes or takes back a GTT: what the pressed button says. */
export function changeGtt(request: Request, form: FormData) {
  return answerForm<Answer>(form, async () => {
    const result = await change(request, form);
    // Any answer is final for its key: what is sent next is another GTT.
    const idempotencyKey = crypto.randomUUID();
    return result.__typename === 'Gtt'
      ? data<Answer>({ idempotencyKey })
      : data<Answer>({ idempotencyKey, failure: failureOf(result) }, { status: 422 });
  });
}

async function change(request: Request, form: FormData) {
  const intent = text(form, 'intent');
  const id = text(form, 'id');
  if (intent.startsWith('cancel')) {
    return (await mutate(request, CancelGttDocument, { input: { id } })).data.cancelGtt;
  }
  if (intent.startsWith('modify')) {
    const input = { id, legs: legsOf(form, texts(form, 'leg')) };
    return (await mutate(request, ModifyGttDocument, { input })).data.modifyGtt;
  }
  const idempotencyKey = text(form, 'idempotencyKey') || crypto.randomUUID();
  const input = { idempotencyKey, ...gttOf(form) };
  return (await mutate(request, PlaceGttDocument, { input })).data.placeGtt;
}
