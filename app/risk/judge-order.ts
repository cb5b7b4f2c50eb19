import type { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import type { DayRange } from '@nandax/core/order/check-band.ts';
import type { Product, Side } from '@nandax/core/order/order-terms.ts';
import type { Result } from '@nandax/core/result.ts';
import { decideOrder, type Approval } from '@nandax/core/risk/decide-order.ts';
import type { Denial } from '@nandax/core/risk/denial.ts';
import type { MarginRate } from '@nandax/core/risk/margin.ts';
import { marginRatesOn } from '@nandax/core/risk/order-margins.ts';
import { Decimal } from 'decimal.js';
import type { ScopedLimits } from '@nandax/core/risk/scope-usage.ts';
import type { QuoteRecord } from '../ports/feeds.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { InstrumentRecord } from '../records.ts';
import { exposureOf } from './exposure.ts';
import { readAccount } from './read-account.ts';
import { limitsInUse } from './limits-in-use.ts';

/** An order as the judge reads it. */
export interface OrderToJudge {
  readonly instrument: InstrumentRecord;
  readonly side: Side;
  readonly product: Product;
  /** Units. */
  readonly quantity: Decimal;
  /** Limit in rupees; null for orders without one. */
  readonly price: Decimal | null;
  /** Trigger in rupees; null for orders without one. */
  readonly triggerPrice: Decimal | null;
  /** Whether it leaves a position and must never open the other side. */
  readonly reduceOnly: boolean;
  /** Market time at which it was decided. */
  readonly marketTime: Date;
  /** The run that sends it; null for a person's own order. */
  readonly runId: string | null;
  /** What legs of the same request passed with before it; left out: there are none. */
  readonly ahead?: LegsAhead;
}

/**
 * What legs of a request have passed with and no row shows yet. (Their margin and exposure stand in
 * the orders on their way.)
 */
export interface LegsAhead {
  /** Orders, which count against the limits on how many pass. */
  readonly orders: number;
  /** Rupees of margin of those in the same instrument and product: with them it is one trade. */
  readonly margin: Decimal;
}

/** Dated reference data the judge reads; load it before the transaction. */
export interface JudgeData {
  readonly rateCards: RateCardBook;
  readonly marginRates: readonly MarginRate[];
}

/** What the judge says, and the price it valued the order at. */
export interface Judgement {
  readonly verdict: Result<Approval, Denial>;
  /** Last price in rupees; null: none is known. */
  readonly referencePrice: Decimal | null;
  /** The prices within which the instrument trades today; null: not known. */
  readonly dayRange: DayRange | null;
  /** The limits it was held against. */
  readonly limits: readonly ScopedLimits[];
}

/**
 * Judges an order under the portfolio's lock, within the caller's transaction: reads positions,
 * working orders, cash, the last price and what is used of the limits, and lets the risk rules decide.
 * Writes nothing.
 */
export async function judgeOrder(
  rows: StoreTransaction,
  data: JudgeData,
  portfolio: LockedPortfolio,
  asked: OrderToJudge,
): Promise<Judgement> {
  const { instrument, side, product, quantity, price, triggerPrice, reduceOnly, marketTime } =
    asked;
  const quote =
    portfolio.feedId === null ? null : await rows.feeds.quote(portfolio.feedId, instrument.id);
  const account = await readAccount(rows, portfolio.id);
  const rateFor = marginRatesOn(data.marginRates, marketTime);
  const referencePrice = quote?.lastPrice ?? null;
  const limits = await limitsInUse(rows, portfolio, asked);
  const verdict = decideOrder(
    {
      side,
      product,
      quantity,
      price,
      triggerPrice,
      reduceOnly,
      ...(asked.ahead === undefined ? {} : { marginAhead: asked.ahead.margin }),
    },
    {
      tradingState: portfolio.tradingState,
      limits,
      marketTime,
      instrument: {
        id: instrument.id,
        tradable: instrument.tradable && hasRates(data.rateCards, instrument, product, marketTime),
        lotSize: new Decimal(instrument.lotSize),
        tickSize: instrument.tickSize,
        type: instrument.type,
        exchange: instrument.exchange,
        multiplier: instrument.multiplier,
        strikePrice: instrument.strikePrice,
      },
      exposure: exposureOf(account, { instrumentId: instrument.id, product }, rateFor),
      referencePrice,
      marginRate: rateFor({ instrument, product, side }).rate,
    },
  );
  return { verdict, referencePrice, dayRange: dayRangeOf(quote), limits };
}

/** The range of the day that a quote carries, as far as it is known. */
function dayRangeOf(quote: QuoteRecord | null): DayRange | null {
  const { lowerBand: lower = null, upperBand: upper = null } = quote ?? {};
  return lower === null && upper === null ? null : { lower, upper };
}

function hasRates(
  rateCards: RateCardBook,
  instrument: InstrumentRecord,
  product: Product,
  marketTime: Date,
): boolean {
  const day = exchangeDateOf(marketTime.getTime());
  return rateCards.serving(product, instrument, day) !== null;
}
