import type { TradingCalendar } from '../../calendar/trading-calendar.ts';
import { benchmarkWith, type Benchmark } from '../../metrics/benchmark.ts';
import { dayEndsOf, returnsOfDays } from '../../metrics/returns.ts';
import type { BarColumns } from '../../strategy/columns/bar-columns.ts';
import type { SharedIndicators } from '../../strategy/columns/rule-columns.ts';
import { BarPrices } from './bar-prices.ts';
import type { BarsOptions } from './bars-options.ts';
import { basketOf } from './basket.ts';

/** An instrument as the engine trades it. */
export interface BarsInstrument {
  readonly exchange: string;
  readonly symbol: string;
  readonly bars: BarColumns;
  /** How many times its price one unit is worth; 1 for shares. */
  readonly multiplier: number;
  /** Units in which it trades; left out: the option `unitStep`. */
  readonly lotSize?: number;
  /** Smallest step of its price; left out: none, so that what is counted in ticks is nothing. */
  readonly tickSize?: number;
}

/** Bars made ready once, for as many runs as one likes; nothing in it changes with a run. */
export interface BarsMarket {
  /** Those that are traded; a pair's other leg is the last. */
  readonly instruments: readonly BarsInstrument[];
  /** Bars of the instruments that the rules name, in the order of the strategy's `references`. */
  readonly references: readonly BarColumns[];
  /** Sessions and square-off times; null: bars are traded whenever they come. */
  readonly calendar: TradingCalendar | null;
  /** Epoch ms at which the bars of each point ended, rising: the union of all instruments' bars. */
  readonly time: Float64Array;
  /** Epoch ms at which the first of them opened. */
  readonly openTime: Float64Array;
  /** The last point of each exchange day. */
  readonly dayEnds: Int32Array;
  /** For each instrument the row of its bar at each point, -1 where it has none; null: row = point. */
  readonly rows: readonly (Int32Array | null)[];
  /** Whether an instrument's volume says anything: one that is 0 throughout is unknown. */
  readonly volumeKnown: readonly boolean[];
  /** What the market itself did at each point (see `basketOf`), and its returns by day. */
  readonly basket: Float64Array;
  readonly benchmark: Benchmark;
  /** What orders get within a bar; it keeps nothing of a run. */
  readonly prices: BarPrices;
  /** Indicators that runs worked out, kept for the next ones. */
  readonly shared: SharedIndicators;
}

/** Lays the bars of all instruments side by side, by the time at which they ended. */
export function barsMarketOf(
  instruments: readonly BarsInstrument[],
  references: readonly BarColumns[] = [],
  calendar: TradingCalendar | null = null,
): BarsMarket {
  const times = instruments.map(({ bars }) => bars.closeTime);
  const time = timeLineOf(instruments);
  const rows = times.map((own) => (own.length === time.length ? null : rowsOf(own, time)));
  const dayEnds = dayEndsOf(time);
  const basket = basketOf(instruments, rows, time.length);
  return {
    instruments,
    references,
    calendar,
    time,
    openTime: openTimesOf(instruments, time),
    dayEnds,
    rows,
    basket,
    benchmark: benchmarkOfCloses(basket, dayEnds),
    prices: new BarPrices(instruments.length),
    volumeKnown: instruments.map(({ bars }) => bars.volume.some((volume) => volume > 0)),
    shared: new WeakMap(),
  };
}

/** The days' returns of closes at each point; none before the first close. */
export function benchmarkOfCloses(closes: Float64Array, dayEnds: Int32Array): Benchmark {
  const first = closes.find((close) => !Number.isNaN(close)) ?? NaN;
  const returns = returnsOfDays(closes, dayEnds, first);
  return benchmarkWith(returns.map((value) => (Number.isNaN(value) ? 0 : value)));
}

/** Epoch ms at which the bars of each point of a market of these instruments end. */
export function timeLineOf(instruments: readonly BarsInstrument[]): Float64Array {
  const times = instruments.map(({ bars }) => bars.closeTime);
  return times.length === 1 ? (times[0] as Float64Array) : unionOf(times);
}

/** The row of an instrument's bar at a point; -1: it has none. */
export function rowAt({ rows }: BarsMarket, instrument: number, point: number): number {
  const own = rows[instrument] ?? null;
  return own === null ? point : (own[point] as number);
}

/** Whether nothing traded in a bar, so that what has to trade waits for the next. */
export function hasNoTrades(
  { instruments, volumeKnown }: BarsMarket,
  { zeroVolumeBars }: Pick<BarsOptions, 'zeroVolumeBars'>,
  instrument: number,
  row: number,
): boolean {
  if (zeroVolumeBars !== 'WAIT' || volumeKnown[instrument] !== true) return false;
  return instruments[instrument]?.bars.volume[row] === 0;
}

/** All times of rising lists, each once. */
function unionOf(lists: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const list of lists) {
    all.set(list, offset);
    offset += list.length;
  }
  all.sort();
  let length = 0;
  for (const time of all) {
    if (length > 0 && all[length - 1] === time) continue;
    all[length] = time;
    length += 1;
  }
  return all.slice(0, length);
}

function openTimesOf(instruments: readonly BarsInstrument[], time: Float64Array): Float64Array {
  const [first] = instruments;
  if (instruments.length === 1 && first !== undefined) return first.bars.openTime;
  const openTime = new Float64Array(time.length).fill(Infinity);
  for (const { bars } of instruments) {
    let row = 0;
    for (let point = 0; point < time.length; point += 1) {
      if (bars.closeTime[row] !== time[point]) continue;
      openTime[point] = Math.min(openTime[point] as number, bars.openTime[row] as number);
      row += 1;
    }
  }
  return openTime;
}

function rowsOf(own: Float64Array, time: Float64Array): Int32Array {
  const rows = new Int32Array(time.length).fill(-1);
  let row = 0;
  for (let point = 0; point < time.length; point += 1) {
    if (own[row] !== time[point]) continue;
    rows[point] = row;
    row += 1;
  }
  return rows;
}
