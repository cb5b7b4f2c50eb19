import type { ChangeableTerms } from '@nandax/core/order/order.ts';
import type { ProtectionPhase } from '@nandax/core/order/plan-protection.ts';
import type { ModifyOrderFailure } from '../orders/modify-order.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { InstrumentRecord } from '../records.ts';

/** What the user of a protection is told. */
export interface Told {
  readonly level: 'ERROR';
  readonly title: string;
  readonly body: string;
}

type Symbol = Pick<InstrumentRecord, 'tradingSymbol'>;

/** That an exit, sent in a phase, was refused, and what comes of it. */
export function alertOfExit(
  { reason, type, triggerPrice, price }: OrderRecord,
  phase: ProtectionPhase,
  { tradingSymbol }: Symbol,
): Told {
  const why = reason ?? 'No reason is known.';
  if (phase === 'EXIT' || type === 'MARKET') {
    return {
      level: 'ERROR',
      title: `ALERT: ${tradingSymbol} could not be left`,
      body: `The emergency exit was refused: ${why} The position is not protected; it is tried again.`,
    };
  }
  const what = type === 'LIMIT' ? 'target' : 'stop';
  const at = (triggerPrice ?? price)?.toFixed(2);
  return {
    level: 'ERROR',
    title: `ALERT: the ${what} of ${tradingSymbol} could not be placed`,
    body: `The ${what} at ${at} was refused: ${why} The position leaves at the market.`,
  };
}

/** That what rests could not be changed, as it was to be, and rests on. */
export function alertOfChange(
  order: OrderRecord,
  terms: ChangeableTerms,
  failure: ModifyOrderFailure,
  { tradingSymbol }: Symbol,
): Told {
  const why = 'message' in failure ? failure.message : `It is ${failure.kind}.`;
  return {
    level: 'ERROR',
    title: `ALERT: what protects ${tradingSymbol} could not be changed`,
    body: `The change to ${wordsOf(terms)} was refused: ${why} It stays at ${wordsOf(order)}.`,
  };
}

/** Such as `10 units, stop 95.00`. */
function wordsOf({ type, quantity, price, triggerPrice }: ChangeableTerms): string {
  const at =
    type === 'MARKET'
      ? 'at the market'
      : type === 'LIMIT'
        ? `target ${price?.toFixed(2)}`
        : `stop ${triggerPrice?.toFixed(2)}`;
  return `${quantity.toFixed()} units, ${at}`;
}
