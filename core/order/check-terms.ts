import { Decimal } from 'decimal.js';
import type { BrokerRules } from './broker-rules.ts';
import { isStop } from './order-terms.ts';
import type { AskedTerms } from './order.ts';

/** Why an order's terms are refused before anything leaves; closed. */
export type TermsDenialCode =
  /** The product is not of this kind of instrument. */
  | 'PRODUCT_NOT_OF_INSTRUMENT'
  /** More units than one order may carry (limit: whole lots within the freeze quantity). */
  | 'FREEZE_QUANTITY'
  /** Cut at the freeze quantity it comes to more orders than the limit. */
  | 'SLICES'
  /** Leg `actual` of the same request did not pass, or came to nothing, before this one left. */
  | 'OTHER_LEG'
  /** Fewer units shown than the limit. */
  | 'DISCLOSED_QUANTITY'
  /** The units shown are not whole lots (limit: the lot). */
  | 'DISCLOSED_LOT_SIZE'
  /** Units can be hidden in shares only. */
  | 'DISCLOSED_NOT_OF_INSTRUMENT'
  /** Fewer or more legs than the limit. */
  | 'ICEBERG_LEGS'
  /** A leg, which is the quantity divided by the legs, is not whole lots (limit: the lot). */
  | 'ICEBERG_LEG_LOT_SIZE'
  /** One more change of the order than the limit. */
  | 'MODIFICATIONS'
  /** The last price (limit) is already beyond the trigger price. */
  | 'TRIGGER_PRICE_PASSED'
  /** The limit of an SL order, which its trigger sends, lies short of that trigger (limit). */
  | 'STOP_LIMIT_PRICE'
  /** The stop of a CO is not on the losing side of its limit or the last price (limit). */
  | 'STOP_LEG_PRICE';

/** A refusal with the numbers that decided. */
export interface TermsDenial {
  readonly code: TermsDenialCode;
  /** What was allowed; null where the code has no number. */
  readonly limit: Decimal | null;
  /** What the order came to; null where the code has no number. */
  readonly actual: Decimal | null;
}

/** What the check reads of an instrument. */
export interface TradedInstrument {
  /** FUTURE, CALL_OPTION and PUT_OPTION are derivatives; everything else is of the cash market. */
  readonly type: string;
  /** Units in a lot. */
  readonly lotSize: number;
  /** Most units of one order; null: not known. */
  readonly freezeQuantity: number | null;
}

/**
 * Whether the terms of an order can be taken by broker and exchange (domain: order parameters, lots
 * and freeze quantities). Lot and tick sizes are the risk door's. `changesBefore` counts the changes
 * that were asked for before this one; null: it is a new order. Null: nothing speaks against them.
 */
export function checkTerms(
  terms: AskedTerms,
  instrument: TradedInstrument,
  rules: BrokerRules,
  lastPrice: Decimal | null,
  changesBefore: number | null = null,
): TermsDenial | null {
  const { product, quantity, disclosedQuantity, icebergLegs } = terms;
  const { modificationsPerOrder } = rules;
  if (changesBefore !== null && changesBefore >= modificationsPerOrder) {
    const actual = new Decimal(changesBefore + 1);
    return { code: 'MODIFICATIONS', limit: new Decimal(modificationsPerOrder), actual };
  }
  const cash = isCash(instrument);
  const fits = cash ? product !== 'NRML' : product === 'NRML' || product === 'MIS';
  if (!fits) return { code: 'PRODUCT_NOT_OF_INSTRUMENT', limit: null, actual: null };
  const most = largestOrderOf(instrument);
  // The exchange sees an iceberg leg by leg.
  const largest = icebergLegs === null ? quantity : quantity.dividedBy(icebergLegs).ceil();
  if (most?.lessThan(largest) === true) {
    return { code: 'FREEZE_QUANTITY', limit: most, actual: largest };
  }
  if (disclosedQuantity !== null) {
    if (!cash) return { code: 'DISCLOSED_NOT_OF_INSTRUMENT', limit: null, actual: null };
    const least = quantity.times(rules.leastDisclosedPercent).dividedBy(100).ceil();
    if (disclosedQuantity.lessThan(least)) {
      return { code: 'DISCLOSED_QUANTITY', limit: least, actual: disclosedQuantity };
    }
    if (!isWholeLots(disclosedQuantity, instrument)) {
      const limit = new Decimal(instrument.lotSize);
      return { code: 'DISCLOSED_LOT_SIZE', limit, actual: disclosedQuantity };
    }
  }
  return (
    legsDenialOf(terms, instrument, rules) ??
    stopLimitDenialOf(terms) ??
    triggerDenialOf(terms, lastPrice) ??
    coverDenialOf(terms, lastPrice)
  );
}

/** Most units of one order, whole lots; null: not known. */
export function largestOrderOf({ freezeQuantity, lotSize }: TradedInstrument): Decimal | null {
  if (freezeQuantity === null) return null;
  return new Decimal(Math.floor(freezeQuantity / lotSize) * lotSize);
}

function isCash({ type }: TradedInstrument): boolean {
  return type !== 'FUTURE' && type !== 'CALL_OPTION' && type !== 'PUT_OPTION';
}

