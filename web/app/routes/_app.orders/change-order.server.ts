import { data } from '@remix-run/node';

import { answerForm, mutate } from '../../api.server.ts';
import { amount, text } from '../../form.server.ts';
import { failureOf } from '../../form-failure.ts';
import { CancelOrderDocument, ModifyOrderDocument } from '../../generated/graphql.ts';
import type { Answer } from './answer.ts';

/** Asks for an order's rest back, or for other terms: what the pressed button of the form says. */
export function changeOrder(request: Request, form: FormData) {
  return answerForm<Answer>(form, async () => {
    const id = text(form, 'id');
    const result = text(form, 'intent').startsWith('cancel')
      ? (await mutate(request, CancelOrderDocument, { input: { id } })).data.cancelOrder
      : (await mutate(request, ModifyOrderDocument, { input: { id, ...termsOf(form) } })).data
          .modifyOrder;
    return result.__typename === 'Order'
      ? data<Answer>({ changed: crypto.randomUUID() })
      : data<Answer>({ failure: failureOf(result) }, { status: 422 });
  });
}

/** The terms that the form has a field for; the others stay as they are. */
function termsOf(form: FormData) {
  const given = (name: string) => (text(form, name) === '' ? undefined : amount(form, name));
  return {
    quantity: text(form, 'quantity').replaceAll(',', ''),
    price: given('price'),
    triggerPrice: given('triggerPrice'),
  };
}
