/**
 * How a price came about. TICK: a trade. OPEN: the first price after a pause (of a session or a bar),
 * at which orders that rest meet the market anew. MOVE: the price went here from the last one through
 * everything between them, as the path within a bar is taken to do. CALL: the one price of a closing
 * auction, at which all that waits trades.
 */
export type PrintKind = 'TICK' | 'OPEN' | 'MOVE' | 'CALL';

/** What is known of a print beside its price. */
export interface PrintDetails {
  readonly kind?: PrintKind;
  /** Units traded with it; NaN where unknown, which caps nothing. */
  readonly volume?: number;
  /** Best bid in rupees; NaN where unknown. */
  readonly bid?: number;
  /** Best ask in rupees; NaN where unknown. */
  readonly ask?: number;
}

/** Prices carry four decimals; sums are rounded to them, as binary fractions drift. */
const priceScale = 10_000;

/** Rupees, rounded to the four decimals that prices carry. */
export function roundedPrice(price: number): number {
  return Math.round(price * priceScale) / priceScale;
}
