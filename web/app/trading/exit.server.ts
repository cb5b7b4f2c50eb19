import { data } from '@remix-run/node';

import { answerForm, mutate } from '../api.server.ts';
import { checked, oneOf, text } from '../form.server.ts';
import type { FormFailure } from '../form-failure.ts';
import { failureOf } from '../form-failure.ts';
import type { ExitsFragment } from '../generated/graphql.ts';
import {
  CloseTradeDocument,
  ExitAllPositionsDocument,
  ExitPositionDocument,
} from '../generated/graphql.ts';
import type { ExitAnswer } from './exit-answer.ts';

/** Whether a form leaves something: `exit …`, `exit-all …` or `close …`. */
export function isExit(form: FormData): boolean {
  return /^(exit|exit-all|close) /.test(text(form, 'intent'));
}

/** Leaves a position, all of a portfolio's, or a trade: what the pressed button says. */
export function exit(request: Request, form: FormData) {
  return answerForm<ExitAnswer>(form, async () => {
    const result = await leave(request, form);
    // Any answer is final for its key: what is sent next is another wish.
    const idempotencyKey = crypto.randomUUID();
    if (result.__typename !== 'PlacedExits') {
      const failure = failureOf(result);
      return data<ExitAnswer>({ failure, idempotencyKey }, { status: 422 });
    }
    const failure = refusedOf(result);
    const left = result.legs.filter(({ __typename }) => __typename === 'Order').length;
    return data<ExitAnswer>({ failure, left, idempotencyKey });
  });
}

async function leave(request: Request, form: FormData) {
  // Without a script the form has no key of its own.
  const idempotencyKey = text(form, 'idempotencyKey') || crypto.randomUUID();
  const id = text(form, 'id');
  const quantity = text(form, 'quantity').replaceAll(',', '') || undefined;
  switch (text(form, 'intent').split(' ', 1)[0]) {
    case 'close': {
      const input = { idempotencyKey, id, quantity };
      return (await mutate(request, CloseTradeDocument, { input })).data.closeTrade;
    }
    case 'exit-all': {
      const cancelWorkingOrders = checked(form, 'cancelWorkingOrders');
      const input = { idempotencyKey, portfolioId: id, cancelWorkingOrders };
      return (await mutate(request, ExitAllPositionsDocument, { input })).data.exitAllPositions;
    }
    default: {
      const input = {
        idempotencyKey,
        portfolioId: id,
        instrumentId: text(form, 'instrumentId'),
        product: oneOf(form, 'product', ['MIS', 'CNC', 'NRML', 'MTF'] as const, 'MIS'),
        quantity,
      };
      return (await mutate(request, ExitPositionDocument, { input })).data.exitPosition;
    }
  }
}

/** Why some of the orders were refused; null: all left. */
function refusedOf({ legs }: ExitsFragment): FormFailure | null {
  const reasons = legs.flatMap((leg) => (leg.__typename === 'OrderDenied' ? [leg.message] : []));
  if (reasons.length === 0) return null;
  const rest = `${legs.length - reasons.length} of ${legs.length} orders left.`;
  return { message: `${rest} ${reasons.join(' ')}`, field: undefined };
}
