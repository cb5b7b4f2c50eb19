import { Decimal } from 'decimal.js';
import type { Product, Side } from '../order/order-terms.ts';
import type { Dated } from './nearest-dated.ts';
import { nearestDated } from './nearest-dated.ts';

/** Exchanges whose charges the cards state. */
export type ChargedExchange = 'NSE' | 'BSE';

/** What a charge depends on besides the exchange; MIS is intraday, CNC is delivery. */
export type ChargeSegment = 'EQUITY_INTRADAY' | 'EQUITY_DELIVERY';

/** Percent of turnover on each side, as decimal strings. */
export interface TurnoverPercents {
  readonly buyPercent: string;
  readonly sellPercent: string;
}

/** The charges of one exchange and segment, as published: percents and rupees as decimal strings. */
export interface SegmentRates {
  readonly exchange: ChargedExchange;
  readonly segment: ChargeSegment;
  /** Percent of an executed order's turnover, at most `cap` rupees (null: no cap). */
  readonly brokerage: { readonly percent: string; readonly cap: string | null };
  readonly securitiesTransactionTax: TurnoverPercents;
  /** With the exchange's investor protection contribution. */
  readonly exchangeTransactionCharge: TurnoverPercents;
  readonly sebiTurnoverFee: TurnoverPercents;
  readonly stampDuty: TurnoverPercents;
  /** Percent of brokerage, SEBI fee and exchange charge. */
  readonly goodsAndServicesTax: { readonly percent: string };
  /** Rupees, tax included, for each instrument and day on which delivery was sold. */
  readonly depositoryParticipantCharge: string;
}

/** What one broker charges in one period. Periods of a broker do not overlap. */
export interface RateCard extends Dated {
  readonly id: string;
  readonly broker: string;
  /** Where the figures come from, as shown to people. */
  readonly source: string;
  /** At most one entry for an exchange and segment. */
  readonly rates: readonly SegmentRates[];
}

/** The charges by turnover, as fractions of it. */
export interface TurnoverRates {
  readonly securitiesTransactionTax: Decimal;
  readonly exchangeTransactionCharge: Decimal;
  readonly sebiTurnoverFee: Decimal;
  readonly stampDuty: Decimal;
}

/** Segment rates ready for arithmetic: fractions and rupees. */
export interface ChargeRates {
  readonly brokerageRate: Decimal;
  /** Rupees for an executed order; infinite where there is no cap. */
  readonly brokerageCap: Decimal;
  readonly turnover: Readonly<Record<Side, TurnoverRates>>;
  readonly goodsAndServicesTaxRate: Decimal;
  /** Rupees for each instrument and day on which delivery was sold. */
  readonly depositoryParticipantCharge: Decimal;
}

/** The rates that serve a date. */
export interface ServingRates {
  readonly rateCardId: string;
  readonly exchange: ChargedExchange;
  readonly segment: ChargeSegment;
  /** False: no card covers the date, the nearest one serves. */
  readonly covered: boolean;
  readonly rates: ChargeRates;
}

/** The segment a product is charged under. */
export function chargeSegmentOf(product: Product): ChargeSegment {
  return product === 'MIS' ? 'EQUITY_INTRADAY' : 'EQUITY_DELIVERY';
}

interface DatedRates extends Dated {
  readonly rateCardId: string;
  readonly rates: ChargeRates;
}

/** The cards of one broker, made ready once and asked for each fill. */
export class RateCardBook {
  readonly #bySegment = new Map<string, DatedRates[]>();

  constructor(cards: readonly RateCard[], broker: string) {
    const ofBroker = cards.filter((card) => card.broker === broker);
    ofBroker.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    for (const { id, validFrom, validTo, rates } of ofBroker) {
      for (const segmentRates of rates) {
        const key = bookKey(segmentRates.exchange, segmentRates.segment);
        const dated = this.#bySegment.get(key) ?? [];
        dated.push({ rateCardId: id, validFrom, validTo, rates: chargeRatesOf(segmentRates) });
        this.#bySegment.set(key, dated);
      }
    }
  }

  /**
   * The rates of an exchange and segment on a date (`YYYY-MM-DD`); a date no card covers is served
   * by the nearest one. Null where no card states the exchange and segment at all.
   */
  find(exchange: ChargedExchange, segment: ChargeSegment, date: string): ServingRates | null {
    const found = nearestDated(this.#bySegment.get(bookKey(exchange, segment)) ?? [], date);
    if (found === null) return null;
    const { rateCardId, rates } = found.row;
    return { rateCardId, exchange, segment, covered: found.covered, rates };
  }
}

function bookKey(exchange: ChargedExchange, segment: ChargeSegment): string {
  return `${exchange} ${segment}`;
}

function chargeRatesOf(segmentRates: SegmentRates): ChargeRates {
  return {
    brokerageRate: fractionOf(segmentRates.brokerage.percent),
    brokerageCap: new Decimal(segmentRates.brokerage.cap ?? Infinity),
    turnover: {
      BUY: turnoverRatesOf(segmentRates, 'buyPercent'),
      SELL: turnoverRatesOf(segmentRates, 'sellPercent'),
    },
    goodsAndServicesTaxRate: fractionOf(segmentRates.goodsAndServicesTax.percent),
    depositoryParticipantCharge: new Decimal(segmentRates.depositoryParticipantCharge),
  };
}

function turnoverRatesOf(
  segmentRates: SegmentRates,
  percent: 'buyPercent' | 'sellPercent',
): TurnoverRates {
  return {
    securitiesTransactionTax: fractionOf(segmentRates.securitiesTransactionTax[percent]),
    exchangeTransactionCharge: fractionOf(segmentRates.exchangeTransactionCharge[percent]),
    sebiTurnoverFee: fractionOf(segmentRates.sebiTurnoverFee[percent]),
    stampDuty: fractionOf(segmentRates.stampDuty[percent]),
  };
}

function fractionOf(percent: string): Decimal {
  return new Decimal(percent).dividedBy(100);
}
