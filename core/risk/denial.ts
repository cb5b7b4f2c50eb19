import type { Decimal } from 'decimal.js';
import { wordsOfTime } from '../calendar/exchange-time.ts';
import { tellApart } from '../order/tell-apart.ts';
import type { RiskScope } from './risk-limits.ts';

/** Why the risk door refuses an order; closed. DENIED is ours, REJECTED is the broker's. */
export type DenialCode =
  /** Trading is halted for the platform, the user or the portfolio. */
  | 'TRADING_HALTED'
  /** The books of the live account's broker have not been read in agreement with ours yet. */
  | 'BROKER_NOT_RECONCILED'
  /** The instrument may not be entered: an index for instance, or no rate card states its charges. */
  | 'INSTRUMENT_NOT_TRADABLE'
  /** The quantity is not positive, or what it opens no multiple of the lot size (limit). */
  | 'LOT_SIZE'
  /** A price is not a positive multiple of the tick size (limit). */
  | 'TICK_SIZE'
  /** Only reducing is allowed, and at most `limit` units can be reduced. */
  | 'NOT_REDUCING'
  /** Delivery can only be sold to the units held (limit). */
  | 'INSUFFICIENT_HOLDINGS'
  /** The order has no limit and the instrument no last price, or the option sold no strike, to value it at. */
  | 'NO_REFERENCE_PRICE'
  /** Opening units above the limit. */
  | 'MAX_ORDER_QUANTITY'
  /** Opening value in rupees above the limit. */
  | 'MAX_ORDER_VALUE'
  /** One more position than the limit. */
  | 'MAX_OPEN_POSITIONS'
  /** Rupees of margin for one trade above the limit. */
  | 'MAX_CAPITAL_PER_TRADE'
  /** Rupees in the instrument above the limit. */
  | 'MAX_INSTRUMENT_EXPOSURE'
  /** Rupees in all instruments above the limit. */
  | 'MAX_TOTAL_EXPOSURE'
  /** Percent between the order's price and the last one above the limit. */
  | 'MAX_PRICE_DEVIATION'
  /** One more order in this second than the limit. */
  | 'MAX_ORDERS_PER_SECOND'
  /** One more order in this minute than the limit. */
  | 'MAX_ORDERS_PER_MINUTE'
  /** One more order in this day than the limit. */
  | 'MAX_ORDERS_PER_DAY'
  /** Rupees lost in the day have come to the limit. */
  | 'MAX_DAILY_LOSS'
  /** Rupees gained in the day have come to the limit. */
  | 'MAX_DAILY_PROFIT'
  /** Rupees below the highest result have come to the limit. */
  | 'MAX_DRAWDOWN'
  /** Trades lost in a row have come to the limit, and the time to cool down has not passed. */
  | 'MAX_CONSECUTIVE_LOSSES'
  /** The instrument is not among those that may be entered. */
  | 'INSTRUMENT_NOT_ALLOWED'
  /** Entries do not pass at this time of the day. */
  | 'OUTSIDE_ALLOWED_HOURS'
  /** Margin needed in rupees (actual) above what is available once its charges are paid (limit). */
  | 'INSUFFICIENT_MARGIN'
  /** One more order than the broker takes of the account in this exchange day (limit). */
  | 'BROKER_ORDERS_PER_DAY'
  /** The connection to the broker of a live portfolio has ended. */
  | 'BROKER_NOT_CONNECTED';

/** A refusal with the numbers that decided. */
export interface Denial {
  readonly code: DenialCode;
  /** What was allowed; null where the code has no number. */
  readonly limit: Decimal | null;
  /** What the order came to; null where the code has no number. */
  readonly actual: Decimal | null;
  /** Whose limit it is; null for rules that no one sets. */
  readonly scope: RiskScope | null;
  /**
   * Market time at which what stands in the way ends by itself; null or left out: no time ends it, or
   * none that the market's clock shows.
   */
  readonly until?: Date | null;
  /** The instrument it is about, as people call it; null or left out: the words do not name it. */
  readonly instrument?: string | null;
  /** Of OUTSIDE_ALLOWED_HOURS: when entries pass, in minutes of the exchange day; null: from its start, to its end. */
  readonly hours?: { readonly from: number | null; readonly until: number | null };
}

const ownerOf: Readonly<Record<RiskScope, string>> = {
  AGENT: "agent's",
  STRATEGY: "strategy's",
  PORTFOLIO: "portfolio's",
  USER: "user's",
  PLATFORM: "platform's",
};

