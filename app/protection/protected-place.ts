import { unfilledQuantityOf } from '@nandax/core/order/order.ts';
import type { Side } from '@nandax/core/order/order-terms.ts';
import { isWorking } from '@nandax/core/order/status.ts';
import { Decimal } from 'decimal.js';
import { isProtective, type OrderRecord } from '../ports/orders.ts';
import type { PositionPlace, ProtectionRecord } from '../ports/protections.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** A protection with the orders that belong to it, as they are now. */
export interface ProtectionState {
  readonly protection: ProtectionRecord;
  /** Null: it protects all that is held by hand. */
  readonly entry: OrderRecord | null;
  /** All that it sent, oldest first. */
  readonly exits: readonly OrderRecord[];
  /** Those that may still execute. */
  readonly working: readonly OrderRecord[];
  /** Units held by hand on the side that it leaves. */
  readonly held: Decimal;
  /** Units that it is for: of its entry what its exits have not left, else all held by hand. */
  readonly open: Decimal;
}

const zero = new Decimal(0);

/** Reads what a protection follows, under the portfolio's lock. */
export async function stateOf(
  rows: StoreTransaction,
  protection: ProtectionRecord,
): Promise<ProtectionState> {
  const { id, entryOrderId, side } = protection;
  const exits = await rows.orders.exitsOfProtection(id);
  const entry = entryOrderId === null ? null : await rows.orders.find(entryOrderId);
  const held = await heldByHand(rows, protection, side);
  const left = Decimal.sum(zero, ...exits.map(({ filledQuantity }) => filledQuantity));
  const open =
    entry === null ? held : Decimal.max(Decimal.min(entry.filledQuantity.minus(left), held), zero);
  const working = exits.filter(({ status }) => isWorking(status));
  return { protection, entry, exits, working, held, open };
}

/** Units held by hand on the side that `side` leaves. */
export async function heldByHand(
  rows: StoreTransaction,
  { portfolioId, instrumentId, product }: PositionPlace,
  side: Side,
): Promise<Decimal> {
  const owner = { portfolioId, instrumentId, product, runId: null };
  const trades = await rows.portfolios.openTrades(owner);
  const direction = side === 'SELL' ? 'LONG' : 'SHORT';
  return trades.reduce(
    (sum, trade) => (trade.direction === direction ? sum.plus(trade.quantity) : sum),
    zero,
  );
}

/**
 * Units that exits of one protection are to be for. What is held less what other orders by hand take
 * off is divided among the protections of a place: entries first, oldest first. Nobody grows into
 * units for which an exit of another one still rests.
 */
export function wantedUnits(
  { protection, held, open, working: mine }: ProtectionState,
  ahead: readonly ProtectionState[],
  working: readonly OrderRecord[],
): Decimal {
  const here = working.filter(
    (order) => order.runId === null && order.side === protection.side && isAt(order, protection),
  );
  const theirs = here.filter((order) => !isProtective(order));
  const free = held.minus(unfilledOf(theirs));
  const taken = Decimal.sum(
    zero,
    ...ahead
      .filter(({ protection: { side } }) => side === protection.side)
      .map((other) => other.open),
  );
  const share = Decimal.max(Decimal.min(open, free.minus(taken)), zero);
  const others = here.filter(
    (order) => isProtective(order) && !mine.some(({ id }) => id === order.id),
  );
  const room = free.minus(unfilledOf(others));
  return Decimal.min(share, Decimal.max(unfilledOf(mine), room, zero));
}

/** Units of orders that may still execute. */
export function unfilledOf(orders: readonly OrderRecord[]): Decimal {
  return Decimal.sum(zero, ...orders.map(unfilledQuantityOf));
}

/** Whether something stands at a place. */
export function isAt(
  row: Omit<PositionPlace, 'portfolioId'>,
  place: Omit<PositionPlace, 'portfolioId'>,
): boolean {
  return row.instrumentId === place.instrumentId && row.product === place.product;
}

/** Protections in the order in which they take of what is held: those of entries first. */
export function inTurn(protections: readonly ProtectionRecord[]): readonly ProtectionRecord[] {
  return [
    ...protections.filter(({ entryOrderId }) => entryOrderId !== null),
    ...protections.filter(({ entryOrderId }) => entryOrderId === null),
  ];
}
