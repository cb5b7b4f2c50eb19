/** One trade or index print as a feed reports it. */
export interface Tick {
  /** Index in the feed's instrument list. */
  readonly instrument: number;
  /** Exchange time of the print, epoch ms. */
  readonly time: number;
  /** Last traded price in rupees, or the index level. */
  readonly price: number;
  /** Volume traded since the start of the exchange day in units, null where unknown. */
  readonly volume: number | null;
}
