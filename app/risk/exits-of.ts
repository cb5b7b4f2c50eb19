import { unfilledQuantityOf } from '@nandax/core/order/order.ts';
import type { Product, Side } from '@nandax/core/order/order-terms.ts';
import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { Decimal } from 'decimal.js';
import { isProtective, type OrderRecord } from '../ports/orders.ts';
import type { PositionRecord } from '../ports/portfolios.ts';
import type { OpenLot } from '../ports/risk.ts';

/** A market order that takes something off a position. */
export interface Exit {
  readonly instrumentId: string;
  readonly product: Product;
  readonly side: Side;
  /** Units. */
  readonly quantity: Decimal;
  /** Whose trades it closes: a run's, or those by hand (null). */
  readonly runId: string | null;
}

const zero = new Decimal(0);

/**
 * The orders that leave a position, less what working orders take off it already. They are divided
 * among the owners whose trades make it up; owners who hold against each other come to nothing at
 * the broker, and what they hold of that is left to them.
 */
export function exitsOf(
  position: PositionRecord,
  lots: readonly OpenLot[],
  working: readonly OrderRecord[],
): readonly Exit[] {
  const { instrumentId, product } = position;
  const net = netQuantityOf(position);
  const side: Side = net.isPositive() ? 'SELL' : 'BUY';
  const leaving = leavingOf(position, working);
  let left = Decimal.max(net.abs().minus(unfilledOf(leaving)), zero);
  const exits: Exit[] = [];
  const take = (runId: string | null, held: Decimal): void => {
    const quantity = Decimal.min(held, left);
    if (!quantity.greaterThan(0)) return;
    left = left.minus(quantity);
    exits.push({ instrumentId, product, side, quantity, runId });
  };
  for (const { runId, netQuantity, ...lot } of lots) {
    if (!isHere(lot, position) || netQuantity.isPositive() !== net.isPositive()) continue;
    take(runId, netQuantity.abs().minus(unfilledOf(leaving.filter((one) => one.runId === runId))));
  }
  take(null, left);
  return exits;
}

/** The first of these exits that come to at most `most` units together; null: all of them. */
export function atMostOf(exits: readonly Exit[], most: Decimal | null): readonly Exit[] {
  if (most === null) return exits;
  let left = most;
  return exits.flatMap((exit) => {
    const quantity = Decimal.min(exit.quantity, left);
    left = left.minus(quantity);
    return quantity.greaterThan(0) ? [{ ...exit, quantity }] : [];
  });
}

/**
 * Working orders that take something off a position already. Exits of protections are not among
 * them: they make room before another exit leaves.
 */
export function leavingOf(
  position: PositionRecord,
  working: readonly OrderRecord[],
): readonly OrderRecord[] {
  const side: Side = netQuantityOf(position).isPositive() ? 'SELL' : 'BUY';
  return working.filter(
    (order) => isHere(order, position) && order.side === side && !isProtective(order),
  );
}

function isHere(
  row: { readonly instrumentId: string; readonly product: Product },
  { instrumentId, product }: PositionRecord,
): boolean {
  return row.instrumentId === instrumentId && row.product === product;
}

function unfilledOf(orders: readonly OrderRecord[]): Decimal {
  return orders.reduce((sum, order) => sum.plus(unfilledQuantityOf(order)), zero);
}
