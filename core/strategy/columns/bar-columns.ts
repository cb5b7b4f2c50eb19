import type { Sessions, TradingCalendar } from '../../calendar/trading-calendar.ts';
import type { CandleColumns } from '../../market/candles.ts';
import type { TimeFrame } from '../../market/time-frame.ts';
import { momentOf, type RuleBar } from '../evaluate/bar-context.ts';
import { LongerBars } from '../evaluate/longer-bars.ts';
import type { MomentField } from '../strategy-document.ts';

/** Closed bars of one instrument as columns, rising by time; see `CandleColumns` and `RuleBar`. */
export interface BarColumns extends CandleColumns {
  /** Epoch ms at which the bar ended. */
  readonly closeTime: Float64Array;
}

/**
 * The bars of a longer time frame that are made of `bars`; the last may end after all of them. Bars that
 * are as long already, and begin and end with those of the sessions, come out as they are.
 */
export function longerColumns(
  bars: BarColumns,
  timeFrame: TimeFrame,
  sessions: Sessions,
): BarColumns {
  const made = columnsOf(bars.length);
  const longer = new LongerBars(timeFrame, sessions);
  let length = 0;
  const end = (): void => {
    longer.end();
    put(made, length, longer.bar);
    length += 1;
  };
  for (let row = 0; row < bars.length; row += 1) {
    const closeTime = bars.closeTime[row] ?? NaN;
    if (longer.due < closeTime) end();
    longer.add({
      openTime: bars.openTime[row] ?? NaN,
      closeTime,
      open: bars.open[row] ?? NaN,
      high: bars.high[row] ?? NaN,
      low: bars.low[row] ?? NaN,
      close: bars.close[row] ?? NaN,
      volume: bars.volume[row] ?? NaN,
    });
    if (longer.due <= closeTime) end();
  }
  if (longer.due !== Infinity) end();
  return cut(made, length);
}

function columnsOf(length: number): BarColumns {
  const column = (): Float64Array => new Float64Array(length);
  return {
    length,
    openTime: column(),
    closeTime: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
}

function put(columns: BarColumns, row: number, bar: RuleBar): void {
  columns.openTime[row] = bar.openTime;
  columns.closeTime[row] = bar.closeTime;
  columns.open[row] = bar.open;
  columns.high[row] = bar.high;
  columns.low[row] = bar.low;
  columns.close[row] = bar.close;
  columns.volume[row] = bar.volume;
}

function cut(columns: BarColumns, length: number): BarColumns {
  return {
    length,
    openTime: columns.openTime.subarray(0, length),
    closeTime: columns.closeTime.subarray(0, length),
    open: columns.open.subarray(0, length),
    high: columns.high.subarray(0, length),
    low: columns.low.subarray(0, length),
    close: columns.close.subarray(0, length),
    volume: columns.volume.subarray(0, length),
  };
}

/** A moment of each bar; see `momentOf`. */
export function momentColumn(
  name: MomentField,
  bars: BarColumns,
  calendar: TradingCalendar | null,
): Float64Array {
  const out = new Float64Array(bars.length);
  for (let row = 0; row < out.length; row += 1) {
    out[row] = momentOf(
      name,
      bars.openTime[row] as number,
      bars.closeTime[row] as number,
      calendar,
    );
  }
  return out;
}

/** Of each bar, the value on the latest of the other bars that closed at or before its close. */
export function sampledColumn(
  values: Float64Array | Uint8Array,
  others: BarColumns,
  bars: BarColumns,
): Float64Array {
  const out = new Float64Array(bars.length);
  let closed = 0;
  for (let row = 0; row < out.length; row += 1) {
    const time = bars.closeTime[row] as number;
    while (closed < others.length && (others.closeTime[closed] as number) <= time) closed += 1;
    out[row] = closed === 0 ? NaN : (values[closed - 1] as number);
  }
  return out;
}
