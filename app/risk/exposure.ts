import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { unfilledQuantityOf } from '@nandax/core/order/order.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import { contractValueOf } from '@nandax/core/portfolio/contract-value.ts';
import { averagePriceOf, marketValueOf, netQuantityOf } from '@nandax/core/portfolio/position.ts';
import type { Exposure } from '@nandax/core/risk/decide-order.ts';
import { findMarginRate, marginOf, type MarginRate } from '@nandax/core/risk/margin.ts';
import { Decimal } from 'decimal.js';
import type { OrderRecord } from '../ports/orders.ts';
import type { PositionRecord } from '../ports/portfolios.ts';
import type { AccountState } from './read-account.ts';

/** Where an order would trade. */
interface Place {
  readonly instrumentId: string;
  readonly product: Product;
}

const zero = new Decimal(0);

/** The fraction of an order's value that a product needs as margin on the day of `marketTime`. */
export function marginRateOf(
  rates: readonly MarginRate[],
  product: Product,
  marketTime: Date,
): Decimal {
  const found = findMarginRate(rates, product, exchangeDateOf(marketTime.getTime()));
  // Without a figure the whole value is asked for: the strictest there is.
  return found?.rate ?? new Decimal(1);
}

/** The account's exposure as the risk door reads it, for an order at `place`. */
export function exposureOf(
  account: AccountState,
  place: Place,
  rateOf: (product: Product) => Decimal,
): Exposure {
  const { positions, working, instruments } = account;
  const here = positions.find((position) => isAt(position, place));
  const netQuantity = here === undefined ? zero : netQuantityOf(here);

  let pendingExitQuantity = zero;
  let entryMargin = zero;
  for (const { order, exiting, opening } of dividedOrders(positions, working)) {
    if (isAt(order, place)) pendingExitQuantity = pendingExitQuantity.plus(exiting);
    const price = order.price ?? order.referencePrice ?? zero;
    const instrument = instruments.get(order.instrumentId);
    if (instrument === undefined) throw new Error(`no instrument ${order.instrumentId}`);
    const value = contractValueOf(opening, price, instrument.multiplier);
    entryMargin = entryMargin.plus(marginOf(value, rateOf(order.product)));
  }

  let heldMargin = zero;
  for (const position of positions) {
    const price = averagePriceOf(position);
    if (price === null) continue;
    const cost = marketValueOf(position, price).abs();
    heldMargin = heldMargin.plus(marginOf(cost, rateOf(position.product)));
  }
  return {
    netQuantity,
    pendingExitQuantity,
    availableMargin: account.valueAtCost.minus(heldMargin).minus(entryMargin),
  };
}

/** A working order as the units it takes off a position and those it opens. */
interface DividedOrder {
  readonly order: OrderRecord;
  readonly exiting: Decimal;
  readonly opening: Decimal;
}

/** Divides working orders, oldest first: each takes off what those before it leave of the position. */
function dividedOrders(
  positions: readonly PositionRecord[],
  working: readonly OrderRecord[],
): readonly DividedOrder[] {
  const left = new Map(positions.map((position) => [keyOf(position), netQuantityOf(position)]));
  return working.map((order) => {
    const unfilled = unfilledQuantityOf(order);
    const net = left.get(keyOf(order)) ?? zero;
    const reduces = order.side === 'SELL' ? net.greaterThan(0) : net.lessThan(0);
    const exiting = reduces ? Decimal.min(unfilled, net.abs()) : zero;
    left.set(keyOf(order), order.side === 'SELL' ? net.minus(exiting) : net.plus(exiting));
    return { order, exiting, opening: unfilled.minus(exiting) };
  });
}

function isAt(row: Place, place: Place): boolean {
  return row.instrumentId === place.instrumentId && row.product === place.product;
}

function keyOf({ instrumentId, product }: Place): string {
  return `${instrumentId} ${product}`;
}
