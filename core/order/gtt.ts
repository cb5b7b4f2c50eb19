import { Decimal } from 'decimal.js';
import type { BrokerRules } from './broker-rules.ts';
import { checkTerms, type TermsDenialCode, type TradedInstrument } from './check-terms.ts';
import { plainTerms } from './order.ts';
import type { Product, Side } from './order-terms.ts';
import { tellApart } from './tell-apart.ts';
import { fail, succeed, type Result } from '../result.ts';

/**
 * The life of a GTT (good till triggered; domain: Kite GTT).
 * - ACTIVE: it waits for its price.
 * - TRIGGERED: its price traded and the order left; triggered is not executed.
 * - REJECTED: its price traded and the risk door refused the order.
 * - CANCELLED: taken back.
 * - EXPIRED: its time, or that of its feed, has passed.
 */
export type GttStatus = 'ACTIVE' | 'TRIGGERED' | 'REJECTED' | 'CANCELLED' | 'EXPIRED';

/** Whether a trigger fires when the last price is at it or above, or at it or below. */
export type GttDirection = 'AT_OR_ABOVE' | 'AT_OR_BELOW';

/** A trigger, and the LIMIT order for the day that it sends. */
export interface GttLegTerms {
  /** Last price in rupees that fires it. */
  readonly triggerPrice: Decimal;
  /** Limit of the order in rupees. */
  readonly price: Decimal;
  /** Units. */
  readonly quantity: Decimal;
}

/** What is asked for: one leg, or two of which the first to fire ends the other (OCO). */
export interface GttTerms {
  readonly side: Side;
  readonly product: Product;
  /** One, or two: the lower trigger, then the upper. */
  readonly legs: readonly GttLegTerms[];
}

/** A leg whose direction is known. */
export interface GttLeg extends GttLegTerms {
  readonly direction: GttDirection;
}

/** Why a GTT is refused; closed. */
export type GttDenialCode =
  | Extract<TermsDenialCode, 'PRODUCT_NOT_OF_INSTRUMENT' | 'FREEZE_QUANTITY'>
  /** The instrument is not traded, an index for instance. */
  | 'INSTRUMENT_NOT_TRADABLE'
  /** Intraday positions do not outlast the day, so no trigger waits for them. */
  | 'PRODUCT_IS_INTRADAY'
  /** The quantity is not a positive multiple of the lot size (limit). */
  | 'LOT_SIZE'
  /** A price is not a positive multiple of the tick size (limit). */
  | 'TICK_SIZE'
  /** No last price is known that the trigger could be held against. */
  | 'NO_REFERENCE_PRICE'
  /** Fewer percent between trigger and last price than the limit. */
  | 'TRIGGER_TOO_NEAR'
  /** The two triggers do not stand below and above the last price (limit). */
  | 'TRIGGERS_NOT_AROUND_LAST_PRICE'
  /** One more active GTT than the limit. */
  | 'ACTIVE_TRIGGERS';

/** A refusal with the numbers that decided. */
export interface GttDenial {
  readonly code: GttDenialCode;
  /** What was allowed; null where the code has no number. */
  readonly limit: Decimal | null;
  /** What was asked for; null where the code has no number. */
  readonly actual: Decimal | null;
}

/** What the check reads of an instrument. */
export interface GttInstrument extends TradedInstrument {
  readonly tradable: boolean;
  /** Rupees in a tick. */
  readonly tickSize: Decimal;
}

/**
 * Whether a GTT can wait (domain: Kite GTT): LIMIT orders of delivery or carried products, each
 * trigger away from the last price, two of them around it. Gives the legs with the direction in
 * which each fires.
 */
