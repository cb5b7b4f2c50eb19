import type { Candle } from './candles.ts';

/** A finished bar of one instrument; units as in `CandleColumns`. */
export interface ClosedBar extends Candle {
  /** Index in the instrument list of whoever built it. */
  readonly instrument: number;
  /** Epoch ms at which the bar ended; not itself inside the bar. */
  readonly closeTime: number;
}
