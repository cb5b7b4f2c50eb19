/** Which way an order trades. */
export type Side = 'BUY' | 'SELL';

/** How an order is priced; SL and SL_M rest until their trigger price trades. */
export type OrderType = 'MARKET' | 'LIMIT' | 'SL' | 'SL_M';

/**
 * What becomes of the position (domain: Kite products): CNC is delivery paid in full, MIS is
 * intraday and squared off before the close, NRML is derivatives held overnight, MTF is delivery on
 * borrowed money.
 */
export type Product = 'CNC' | 'MIS' | 'NRML' | 'MTF';

/**
 * By which way an order goes to the exchange (domain: Kite varieties): REGULAR at once, AMO after
 * hours for the next session, CO with a compulsory stop, ICEBERG in legs that show one at a time.
 */
export type Variety = 'REGULAR' | 'AMO' | 'CO' | 'ICEBERG';

/** How long an order rests: the day, not at all (immediate or cancel), or a number of minutes. */
export type Validity = 'DAY' | 'IOC' | 'TTL';

/** Whether an order of this type waits for its trigger price. */
export function isStop(type: OrderType): type is 'SL' | 'SL_M' {
  return type === 'SL' || type === 'SL_M';
}

/** Whether an order of this type carries a limit price. */
export function isLimited(type: OrderType): type is 'LIMIT' | 'SL' {
  return type === 'LIMIT' || type === 'SL';
}
