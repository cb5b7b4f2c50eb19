import type { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import type { MarketBook } from '@nandax/core/calendar/market-book.ts';
import type { PriceBandRule } from '@nandax/core/market/price-band.ts';
import type { DayRange } from '@nandax/core/order/check-band.ts';
import { orderRangeOf } from '@nandax/core/order/order-range.ts';
import type { Product, Side } from '@nandax/core/order/order-terms.ts';
import type { Result } from '@nandax/core/result.ts';
import {
  decideOrder,
  measureOrder,
  type Approval,
  type OrderMeasure,
} from '@nandax/core/risk/decide-order.ts';
import type { Denial } from '@nandax/core/risk/denial.ts';
import type { MarginRate, ServingMarginRate } from '@nandax/core/risk/margin.ts';
import { marginRatesOn } from '@nandax/core/risk/order-margins.ts';
import { Decimal } from 'decimal.js';
import type { ScopedLimits } from '@nandax/core/risk/scope-usage.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { InstrumentRecord } from '../records.ts';
import { chargesDueOf, estimatedChargesOf } from './charges-due.ts';
import { exposureOf } from './exposure.ts';
import { limitsInUse } from './limits-in-use.ts';
import type { AccountState } from './read-account.ts';
import type { Standing } from './read-standing.ts';

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
  /** Whether the trigger is that of its stop (CO); left out: it is its own. */
  readonly cover?: boolean;
  /** Whether it leaves a position and must never open the other side. */
  readonly reduceOnly: boolean;
  /** Whether it is an exit of a protection, to which its like count as on their way; left out: it is none. */
  readonly protective?: boolean;
  /** Whether it changes an order that passed before, without which the standing was read; left out: it is new. */
  readonly changes?: boolean;
  /** Market time at which it was decided. */
  readonly marketTime: Date;
  /** The run that sends it; null for a person's own order. */
  readonly runId: string | null;
  /** Legs of the same request that have passed before it, which no row shows; left out: none. */
  readonly ahead?: readonly LegAhead[];
}

/** A leg of a request that has passed: it is judged with as if it were on its way. */
export interface LegAhead {
  readonly order: OrderRecord;
  readonly instrument: InstrumentRecord;
  readonly judgement: Judgement;
}

/** Dated reference data the judge reads. */
export interface JudgeData {
  readonly rateCards: RateCardBook;
  readonly marginRates: readonly MarginRate[];
  readonly priceBands: readonly PriceBandRule[];
  readonly markets: MarketBook;
}

/** What the judge says, and the price it valued the order at. */
export interface Judgement {
  readonly verdict: Result<Approval, Denial>;
  /** How the order divides and what it needs, refused or not. */
  readonly measure: OrderMeasure;
  /** What the margin was taken by. */
  readonly marginRate: ServingMarginRate;
  /** Last price in rupees; null: none is known. */
  readonly referencePrice: Decimal | null;
  /** The prices that the order may name; null: not known. */
  readonly dayRange: DayRange | null;
  /** The limits it was held against. */
  readonly limits: readonly ScopedLimits[];
}

/**
 * Judges an order by how its portfolio stands: positions, working orders, cash, the last price and
 * what is used of the limits go into the risk rules. The same standing gives the same judgement,
 * whoever asks.
 */
export function judgeOrder(
  data: JudgeData,
  portfolio: LockedPortfolio,
  standing: Standing,
  asked: OrderToJudge,
): Judgement {
  const { instrument, side, product, marketTime, ahead = [] } = asked;
  const rateFor = marginRatesOn(data.marginRates, marketTime);
  const marginRate = rateFor({ instrument, product, side });
  const place = { instrumentId: instrument.id, product };
  const quote = standing.quotes.get(instrument.id) ?? null;
  const account = withAhead(standing.account, ahead);
  const context = {
    tradingState: portfolio.tradingState,
    brokerReconciled: portfolio.reconciled,
    reachesBroker: portfolio.reachesBroker,
    limits: limitsInUse(standing, asked),
    marketTime,
    instrument: {
      id: instrument.id,
      name: `${instrument.exchange}:${instrument.tradingSymbol}`,
      tradable: instrument.tradable && hasRates(data.rateCards, instrument, product, marketTime),
      lotSize: new Decimal(instrument.lotSize),
      tickSize: instrument.tickSize,
      type: instrument.type,
      exchange: instrument.exchange,
      multiplier: instrument.multiplier,
      strikePrice: instrument.strikePrice,
    },
    exposure: exposureOf(
      account,
      place,
      rateFor,
      chargesDueOf(account, data.rateCards, marketTime),
      asked.protective,
    ),
    referencePrice: quote?.lastPrice ?? null,
    marginRate: marginRate.rate,
  };
  const charges = estimatedChargesOf(data.rateCards, exchangeDateOf(marketTime.getTime()), {
    ...asked,
    filledQuantity: new Decimal(0),
    averagePrice: null,
    price: asked.price ?? context.referencePrice ?? new Decimal(0),
  });
  const order = { ...asked, charges, marginAhead: marginAheadOf(ahead, asked) };
  return {
    verdict: decideOrder(order, context),
    measure: measureOrder(order, context),
    marginRate,
    referencePrice: context.referencePrice,
    dayRange: orderRangeOf(
      {
        ...{ rules: data.priceBands, hours: data.markets.hoursOf(instrument) },
        ...{ instrument, marketTime, quote },
      },
      { side, isLimit: asked.price !== null && (asked.triggerPrice === null || !!asked.cover) },
    ),
    limits: context.limits,
  };
}

/** The account with legs on their way. */
function withAhead(account: AccountState, ahead: readonly LegAhead[]): AccountState {
  if (ahead.length === 0) return account;
  const instruments = new Map(account.instruments);
  for (const { instrument } of ahead) instruments.set(instrument.id, instrument);
  return {
    ...account,
    instruments,
    working: [...account.working, ...ahead.map(({ order }) => order)],
  };
}

/** Rupees of margin of the legs ahead in the same instrument and product: with them it is one trade. */
function marginAheadOf(ahead: readonly LegAhead[], { instrument, product }: OrderToJudge): Decimal {
  return ahead
    .filter(({ order }) => order.instrumentId === instrument.id && order.product === product)
    .reduce(
      (sum, { judgement }) => sum.plus(judgement.measure.requiredMargin ?? 0),
      new Decimal(0),
    );
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
