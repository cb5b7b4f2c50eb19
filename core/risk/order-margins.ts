import { Decimal } from 'decimal.js';
import { exchangeDateOf } from '../calendar/exchange-time.ts';
import { unfilledQuantityOf, type Order } from '../order/order.ts';
import { netQuantityOf, type Position } from '../portfolio/position.ts';
import type { Product } from '../order/order-terms.ts';
import {
  findMarginRate,
  marginBaseOf,
  marginOf,
  type MarginedInstrument,
  type MarginPlace,
  type MarginRate,
  type ServingMarginRate,
} from './margin.ts';

/** Where something trades. */
export interface TradingPlace {
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

/** An order on its way, as far as it takes units off a position or holds money to open some. */
export interface OrderOnItsWay
  extends
    TradingPlace,
    Pick<Order, 'side' | 'quantity' | 'requestedTerms' | 'filledQuantity' | 'price'> {
  /** Rupees it is valued at where it has no limit; null: no price is known. */
  readonly referencePrice: Decimal | null;
}

/** A position, as far as orders take units off it. */
export type HeldUnits = TradingPlace & Pick<Position, 'buyQuantity' | 'sellQuantity'>;

/** An account whose orders hold money, in anybody's books. */
export interface OrdersOfAccount<O extends OrderOnItsWay> {
  readonly positions: readonly HeldUnits[];
  /** Oldest first. */
  readonly working: readonly O[];
  /** Those of the working orders, by id. */
  readonly instruments: ReadonlyMap<string, MarginedInstrument>;
}

/** What a working order holds of the money at hand until it fills or ends. */
export interface OrderMargin<O extends OrderOnItsWay> {
  readonly order: O;
  /** Quantity that would open or enlarge a position. */
  readonly openingQuantity: Decimal;
  /** Rupees. */
  readonly margin: Decimal;
  readonly rate: ServingMarginRate;
}

/** The margins of an account's working orders that would open something, oldest order first. */
export function orderMarginsOf<O extends OrderOnItsWay>(
  { positions, working, instruments }: OrdersOfAccount<O>,
  rateFor: MarginRateFor,
): readonly OrderMargin<O>[] {
  return divideOrders(positions, working)
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

/** A working order as the units it takes off a position and those it opens. */
export interface DividedOrder<O extends OrderOnItsWay> {
  readonly order: O;
  readonly exiting: Decimal;
  readonly opening: Decimal;
}

/** Divides working orders, oldest first: each takes off what those before it leave of the position. */
export function divideOrders<O extends OrderOnItsWay>(
  positions: readonly HeldUnits[],
  working: readonly O[],
): readonly DividedOrder<O>[] {
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

function keyOf({ instrumentId, product }: TradingPlace): string {
  return `${instrumentId} ${product}`;
}
