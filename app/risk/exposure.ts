import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { unfilledQuantityOf } from '@nandax/core/order/order.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import type { Exposure } from '@nandax/core/risk/decide-order.ts';
import {
  findMarginRate,
  marginBaseOf,
  marginOf,
  type MarginPlace,
  type MarginRate,
  type ServingMarginRate,
} from '@nandax/core/risk/margin.ts';
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

/** The margin rate for opening at a place on the exchange day of `marketTime`. */
export type MarginRateFor = (place: MarginPlace) => ServingMarginRate;

/** Looks rates up for the exchange day of `marketTime`. */
export function marginRatesOn(rates: readonly MarginRate[], marketTime: Date): MarginRateFor {
  const date = exchangeDateOf(marketTime.getTime());
  return (place) => findMarginRate(rates, place, date);
}

/** What a working order holds of the money at hand until it fills or ends. */
export interface OrderMargin {
  readonly order: OrderRecord;
  /** Quantity that would open or enlarge a position. */
  readonly openingQuantity: Decimal;
  /** Rupees. */
  readonly margin: Decimal;
  readonly rate: ServingMarginRate;
}

/** The margins of an account's working orders that would open something, oldest order first. */
export function orderMarginsOf(
  { positions, working, instruments }: AccountState,
  rateFor: MarginRateFor,
): readonly OrderMargin[] {
  return dividedOrders(positions, working)
    .filter(({ opening }) => !opening.isZero())
    .map(({ order, opening }) => {
      const instrument = instruments.get(order.instrumentId);
      if (instrument === undefined) throw new Error(`no instrument ${order.instrumentId}`);
      const place = { instrument, product: order.product, side: order.side };
      const rate = rateFor(place);
      const base = marginBaseOf(place, order.price ?? order.referencePrice ?? zero) ?? zero;
      return { order, openingQuantity: opening, margin: marginOf(opening, base, rate.rate), rate };
    });
}

/** The account's exposure as the risk door reads it, for an order at `place`. */
export function exposureOf(account: AccountState, place: Place, rateFor: MarginRateFor): Exposure {
  const { positions, working, cash } = account;
  const here = positions.find((position) => isAt(position, place));
  const exits = dividedOrders(positions, working).filter(({ order }) => isAt(order, place));
  const held = orderMarginsOf(account, rateFor).map(({ margin }) => margin);
  return {
    netQuantity: here === undefined ? zero : netQuantityOf(here),
    pendingExitQuantity: Decimal.sum(zero, ...exits.map(({ exiting }) => exiting)),
    availableMargin: cash.minus(Decimal.sum(zero, ...held)),
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
