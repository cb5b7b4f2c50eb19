import { unfilledQuantityOf } from '@nandax/core/order/order.ts';
import type { Holding } from '@nandax/core/strategy/decide-signals.ts';
import { Decimal } from 'decimal.js';
import type { OrderRecord } from '../ports/orders.ts';
import type { TradeRecord } from '../ports/portfolios.ts';
import type { InstrumentRecord } from '../records.ts';

/** What a run holds of each of its instruments, by its own fills, and where its orders still work. */
export function holdingsOf(
  runId: string,
  instruments: readonly InstrumentRecord[],
  openTrades: readonly TradeRecord[],
  workingOrders: readonly OrderRecord[],
): readonly Holding[] {
  return instruments.map(({ id }) => {
    const lots = openTrades.filter(({ instrumentId }) => instrumentId === id);
    let quantity = new Decimal(0);
    let value = new Decimal(0);
    for (const lot of lots) {
      quantity = quantity.plus(lot.quantity);
      value = value.plus(lot.quantity.times(lot.entryPrice));
    }
    const signed = lots[0]?.direction === 'SHORT' ? quantity.negated() : quantity;
    return {
      quantity: signed.toNumber(),
      averageEntryPrice: quantity.isZero() ? NaN : value.dividedBy(quantity).toNumber(),
      openedAt: Math.min(...lots.map(({ entryAt }) => entryAt.getTime())),
      working: workingOrders.some(
        (order) =>
          order.runId === runId &&
          order.instrumentId === id &&
          unfilledQuantityOf(order).greaterThan(0),
      ),
    };
  });
}
