import type { ClosedSlice, Lot } from '@nandax/core/portfolio/fifo.ts';
import type { Decimal } from 'decimal.js';
import type { TradeRecord } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { IdSource } from '../ports/world.ts';

/** An open trade is its owner's lot. */
export function lotOf(trade: TradeRecord, multiplier: Decimal): Lot {
  return {
    id: trade.id,
    direction: trade.direction,
    quantity: trade.quantity,
    price: trade.entryPrice,
    multiplier,
    time: trade.entryAt.getTime(),
    charges: trade.charges,
  };
}

/**
 * Saves what a slice closed of an open trade: the trade itself where nothing is left of it, else a trade
 * of its own, while the open one keeps its id and what is left. `closed` is the slice's trade with the
 * open one's id. Returns the closed trade as it was saved.
 */
export async function saveClosedSlice(
  rows: StoreTransaction,
  ids: IdSource,
  entry: TradeRecord,
  { remainder }: ClosedSlice,
  closed: TradeRecord,
  at: Date,
): Promise<TradeRecord> {
  if (remainder === null) {
    await rows.portfolios.saveTrade(closed);
    return closed;
  }
  const { quantity, charges } = remainder;
  await rows.portfolios.saveTrade({ ...entry, quantity, charges });
  const part = { ...closed, id: ids.uuid(), createdAt: at };
  await rows.portfolios.insertTrade(part);
  return part;
}
