/** Which way an order trades. */
export type Side = 'BUY' | 'SELL';

/** How an order is priced; SL and SL_M rest until their trigger price trades. */
export type OrderType = 'MARKET' | 'LIMIT' | 'SL' | 'SL_M';

/** CNC is delivery, MIS is intraday and squared off before the close (domain: Kite products). */
export type Product = 'CNC' | 'MIS';

/** How long an order rests: the day, not at all (immediate or cancel), or a number of minutes. */
export type Validity = 'DAY' | 'IOC' | 'TTL';

/** The products this platform trades; the broker knows more. */
export const products: readonly Product[] = ['CNC', 'MIS'];

/** Whether the text names a product this platform trades. */
export function isProduct(text: string): text is Product {
  return (products as readonly string[]).includes(text);
}
