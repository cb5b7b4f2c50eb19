import type { Denial } from '@nandax/core/risk/denial.ts';
import type { TradingState } from '@nandax/core/risk/trading-state.ts';
import { Decimal } from 'decimal.js';
import type { OrderRecord } from '../ports/orders.ts';

/**
 * Why an order that passed the door may not leave any more: trading was shut while it waited for its
 * turn, a second's room or a worker. Null: it may. What only reduces leaves until all is HALTED.
 */
export function shutBeforeLeaving(
  tradingState: TradingState,
  { reducing, quantity }: Pick<OrderRecord, 'reducing' | 'quantity'>,
): Denial | null {
  if (tradingState === 'HALTED') {
    return { code: 'TRADING_HALTED', limit: null, actual: null, scope: null };
  }
  return tradingState === 'REDUCING' && !reducing
    ? { code: 'NOT_REDUCING', limit: new Decimal(0), actual: quantity, scope: null }
    : null;
}

/** What its user reads. */
export function noteOfShut({ side, quantity, clientOrderId, reason }: OrderRecord) {
  return {
    level: 'WARNING' as const,
    title: 'An order was not sent: trading was shut while it waited',
    body: `${side} ${quantity.toFixed()} (${clientOrderId}) was not sent. ${reason ?? ''}`,
  };
}
