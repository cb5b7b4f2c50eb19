import type { Candle } from './candles.ts';
import type { Tick } from './tick.ts';

/** Milliseconds after a minute's open at which the four prices of its path are printed. */
export const pathOffsets = [0, 15_000, 30_000, 59_999] as const;

/**
 * The documented way from a minute candle back to ticks: its open at +0 s, then low and high where
 * it closed at or above its open, else high and low, at +15 s and +30 s, its close at +59.999 s.
 * The order between high and low is a convention, not knowledge; the last tick lies inside the
 * minute, so that no tick of a bar ever counts for the next one.
 *
 * Volume accrues a quarter a step in whole units, the remainder with the close. `dayVolume` is what
 * the instrument traded earlier that day; a candle of unknown volume gives ticks of unknown volume.
 */
export function pathOfCandle(
  instrument: number,
  candle: Candle,
  dayVolume: number,
): readonly [Tick, Tick, Tick, Tick] {
  const { openTime, open, high, low, close, volume } = candle;
  const quarter = Math.floor(volume / 4);
  const [second, third] = close >= open ? [low, high] : [high, low];
  const tick = (step: 0 | 1 | 2 | 3, price: number, traded: number): Tick => ({
    instrument,
    time: openTime + pathOffsets[step],
    price,
    volume: Number.isNaN(volume) ? null : dayVolume + traded,
  });
  return [
    tick(0, open, quarter),
    tick(1, second, 2 * quarter),
    tick(2, third, 3 * quarter),
    tick(3, close, volume),
  ];
}
