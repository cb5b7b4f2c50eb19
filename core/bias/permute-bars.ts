import { dayNumberOf } from '../calendar/exchange-time.ts';
import { barsMarketOf, type BarsMarket } from '../backtest/bars/bars-market.ts';
import { shuffle, type SeededRandom } from '../random/seeded-random.ts';
import type { BarColumns } from '../strategy/columns/bar-columns.ts';

/** The moves of one series of bars, each as a ratio, and where on the common time line they stand. */
interface Moves {
  readonly bars: BarColumns;
  /** Open over the close before; 1 at the first bar. */
  readonly gap: Float64Array;
  /** High, low and close over the open of their bar. */
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Point of each bar, and bar of each point (-1: none). */
  readonly points: Int32Array;
  readonly rows: Int32Array;
}

/**
 * The bars of a market taken apart into moves, to be put together in other orders (source: Timothy
 * Masters, "Permutation and Randomization Tests for Trading System Development", 2020, the permutation
 * of bars): what happens from a close to the next open is shuffled apart from what happens within a
 * bar, the first bars stay, and so the last closes are reached again. Each series keeps the make-up of
 * its returns and loses only their order.
 *
 * All series are put into one order, so that they keep moving together; points change places only
 * with points at which the same series have a bar, and the gap over a night only with gaps over nights.
 */
export class PermutableMarket {
  readonly #market: BarsMarket;
  readonly #series: readonly Moves[];
  readonly #barGroups: readonly Int32Array[];
  readonly #gapGroups: readonly Int32Array[];
  readonly #length: number;

  private constructor(
    market: BarsMarket,
    series: readonly Moves[],
    time: Float64Array,
    from: number,
  ) {
    this.#market = market;
    this.#series = series;
    this.#length = time.length;
    const first = time.findIndex((point) => point >= from);
    const [bars, gaps] = groupsOf(series, first, time.length);
    this.#barGroups = bars;
    this.#gapGroups = gaps;
  }

  /**
   * Null where a price is not above zero, so that moves are no ratios. What ended before `from` (epoch ms)
   * stays where it is.
   */
  static of(market: BarsMarket, from = -Infinity): PermutableMarket | null {
    const all = [...market.instruments.map(({ bars }) => bars), ...market.references];
    if (!all.every(hasRatios)) return null;
    const time = unionOf(all);
    const place = new Map(Array.from(time, (value, point) => [value, point]));
    const series = all.map((bars) => movesOf(bars, place, time.length));
    return new PermutableMarket(market, series, time, from);
  }

  /** The market with its moves in another order. */
  permuted(random: SeededRandom): BarsMarket {
    const bars = orderOf(this.#barGroups, this.#length, random);
    const gaps = orderOf(this.#gapGroups, this.#length, random);
    return marketWith(
      this.#market,
      this.#series.map((moves) => put(moves, bars, gaps)),
    );
  }
}

/** The market with other bars at the same times. */
export function marketWith(market: BarsMarket, series: readonly BarColumns[]): BarsMarket {
  const { instruments, calendar, volumeKnown } = market;
  const traded = instruments.map((instrument, index) => ({
    ...instrument,
    bars: series[index] as BarColumns,
  }));
  const made = barsMarketOf(traded, series.slice(instruments.length), calendar);
  return { ...made, volumeKnown };
}

function hasRatios({ open, high, low, close }: BarColumns): boolean {
  const isPrice = (value: number): boolean => value > 0 && value < Infinity;
  return [open, high, low, close].every((column) => column.every(isPrice));
}

function unionOf(all: readonly BarColumns[]): Float64Array {
  const [first] = all;
  if (all.length === 1 && first !== undefined) return first.closeTime;
  const times = new Set<number>();
  for (const { closeTime } of all) for (const time of closeTime) times.add(time);
  return Float64Array.from(times).sort();
}

function movesOf(bars: BarColumns, place: ReadonlyMap<number, number>, points: number): Moves {
  const { length, open, closeTime } = bars;
  const rows = new Int32Array(points).fill(-1);
  const own = closeTime.map((time) => place.get(time) ?? -1);
  own.forEach((point, row) => {
    rows[point] = row;
  });
  const over = (column: Float64Array): Float64Array =>
    column.map((value, row) => value / (open[row] as number));
  const gap = new Float64Array(length).fill(1);
  for (let row = 1; row < length; row += 1) {
    gap[row] = (open[row] as number) / (bars.close[row - 1] as number);
  }
  return {
    bars,
    gap,
    high: over(bars.high),
    low: over(bars.low),
    close: over(bars.close),
    points: Int32Array.from(own),
    rows,
  };
}

/** Points that may change places, for what happens in bars and for the gaps before them. */
function groupsOf(
  series: readonly Moves[],
  first: number,
  length: number,
): readonly [readonly Int32Array[], readonly Int32Array[]] {
  const bars = new Map<string, number[]>();
  const gaps = new Map<string, number[]>();
  const add = (groups: Map<string, number[]>, key: string, point: number): void => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [point]);
    else group.push(point);
  };
  for (let point = Math.max(0, first); point < length; point += 1) {
    let [present, nights, isFirst] = ['', '', false];
    for (const { rows, bars: own } of series) {
      const row = rows[point] as number;
      isFirst ||= row === 0;
      present += row === -1 ? '-' : '+';
      nights += row === -1 ? '-' : isNight(own, row) ? 'n' : 'd';
    }
    if (isFirst) continue;
    add(bars, present, point);
    add(gaps, nights, point);
  }
  const columns = (groups: Map<string, number[]>) =>
    [...groups.values()].map((group) => Int32Array.from(group));
  return [columns(bars), columns(gaps)];
}

/** Whether the bar is the first of its exchange day. */
function isNight({ openTime }: BarColumns, row: number): boolean {
  return dayNumberOf(openTime[row] as number) !== dayNumberOf(openTime[row - 1] ?? NaN);
}

/** For each point the one whose move it takes. */
function orderOf(groups: readonly Int32Array[], length: number, random: SeededRandom): Int32Array {
  const order = Int32Array.from({ length }, (_, point) => point);
  for (const group of groups) {
    const shuffled = group.slice();
    shuffle(shuffled, random);
    group.forEach((point, index) => {
      order[point] = shuffled[index] as number;
    });
  }
  return order;
}

function put(moves: Moves, barOrder: Int32Array, gapOrder: Int32Array): BarColumns {
  const { bars, points, rows, gap } = moves;
  const { length } = bars;
  const [open, high, low, close, volume] = [0, 1, 2, 3, 4].map(() => new Float64Array(length)) as [
    Float64Array<ArrayBuffer>,
    Float64Array<ArrayBuffer>,
    Float64Array<ArrayBuffer>,
    Float64Array<ArrayBuffer>,
    Float64Array<ArrayBuffer>,
  ];
  let before = bars.open[0] as number;
  for (let row = 0; row < length; row += 1) {
    const point = points[row] as number;
    const source = rows[barOrder[point] as number] as number;
    const opened = before * (gap[rows[gapOrder[point] as number] as number] as number);
    open[row] = opened;
    high[row] = opened * (moves.high[source] as number);
    low[row] = opened * (moves.low[source] as number);
    before = opened * (moves.close[source] as number);
    close[row] = before;
    volume[row] = bars.volume[source] as number;
  }
  return { ...bars, open, high, low, close, volume };
}
