import { dayNumberOf, exchangeDateOf } from '../calendar/exchange-time.ts';
import { phaseOfMarket, phasesOfDay, type MarketHours } from '../calendar/session-plan.ts';
import { priceBandOn, type PriceBand, type PriceBandRule } from '../market/price-band.ts';
import { Decimal } from 'decimal.js';
import type { DayRange } from './check-band.ts';
import type { Side } from './order-terms.ts';

/** What is known of the market when an order's prices are judged. */
export interface RangedMarket {
  readonly rules: readonly PriceBandRule[];
  readonly instrument: {
    readonly exchange: string;
    readonly segment: string;
    readonly type: string;
    readonly tickSize: Decimal;
  };
  /** Null: not known. */
  readonly hours: MarketHours | null;
  readonly marketTime: Date;
  /** Null before the first trade. */
  readonly quote: {
    readonly lastPrice: Decimal;
    readonly lowerBand: Decimal | null;
    readonly upperBand: Decimal | null;
    readonly time: Date;
  } | null;
}

/** What the range reads of an order. */
export interface RangedOrder {
  readonly side: Side;
  /** Whether it is a plain limit order, which meets its price protection when it comes; a stop does when it wakes. */
  readonly isLimit: boolean;
}

/**
 * The prices that an order may name now: within the day's band and, in the closing auction, within its
 * own around its reference price; a limit order in a derivative besides no further beyond the last price
 * than its price protection lets it (domain: bands, breakers, LPP). Null: nothing holds it back.
 */
export function orderRangeOf(market: RangedMarket, order: RangedOrder): DayRange | null {
  const { quote } = market;
  if (quote === null) return null;
  const day = { lower: quote.lowerBand, upper: quote.upperBand };
  const auction = auctionBandOf(market, quote);
  // Only what would trade far beyond the market is kept out: a buy above it, a sale below it.
  const limits = order.isLimit ? bandAround(market, 'LAST_PRICE', quote.lastPrice) : null;
  const protection = {
    lower: order.side === 'SELL' ? (limits?.lower ?? null) : null,
    upper: order.side === 'BUY' ? (limits?.upper ?? null) : null,
  };
  const lower = highest([day.lower, auction?.lower, protection.lower]);
  const upper = lowest([day.upper, auction?.upper, protection.upper]);
  return lower === null && upper === null ? null : { lower, upper };
}

/** Since the auction began the quote carries its band; before its first price the last one stands for its reference. */
function auctionBandOf(
  market: RangedMarket,
  quote: NonNullable<RangedMarket['quote']>,
): DayRange | null {
  const { hours, marketTime } = market;
  if (hours === null) return null;
  const time = marketTime.getTime();
  if (!phaseOfMarket(hours, time).phase.startsWith('AUCTION')) return null;
  const began = phasesOfDay(hours, dayNumberOf(time)).find(({ phase }) =>
    phase.startsWith('AUCTION'),
  );
  const isOfAuction = quote.time.getTime() >= (began?.from ?? Infinity);
  const carries = isOfAuction && (quote.lowerBand !== null || quote.upperBand !== null);
  return carries ? null : bandAround(market, 'AUCTION_REFERENCE', quote.lastPrice);
}

function bandAround(
  { rules, instrument, marketTime }: RangedMarket,
  reference: PriceBandRule['reference'],
  price: Decimal,
): DayRange | null {
  // An instrument that came without its segment stands in that of shares.
  const isContract = instrument.exchange === 'NFO' || instrument.exchange === 'BFO';
  const segment = isContract ? 'EQUITY_DERIVATIVES' : instrument.segment;
  const banded = { ...instrument, segment, tickSize: instrument.tickSize.toNumber() };
  const date = exchangeDateOf(marketTime.getTime());
  const band = priceBandOn(rules, banded, date, price.toNumber(), reference);
  return band === null ? null : exact(band);
}

function exact({ lower, upper }: PriceBand): DayRange {
  return { lower: new Decimal(lower), upper: new Decimal(upper) };
}

function highest(ends: readonly (Decimal | null | undefined)[]): Decimal | null {
  const known = ends.filter((end) => end != null);
  return known.length === 0 ? null : Decimal.max(...known);
}

function lowest(ends: readonly (Decimal | null | undefined)[]): Decimal | null {
  const known = ends.filter((end) => end != null);
  return known.length === 0 ? null : Decimal.min(...known);
}