export function checkGtt(
  { side, product, legs }: GttTerms,
  instrument: GttInstrument,
  rules: BrokerRules,
  lastPrice: Decimal | null,
): Result<readonly GttLeg[], GttDenial> {
  if (!instrument.tradable) return deny('INSTRUMENT_NOT_TRADABLE');
  if (product === 'MIS') return deny('PRODUCT_IS_INTRADAY');
  for (const { triggerPrice, price, quantity } of legs) {
    const terms = { ...plainTerms, side, product, type: 'LIMIT', price, quantity } as const;
    const denial = checkTerms(terms, instrument, rules, lastPrice);
    if (denial !== null) return fail({ ...denial, code: denial.code as GttDenialCode });
    const lotSize = new Decimal(instrument.lotSize);
    if (!isPositiveMultiple(quantity, lotSize)) return deny('LOT_SIZE', lotSize, quantity);
    for (const amount of [triggerPrice, price]) {
      if (!isPositiveMultiple(amount, instrument.tickSize)) {
        return deny('TICK_SIZE', instrument.tickSize, amount);
      }
    }
  }
  if (lastPrice === null || !lastPrice.greaterThan(0)) return deny('NO_REFERENCE_PRICE');
  const directed = legs.map((leg): GttLeg => ({
    ...leg,
    direction: leg.triggerPrice.greaterThan(lastPrice) ? 'AT_OR_ABOVE' : 'AT_OR_BELOW',
  }));
  if (directed.length === 2) {
    const astray = directed.find(
      ({ direction }, index) => direction !== (index === 0 ? 'AT_OR_BELOW' : 'AT_OR_ABOVE'),
    );
    if (astray !== undefined) {
      return deny('TRIGGERS_NOT_AROUND_LAST_PRICE', lastPrice, astray.triggerPrice);
    }
  }
  const least = new Decimal(rules.leastTriggerDistancePercent);
  for (const { triggerPrice } of directed) {
    const distance = triggerDistanceOf(triggerPrice, lastPrice);
    if (distance.lessThan(least)) return deny('TRIGGER_TOO_NEAR', least, distance);
  }
  return succeed(directed);
}

/** Percent of a last price in rupees between it and a trigger. */
export function triggerDistanceOf(triggerPrice: Decimal, lastPrice: Decimal): Decimal {
  return triggerPrice.minus(lastPrice).abs().dividedBy(lastPrice).times(100);
}

/** Whether a last price in rupees fires a leg. */
export function fires(
  { direction, triggerPrice }: Pick<GttLeg, 'direction' | 'triggerPrice'>,
  lastPrice: number,
): boolean {
  return direction === 'AT_OR_ABOVE'
    ? triggerPrice.lessThanOrEqualTo(lastPrice)
    : triggerPrice.greaterThanOrEqualTo(lastPrice);
}

/** A sentence for people: what was asked for and what is allowed. */
export function describeGttDenial({ code, limit, actual }: GttDenial): string {
  const allowed = limit?.toFixed() ?? 'unknown';
  const asked = actual?.toFixed() ?? 'unknown';
  switch (code) {
    case 'INSTRUMENT_NOT_TRADABLE':
      return 'The instrument cannot be traded.';
    case 'PRODUCT_NOT_OF_INSTRUMENT':
      return 'CNC and MTF are for shares, NRML is for derivatives.';
    case 'PRODUCT_IS_INTRADAY':
      return 'Intraday positions do not outlast the day; a GTT takes CNC, MTF and NRML.';
    case 'FREEZE_QUANTITY':
      return `One order may carry ${allowed} units; this one has ${asked}.`;
    case 'LOT_SIZE':
      return `The quantity ${asked} is not a positive multiple of the lot size ${allowed}.`;
    case 'TICK_SIZE':
      return `The price ${asked} is not a positive multiple of the tick size ${allowed}.`;
    case 'NO_REFERENCE_PRICE':
      return 'No price of the instrument is known yet, so a trigger cannot be held against it.';
    case 'TRIGGER_TOO_NEAR':
      return `The trigger is ${tellApart(actual, limit)} % from the last price; it must be ${allowed} % away.`;
    case 'TRIGGERS_NOT_AROUND_LAST_PRICE':
      return `The lower trigger must be below the last price ${allowed} and the upper above it; one is at ${asked}.`;
    case 'ACTIVE_TRIGGERS':
      return `It would be active GTT ${asked}; the broker keeps ${allowed} of an account.`;
  }
}

function isPositiveMultiple(amount: Decimal, unit: Decimal): boolean {
  return amount.isFinite() && amount.greaterThan(0) && amount.modulo(unit).isZero();
}

function deny(
  code: GttDenialCode,
  limit: Decimal | null = null,
  actual: Decimal | null = null,
): { readonly ok: false; readonly failure: GttDenial } {
  return fail({ code, limit, actual });
}
