import type { BrokerOrder } from '@nandax/app/ports/broker.ts';
import type { CounterEntry, CounterOrder } from '@nandax/app/ports/exchange.ts';
import { bookEntryOf } from '@nandax/core/exchange/book-entry.ts';
import { protectionLimitOf } from '@nandax/core/exchange/market-protection.ts';
import {
  automaticProtectionOf,
  type AutomaticProtection,
} from '@nandax/core/order/broker-rules.ts';
import type { MarketHours } from '@nandax/core/calendar/session-plan.ts';
import { minuteMs } from '@nandax/core/calendar/exchange-time.ts';
import type { ChangeableTerms } from '@nandax/core/order/order.ts';
import { checkBand, describeBandDenial, type DayRange } from '@nandax/core/order/check-band.ts';
import { isLimited, isStop, type Side } from '@nandax/core/order/order-terms.ts';
import { Decimal } from 'decimal.js';

/** What the counter knows of the market when an order comes. */
export interface CounterMarket {
  /** Rupees. */
  readonly tickSize: Decimal;
  /** Rupees; null before the first trade. */
  readonly lastPrice: Decimal | null;
  /** The prices that the order may name; null: not known. */
  readonly dayRange: DayRange | null;
  /** Null: not known. */
  readonly hours: MarketHours | null;
  /** Kind of instrument, e.g. EQUITY. */
  readonly type: string;
  /** What an order at market gets that names no protection. */
  readonly protection: AutomaticProtection;
}

/** Why the counter takes no such order, in a broker's words; null: it takes it. */
export function refusalOf(order: BrokerOrder, market: CounterMarket): string | null {
  // What is for the next session will have another range.
  const known = order.variety === 'AMO' ? { ...market, dayRange: null } : market;
  // The trigger of a CO is that of its stop, which comes as an order of its own when units fill.
  const terms = order.variety === 'CO' ? { ...order, triggerPrice: null } : order;
  return refusalOfTerms(order.side, terms, known);
}

/** Why an order cannot be changed to these terms; null: it can. */
export function refusalOfChange(
  side: Side,
  { state, filledQuantity }: CounterOrder,
  terms: ChangeableTerms,
  market: CounterMarket,
): string | null {
  if (!works(state.status)) {
    return `Order cannot be modified as its status is ${state.status}.`;
  }
  if (terms.quantity.lessThanOrEqualTo(filledQuantity)) {
    const [asked, traded] = [terms.quantity.toFixed(), filledQuantity.toFixed()];
    return `Quantity ${asked} is not above the traded quantity ${traded}.`;
  }
  const waits = isStop(terms.type) && state.status === 'TRIGGER_PENDING';
  const becomesStop = isStop(terms.type) && !isStop(state.terms.type);
  return refusalOfTerms(
    side,
    waits || becomesStop ? terms : { ...terms, triggerPrice: null },
    market,
  );
}

function refusalOfTerms(
  side: Side,
  { price, triggerPrice, validity, validityMinutes }: ChangeableTerms,
  { tickSize, lastPrice, dayRange }: CounterMarket,
): string | null {
  for (const amount of [price, triggerPrice]) {
    if (amount !== null && !amount.modulo(tickSize).isZero()) {
      return (
        `Tick size for this script is ${tickSize.toFixed()}. ` +
        'Kindly enter price in the multiple of tick size for this script.'
      );
    }
  }
  const outOfBand = checkBand({ price, triggerPrice }, dayRange);
  if (outOfBand !== null) return describeBandDenial(outOfBand);
  if (validity === 'TTL' && validityMinutes === null) return 'Validity in minutes is missing.';
  if (triggerPrice === null || lastPrice === null) return null;
  if (side === 'BUY' && triggerPrice.lessThan(lastPrice)) {
    return `Trigger price for stoploss buy orders should be above the last traded price ${lastPrice.toFixed()}.`;
  }
  if (side === 'SELL' && triggerPrice.greaterThan(lastPrice)) {
    return `Trigger price for stoploss sell orders should be below the last traded price ${lastPrice.toFixed()}.`;
  }
  return null;
}

/**
 * How an order that is taken at market time `at` stands in the book: from then on, or from the next
 * session where the market is closed and its hours are known.
 */
export function entryOf(
  side: Side,
  terms: ChangeableTerms,
  at: Date,
  triggered: boolean,
  market: CounterMarket,
): CounterEntry {
  const { hours } = market;
  const from = hours === null ? at : new Date(bookEntryOf(hours, at.getTime(), terms).eligibleFrom);
  return {
    status: isStop(terms.type) && !triggered ? 'TRIGGER_PENDING' : 'OPEN',
    eligibleFrom: from,
    expiresAt:
      terms.validityMinutes === null
        ? null
        : new Date(from.getTime() + terms.validityMinutes * minuteMs),
    protectionLimit: protectionOf(side, terms, market),
  };
}

/**
 * Rupees beyond which an order at market does not fill, set when the counter takes it, as brokers do:
 * so many percent from the last price, of a stop from its trigger price.
 */
function protectionOf(
  side: Side,
  { type, triggerPrice, marketProtectionPercent }: ChangeableTerms,
  { lastPrice, tickSize, protection, type: instrumentType }: CounterMarket,
): Decimal | null {
  if (isLimited(type)) return null;
  const reference = (isStop(type) ? triggerPrice : lastPrice)?.toNumber() ?? null;
  if (reference === null) return null;
  const percent =
    marketProtectionPercent?.toNumber() ??
    automaticProtectionOf(protection, instrumentType, reference);
  const sign = side === 'BUY' ? 1 : -1;
  return new Decimal(protectionLimitOf(sign, percent, reference, tickSize.toNumber()));
}

/** Whether an order of this status waits in the book. */
export function works(status: CounterOrder['state']['status']): boolean {
  return status === 'OPEN' || status === 'TRIGGER_PENDING';
}
