import type { BarColumns } from '../../strategy/columns/bar-columns.ts';

/** The bars that ended from `from` to `to` (epoch ms), both included: views, not copies. */
export function barsBetween(bars: BarColumns, from: number, to: number): BarColumns {
  const first = firstRowClosing(bars, from, false);
  const end = Math.max(first, firstRowClosing(bars, to, true));
  return mapBars(end - first, (name) => bars[name].subarray(first, end));
}

const columnNames = ['openTime', 'closeTime', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Bars made column by column. */
export function mapBars(
  length: number,
  column: (name: (typeof columnNames)[number]) => Float64Array,
): BarColumns {
  const columns = Object.fromEntries(columnNames.map((name) => [name, column(name)]));
  return { length, ...columns } as unknown as BarColumns;
}

/** The first row that ended at `time` or later, or only later; `length`: none did. */
function firstRowClosing({ closeTime, length }: BarColumns, time: number, later: boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const closed = closeTime[middle] as number;
    if (closed < time || (later && closed === time)) low = middle + 1;
    else high = middle;
  }
  return low;
}
