import type { Decimal } from 'decimal.js';

/** Why the risk door refuses an order; closed. DENIED is ours, REJECTED is the broker's. */
export type DenialCode =
  /** Trading is halted for the platform, the user or the portfolio. */
  | 'TRADING_HALTED'
  /** The instrument is not traded, an index for instance. */
  | 'INSTRUMENT_NOT_TRADABLE'
  /** The quantity is not a positive multiple of the lot size (limit). */
  | 'LOT_SIZE'
  /** A price is not a positive multiple of the tick size (limit). */
  | 'TICK_SIZE'
  /** Only reducing is allowed, and at most `limit` units can be reduced. */
  | 'NOT_REDUCING'
  /** Delivery can only be sold to the units held (limit). */
  | 'INSUFFICIENT_HOLDINGS'
  /** The order has no limit and the instrument no last price to value it at. */
  | 'NO_REFERENCE_PRICE'
  /** Opening units above the limit. */
  | 'MAX_ORDER_QUANTITY'
  /** Opening value in rupees above the limit. */
  | 'MAX_ORDER_VALUE'
  /** One more position than the limit. */
  | 'MAX_OPEN_POSITIONS'
  /** Margin needed in rupees (actual) above the margin available (limit). */
  | 'INSUFFICIENT_MARGIN';

/** A refusal with the numbers that decided. */
export interface Denial {
  readonly code: DenialCode;
  /** What was allowed; null where the code has no number. */
  readonly limit: Decimal | null;
  /** What the order came to; null where the code has no number. */
  readonly actual: Decimal | null;
}

/** A sentence for people: what was asked for and what is allowed. */
export function describeDenial({ code, limit, actual }: Denial): string {
  const most = limit?.toFixed() ?? 'unknown';
  const asked = actual?.toFixed() ?? 'unknown';
  switch (code) {
    case 'TRADING_HALTED':
      return 'Trading is halted; orders can only be cancelled.';
    case 'INSTRUMENT_NOT_TRADABLE':
      return 'The instrument cannot be traded.';
    case 'LOT_SIZE':
      return `The quantity ${asked} is not a positive multiple of the lot size ${most}.`;
    case 'TICK_SIZE':
      return `The price ${asked} is not a positive multiple of the tick size ${most}.`;
    case 'NOT_REDUCING':
      return `The order may only reduce the position, by at most ${most}; it asks for ${asked}.`;
    case 'INSUFFICIENT_HOLDINGS':
      return `Delivery of ${asked} was offered for sale, but only ${most} can be sold.`;
    case 'NO_REFERENCE_PRICE':
      return 'No price of the instrument is known yet, so the order cannot be valued.';
    case 'MAX_ORDER_QUANTITY':
      return `The order opens ${asked}; the limit for one order is ${most}.`;
    case 'MAX_ORDER_VALUE':
      return `The order opens a value of ${asked} rupees; the limit for one order is ${most}.`;
    case 'MAX_OPEN_POSITIONS':
      return `The order would make ${asked} open positions; the limit is ${most}.`;
    case 'INSUFFICIENT_MARGIN':
      return `The order needs a margin of ${asked} rupees; ${most} is available.`;
  }
}