/** A sentence for people: what was asked for and what is allowed. */
export function describeDenial(denial: Denial): string {
  const { code, limit, actual, scope } = denial;
  const most = limit?.toFixed() ?? 'unknown';
  const asked = actual?.toFixed() ?? 'unknown';
  const [mostRupees, askedRupees] = [tellApart(limit, actual), tellApart(actual, limit)];
  const instrument = denial.instrument ?? 'the instrument';
  const untilWhen =
    denial.until == null ? 'until the lock is released' : `until ${wordsOfTime(denial.until)}`;
  const whose = scope === null ? '' : `${ownerOf[scope]} `;
  switch (code) {
    case 'TRADING_HALTED':
      return 'Trading is halted; orders can only be cancelled.';
    case 'BROKER_NOT_RECONCILED':
      return 'The books of the broker have not been found to agree with ours yet; until then positions can only be left.';
    case 'INSTRUMENT_NOT_TRADABLE':
      return `${denial.instrument ?? 'The instrument'} cannot be entered: it is not traded, or what trading it costs is not known.`;
    case 'LOT_SIZE':
      return `The quantity ${asked} that the order opens is not a positive multiple of the lot size ${most}.`;
    case 'TICK_SIZE':
      return `The price ${asked} is not a positive multiple of the tick size ${most}.`;
    case 'NOT_REDUCING':
      return `The order may only reduce the position, by at most ${most}; it asks for ${asked}.`;
    case 'INSUFFICIENT_HOLDINGS':
      return `Delivery of ${asked} was offered for sale, but only ${most} can be sold.`;
    case 'NO_REFERENCE_PRICE':
      return `No price of ${instrument} is known yet, so the order cannot be valued.`;
    case 'MAX_ORDER_QUANTITY':
      return `The order opens ${asked}; the ${whose}limit for one order is ${most}.`;
    case 'MAX_ORDER_VALUE':
      return `The order opens a value of ${askedRupees} rupees; the ${whose}limit for one order is ${mostRupees}.`;
    case 'MAX_CAPITAL_PER_TRADE':
      return `The trade would tie up ${askedRupees} rupees; the ${whose}limit for one trade is ${mostRupees}.`;
    case 'MAX_OPEN_POSITIONS':
      return `The order would make ${asked} open positions; the ${whose}limit is ${most}.`;
    case 'MAX_INSTRUMENT_EXPOSURE':
      return `The order would bring ${askedRupees} rupees into ${instrument}; the ${whose}limit is ${mostRupees}.`;
    case 'MAX_TOTAL_EXPOSURE':
      return `The order would bring ${askedRupees} rupees into the market; the ${whose}limit is ${mostRupees}.`;
    case 'MAX_PRICE_DEVIATION':
      return `The price is ${tellApart(actual, limit)} % off the last one; the ${whose}limit is ${most} %.`;
    case 'MAX_ORDERS_PER_SECOND':
      return `It would be order ${asked} of this second; the ${whose}limit is ${most}.`;
    case 'MAX_ORDERS_PER_MINUTE':
      return `It would be order ${asked} of this minute; the ${whose}limit is ${most}.`;
    case 'MAX_ORDERS_PER_DAY':
      return `It would be order ${asked} of this day; the ${whose}limit is ${most}.`;
    case 'MAX_DAILY_LOSS':
      return `The day has lost ${askedRupees} rupees; at the ${whose}limit of ${mostRupees} no position is opened.`;
    case 'MAX_DAILY_PROFIT':
      return `The day has gained ${askedRupees} rupees; at the ${whose}limit of ${mostRupees} no position is opened.`;
    case 'MAX_DRAWDOWN':
      return `The result is ${askedRupees} rupees below its highest; at the ${whose}limit of ${mostRupees} no position is opened ${untilWhen}.`;
    case 'MAX_CONSECUTIVE_LOSSES':
      return `The last ${asked} trades were lost; at the ${whose}limit of ${most} no position is opened ${untilWhen}.`;
    case 'INSTRUMENT_NOT_ALLOWED':
      return `${denial.instrument ?? 'The instrument'} is not among the instruments that the ${whose}limits allow.`;
    case 'OUTSIDE_ALLOWED_HOURS':
      return `The ${whose}limits allow positions to be opened ${wordsOfHours(denial.hours)} only.`;
    case 'INSUFFICIENT_MARGIN':
      return `The order needs a margin of ${askedRupees} rupees; ${mostRupees} is available.`;
    case 'BROKER_NOT_CONNECTED':
      return 'The portfolio’s broker is not connected; connect the account again and make a portfolio of it.';
    case 'BROKER_ORDERS_PER_DAY':
      return `It would be order ${asked} of the account in this day; the broker's limit, less what is kept for exits, is ${most}.`;
  }
}

/** `from 09:30 until 15:00 (exchange time)`; an end that is not set is the day's. */
function wordsOfHours(hours: Denial['hours']): string {
  const { from, until } = hours ?? { from: null, until: null };
  const start = from === null ? '' : `from ${wordsOfMinute(from)} `;
  const end = until === null ? '' : `until ${wordsOfMinute(until)} `;
  return `${start}${end}(exchange time)`;
}

function wordsOfMinute(minute: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
