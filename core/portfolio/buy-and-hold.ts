import { minuteMs } from '../calendar/exchange-time.ts';
import type { CandleColumns } from '../market/candles.ts';

/**
 * What money would be worth at each of `time` (epoch ms, rising) in equal parts of all instruments, each
 * bought at its first close and never touched; before it the part lies in money. Minute candles count
 * from the end of their minute on. Without charges.
 */
export function buyAndHoldOf(
  time: Float64Array,
  candles: readonly CandleColumns[],
  initialCapital: number,
): Float64Array {
  const worth = new Float64Array(time.length);
  for (const { openTime, close, length } of candles) {
    const bought = close[0] ?? NaN;
    let row = 0;
    for (let point = 0; point < time.length; point += 1) {
      const now = time[point] as number;
      while (row < length && (openTime[row] as number) + minuteMs <= now) row += 1;
      const growth = row === 0 ? 1 : (close[row - 1] as number) / bought;
      worth[point] = (worth[point] as number) + (growth * initialCapital) / candles.length;
    }
  }
  return candles.length === 0 ? worth.fill(initialCapital) : worth;
}
