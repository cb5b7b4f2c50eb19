import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { unfilledQuantityOf } from '@nandax/core/order/order.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import { averagePriceOf, netQuantityOf } from '@nandax/core/portfolio/position.ts';
import type { Exposure } from '@nandax/core/risk/decide-order.ts';
import { findMarginRate, marginOf, type MarginRate } from '@nandax/core/risk/margin.ts';
import { Decimal } from 'decimal.js';
import type { OrderRecord } from '../ports/orders.ts';
import type { PositionRecord } from '../ports/portfolios.ts';

/** What an account holds and has on its way, read under the portfolio's lock. */
export interface AccountState {
  readonly positions: readonly PositionRecord[];
  readonly working: readonly OrderRecord[];
  /** Rupees: cash and securities at cost, so capital and realised profit less charges. */
  readonly valueAtCost: Decimal;
}

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
  const { positions, working } = account;
  const here = positions.find((position) => isAt(position, place));
  const netQuantity = here === undefined ? zero : netQuantityOf(here);
  const exitSide = netQuantity.greaterThan(0) ? 'SELL' : netQuantity.lessThan(0) ? 'BUY' : null;

  let pendingExitQuantity = zero;
  let pendingEntryQuantity = zero;
  let entryMargin = zero;
  const taken = new Set<string>();
  for (const order of working) {
    const unfilled = unfilledQuantityOf(order);
    const reduces = isAt(order, place) ? order.side === exitSide : isExit(order, positions);
    if (isAt(order, place)) {
      if (reduces) pendingExitQuantity = pendingExitQuantity.plus(unfilled);
      else pendingEntryQuantity = pendingEntryQuantity.plus(unfilled);
    }
    if (reduces) continue;
    taken.add(keyOf(order));
    entryMargin = entryMargin.plus(
      marginOf(unfilled, order.price ?? order.referencePrice ?? zero, rateOf(order.product)),
    );
  }

  let heldMargin = zero;
  for (const position of positions) {
    const price = averagePriceOf(position);
    if (price === null) continue;
    taken.add(keyOf(position));
    const held = netQuantityOf(position).abs();
    heldMargin = heldMargin.plus(marginOf(held, price, rateOf(position.product)));
  }
  return {
    netQuantity,
    pendingExitQuantity,
    pendingEntryQuantity,
    openPositions: taken.size,
    availableMargin: account.valueAtCost.minus(heldMargin).minus(entryMargin),
  };
}

function isAt(row: Place, place: Place): boolean {
  return row.instrumentId === place.instrumentId && row.product === place.product;
}

function isExit(order: OrderRecord, positions: readonly PositionRecord[]): boolean {
  const position = positions.find((held) => isAt(held, order));
  if (position === undefined) return false;
  const net = netQuantityOf(position);
  return order.side === 'SELL' ? net.greaterThan(0) : net.lessThan(0);
}

function keyOf({ instrumentId, product }: Place): string {
  return `${instrumentId} ${product}`;
}