function isWholeLots(units: Decimal, { lotSize }: TradedInstrument): boolean {
  return units.modulo(lotSize).isZero();
}

/** The exchange gets each leg as an order of its own: quantity / legs units (domain: iceberg). */
function legsDenialOf(
  { icebergLegs: legs, quantity }: AskedTerms,
  instrument: TradedInstrument,
  rules: BrokerRules,
): TermsDenial | null {
  if (legs === null) return null;
  const { leastIcebergLegs, mostIcebergLegs } = rules;
  const limit =
    legs < leastIcebergLegs ? leastIcebergLegs : legs > mostIcebergLegs ? mostIcebergLegs : null;
  if (limit !== null) {
    return { code: 'ICEBERG_LEGS', limit: new Decimal(limit), actual: new Decimal(legs) };
  }
  // By whole lots of the quantity: a leg's own units may be no finite fraction.
  if (quantity.modulo(instrument.lotSize * legs).isZero()) return null;
  const actual = quantity.dividedBy(legs).toDecimalPlaces(4);
  return { code: 'ICEBERG_LEG_LOT_SIZE', limit: new Decimal(instrument.lotSize), actual };
}

/**
 * The limit that a trigger sends must be able to trade there: to buy at the trigger or above, to
 * sell at it or below (Kite: "Trigger price can't be higher than price", for sales "lesser"; Kotak
 * Securities' help on SL orders states it for both sides, with equal prices taken).
 */
function stopLimitDenialOf({ type, side, price, triggerPrice }: AskedTerms): TermsDenial | null {
  if (type !== 'SL' || price === null || triggerPrice === null) return null;
  const short = side === 'BUY' ? price.lessThan(triggerPrice) : price.greaterThan(triggerPrice);
  return short ? { code: 'STOP_LIMIT_PRICE', limit: triggerPrice, actual: price } : null;
}

/** A stop to buy waits above the market, one to sell below; on the wrong side it has passed. */
function triggerDenialOf(terms: AskedTerms, lastPrice: Decimal | null): TermsDenial | null {
  const { type, side, triggerPrice } = terms;
  if (!isStop(type) || triggerPrice === null || lastPrice === null) return null;
  const passed =
    side === 'BUY' ? triggerPrice.lessThan(lastPrice) : triggerPrice.greaterThan(lastPrice);
  return passed ? { code: 'TRIGGER_PRICE_PASSED', limit: lastPrice, actual: triggerPrice } : null;
}

/** The stop of a CO waits where its position loses: below what was bought, above what was sold. */
function coverDenialOf(terms: AskedTerms, lastPrice: Decimal | null): TermsDenial | null {
  const { variety, side, triggerPrice } = terms;
  const entered = terms.price ?? lastPrice;
  if (variety !== 'CO' || triggerPrice === null || entered === null) return null;
  const loses = side === 'BUY' ? triggerPrice.lessThan(entered) : triggerPrice.greaterThan(entered);
  return loses ? null : { code: 'STOP_LEG_PRICE', limit: entered, actual: triggerPrice };
}

/** A sentence for people: what was asked for and what is allowed. */
export function describeTermsDenial({ code, limit, actual }: TermsDenial): string {
  const allowed = limit?.toFixed() ?? 'unknown';
  const asked = actual?.toFixed() ?? 'unknown';
  switch (code) {
    case 'PRODUCT_NOT_OF_INSTRUMENT':
      return 'CNC and MTF are for shares, NRML is for derivatives.';
    case 'FREEZE_QUANTITY':
      return `One order may carry ${allowed} units; this one has ${asked}.`;
    case 'SLICES':
      return `It would be sent as ${asked} orders; the broker takes ${allowed} slices of one order.`;
    case 'OTHER_LEG':
      return `Not sent, because leg ${asked} of the request came to nothing.`;
    case 'DISCLOSED_QUANTITY':
      return `At least ${allowed} units must be disclosed; the order discloses ${asked}.`;
    case 'DISCLOSED_LOT_SIZE':
      return `Units are disclosed in lots of ${allowed}; the order discloses ${asked}.`;
    case 'DISCLOSED_NOT_OF_INSTRUMENT':
      return 'Units can be kept out of sight in shares only.';
    case 'ICEBERG_LEGS':
      return `An iceberg of ${asked} legs is beyond the limit of ${allowed}.`;
    case 'ICEBERG_LEG_LOT_SIZE':
      return `Each leg of an iceberg is of whole lots of ${allowed}; its legs would have ${asked} units.`;
    case 'MODIFICATIONS':
      return `It would be change ${asked} of the order; the broker takes ${allowed}.`;
    case 'TRIGGER_PRICE_PASSED':
      return `The last price ${allowed} is already beyond the trigger price ${asked}.`;
    case 'STOP_LIMIT_PRICE':
      return `The limit ${asked} lies short of the trigger price ${allowed}: it could not trade there.`;
    case 'STOP_LEG_PRICE':
      return `The stop of a cover order stands on the losing side of ${allowed}; this one is at ${asked}.`;
  }
}
