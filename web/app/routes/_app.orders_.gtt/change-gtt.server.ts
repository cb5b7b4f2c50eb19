import { data } from '@remix-run/node';

import { answerForm, mutate } from '../../api.server.ts';
import { amount, oneOf, text, texts } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import {
  CancelGttDocument,
  ModifyGttDocument,
  PlaceGttDocument,
  type GttLegInput,
} from '../../generated/graphql.ts';

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
  const kind = oneOf(form, 'kind', ['SINGLE', 'OCO'] as const, 'SINGLE');
  const input = {
    idempotencyKey: text(form, 'idempotencyKey') || crypto.randomUUID(),
    portfolioId: text(form, 'portfolioId'),
    instrumentId: text(form, 'instrumentId'),
    side: oneOf(form, 'side', ['BUY', 'SELL'] as const, 'SELL'),
    product: oneOf(form, 'product', ['CNC', 'NRML'] as const, 'CNC'),
    legs: legsOf(form, kind === 'OCO' ? ['1', '2'] : ['1']),
  };
  return (await mutate(request, PlaceGttDocument, { input })).data.placeGtt;
}

function legsOf(form: FormData, legs: readonly string[]): GttLegInput[] {
  return legs.map((leg) => ({
    triggerPrice: amount(form, `${leg}.triggerPrice`) || '0.00',
    price: amount(form, `${leg}.price`) || '0.00',
    quantity: text(form, `${leg}.quantity`).replaceAll(',', '') || '0',
  }));
}
