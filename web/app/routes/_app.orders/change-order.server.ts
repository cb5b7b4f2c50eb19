import { data } from '@remix-run/node';

import { answerForm, mutate } from '../../api.server.ts';
import { amount, oneOf, text, wholeNumber } from '../../form.server.ts';
import { failureOf } from '../../form-failure.ts';
import {
  CancelAllOrdersDocument,
  CancelOrderDocument,
  ModifyOrderDocument,
  type ModifyOrderInput,
} from '../../generated/graphql.ts';
import { withDeniedField } from '../../trading/denied-field.ts';
import type { Answer } from './answer.ts';
import { orderTypes, protectionOf, validities } from './read-order.server.ts';

/** Asks for the rest of an order or of all back, or for other terms: what the pressed button says. */
export function changeOrder(request: Request, form: FormData) {
  return answerForm<Answer>(form, async () => {
    const id = text(form, 'id');
    const intent = text(form, 'intent');
    if (intent === 'cancel-all') return cancelAll(request, id);
    const result = intent.startsWith('cancel')
      ? (await mutate(request, CancelOrderDocument, { input: { id } })).data.cancelOrder
      : (await mutate(request, ModifyOrderDocument, { input: { id, ...changesOf(form) } })).data
          .modifyOrder;
    return result.__typename === 'Order'
      ? data<Answer>({ changed: crypto.randomUUID() })
      : data<Answer>({ failure: failureOf(withDeniedField(result)) }, { status: 422 });
  });
}

async function cancelAll(request: Request, portfolioId: string) {
  const { data: answered } = await mutate(request, CancelAllOrdersDocument, {
    input: { portfolioId },
  });
  const result = answered.cancelAllOrders;
  if (result.__typename !== 'CancelledOrders') {
    return data<Answer>({ failure: failureOf(result) }, { status: 422 });
  }
  const { cancelled, unanswered } = result;
  return data<Answer>({ changed: crypto.randomUUID(), counts: { cancelled, unanswered } });
}

/** The terms of the form; what its type and validity do not have, or was emptied, is taken away. */
export function changesOf(form: FormData): Omit<ModifyOrderInput, 'id'> {
  const type = oneOf(form, 'type', orderTypes, 'MARKET');
  const validity = oneOf(form, 'validity', validities, 'DAY');
  const given = (name: string) => (text(form, name) === '' ? null : amount(form, name));
  const isLimited = type === 'LIMIT' || type === 'SL';
  // Of a cover order it is the trigger of its stop.
  const hasTrigger = type === 'SL' || type === 'SL_M' || text(form, 'variety') === 'CO';
  return {
    type,
    quantity: text(form, 'quantity').replaceAll(',', ''),
    price: isLimited ? given('price') : null,
    triggerPrice: hasTrigger ? given('triggerPrice') : null,
    validity,
    validityMinutes: validity === 'TTL' ? wholeNumber(form, 'validityMinutes') : null,
    disclosedQuantity: text(form, 'disclosedQuantity').replaceAll(',', '') || null,
    marketProtectionPercent: protectionOf(form, type) ?? null,
  };
}
