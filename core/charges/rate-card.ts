import { Decimal } from 'decimal.js';
import type { Side } from '../order/order-terms.ts';
import type { Dated } from './nearest-dated.ts';
import { nearestDated } from './nearest-dated.ts';

/** Exchanges whose charges the cards state, by the broker's names of their segments. */
export const chargedExchanges = ['NSE', 'BSE', 'NFO', 'BFO', 'CDS', 'BCD', 'MCX'] as const;

/** An exchange whose charges the cards state. */
export type ChargedExchange = (typeof chargedExchanges)[number];

/** What a charge depends on besides the exchange. */
export const chargeSegments = [
  'EQUITY_INTRADAY',
  'EQUITY_DELIVERY',
  'EQUITY_MARGIN_FUNDED',
  'EQUITY_FUTURES',
  'EQUITY_OPTIONS',
  'CURRENCY_FUTURES',
  'CURRENCY_OPTIONS',
  'COMMODITY_FUTURES',
  'COMMODITY_OPTIONS',
] as const;

/** A segment of the rate card. */
export type ChargeSegment = (typeof chargeSegments)[number];

/** What the segment of an instrument depends on. */
export interface ChargedInstrument {
  readonly exchange: string;
  /** EQUITY, EXCHANGE_TRADED_FUND, INDEX, FUTURE, CALL_OPTION or PUT_OPTION. */
  readonly type: string;
}

/** Percent of turnover on each side, as decimal strings. */
export interface TurnoverPercents {
  readonly buyPercent: string;
  readonly sellPercent: string;
}

/**
 * Brokerage of an executed order: percent of its turnover, at most `cap` rupees (null: no cap), or
 * `flat` rupees whatever it turned over.
 */
export type PublishedBrokerage =
  { readonly percent: string; readonly cap: string | null } | { readonly flat: string };

/** The charges of one exchange and segment, as published: percents and rupees as decimal strings. */
export interface SegmentRates {
  readonly exchange: ChargedExchange;
  readonly segment: ChargeSegment;
  readonly brokerage: PublishedBrokerage;
  readonly securitiesTransactionTax: TurnoverPercents;
  /** With the exchange's investor protection contribution. */
  readonly exchangeTransactionCharge: TurnoverPercents;
  readonly sebiTurnoverFee: TurnoverPercents;
  readonly stampDuty: TurnoverPercents;
  /** Percent of brokerage, SEBI fee and exchange charge. */
  readonly goodsAndServicesTax: { readonly percent: string };
  /** Rupees, tax included, for each instrument and day on which delivery was sold. */
  readonly depositoryParticipantCharge: string;
  /** Rupees before tax for an order that the broker squares off itself or takes by telephone. */
  readonly squareOffFee: string;
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
  /** Fraction of an executed order's turnover; 0 where the brokerage is flat. */
  readonly brokerageRate: Decimal;
  /** Most and least rupees for an executed order: infinite and 0 without a cap, equal where flat. */
  readonly brokerageCap: Decimal;
  readonly brokerageFloor: Decimal;
  readonly turnover: Readonly<Record<Side, TurnoverRates>>;
  readonly goodsAndServicesTaxRate: Decimal;
  /** Rupees for each instrument and day on which delivery was sold. */
  readonly depositoryParticipantCharge: Decimal;
  /** Rupees before tax for an order that the broker squares off itself or takes by telephone. */
  readonly squareOffFee: Decimal;
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

/**
 * The segment an instrument is charged under in a product. Futures and options are charged alike in
 * every product; of shares MIS is intraday, MTF is margin funded, all else is delivery.
 */
export function chargeSegmentOf(product: string, instrument: ChargedInstrument): ChargeSegment {
  const market = marketOf(instrument.exchange);
  switch (instrument.type) {
    case 'FUTURE':
      return `${market}_FUTURES`;
    case 'CALL_OPTION':
    case 'PUT_OPTION':
      return `${market}_OPTIONS`;
    default:
      if (product === 'MIS') return 'EQUITY_INTRADAY';
      return product === 'MTF' ? 'EQUITY_MARGIN_FUNDED' : 'EQUITY_DELIVERY';
  }
}

function marketOf(exchange: string): 'EQUITY' | 'CURRENCY' | 'COMMODITY' {
  if (exchange === 'CDS' || exchange === 'BCD') return 'CURRENCY';
  return exchange === 'MCX' ? 'COMMODITY' : 'EQUITY';
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
   * The rates of an instrument traded in a product on a date (`YYYY-MM-DD`), or of the nearest card
   * that states them; null where none does.
   */
  serving(product: string, instrument: ChargedInstrument, date: string): ServingRates | null {
    const exchange = chargedExchanges.find((known) => known === instrument.exchange);
    if (exchange === undefined) return null;
    return this.find(exchange, chargeSegmentOf(product, instrument), date);
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
    ...brokerageOf(segmentRates.brokerage),
    turnover: {
      BUY: turnoverRatesOf(segmentRates, 'buyPercent'),
      SELL: turnoverRatesOf(segmentRates, 'sellPercent'),
    },
    goodsAndServicesTaxRate: fractionOf(segmentRates.goodsAndServicesTax.percent),
    depositoryParticipantCharge: new Decimal(segmentRates.depositoryParticipantCharge),
    squareOffFee: new Decimal(segmentRates.squareOffFee),
  };
}

function brokerageOf(
  brokerage: PublishedBrokerage,
): Pick<ChargeRates, 'brokerageRate' | 'brokerageCap' | 'brokerageFloor'> {
  if ('flat' in brokerage) {
    const flat = new Decimal(brokerage.flat);
    return { brokerageRate: new Decimal(0), brokerageCap: flat, brokerageFloor: flat };
  }
  return {
    brokerageRate: fractionOf(brokerage.percent),
    brokerageCap: new Decimal(brokerage.cap ?? Infinity),
    brokerageFloor: new Decimal(0),
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
