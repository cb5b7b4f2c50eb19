import { barsMarketOf, type BarsMarket } from '../backtest/bars/bars-market.ts';
import type { BarsOrder, BarsResult } from '../backtest/bars/bars-result.ts';
import { runBars } from '../backtest/bars/run-bars.ts';
import type { BarColumns } from '../strategy/columns/bar-columns.ts';
import { trueEndsOf } from './true-ends.ts';
import type { CompiledStrategy } from '../strategy/compile-strategy.ts';
import type { LookAheadCheck } from './bias-report.ts';
import { marketWith } from './permute-bars.ts';
import type { ExaminedRun } from './trial.ts';

/** Points of a run from which it is looked for. */
const mostCuts = 10;

/**
 * Runs the strategy again with what comes after a point cut off, and with what comes after it turned
 * into its opposite, at several points: a decision up to the point that is now another one knew what it
 * could not know. Squaring off is no decision, and is left out.
 */
export function checkLookAhead(
  { market, options, decideFrom = 0 }: ExaminedRun,
  strategy: CompiledStrategy,
  whole: BarsResult,
): LookAheadCheck {
  const check = { cuts: 0, decisions: 0, differences: 0, firstDifferenceAt: null as number | null };
  for (const point of cutPoints(market, whole, decideFrom)) {
    const now = market.time[point] as number;
    const wanted = decisionsUntil(whole, point);
    const others = [changedAfter(market, now)];
    if (canBeCut(market, strategy, point)) others.push(cutAfter(market, now));
    let differs = false;
    for (const other of others) {
      const found = decisionsUntil(runBars(strategy, other, options, decideFrom), point);
      const difference = firstDifference(wanted, found);
      if (difference === null) continue;
      differs = true;
      const at = market.time[difference] as number;
      check.firstDifferenceAt = Math.min(check.firstDifferenceAt ?? Infinity, at);
    }
    check.cuts += 1;
    check.decisions += wanted.length;
    if (differs) check.differences += 1;
  }
  return check;
}

/**
 * Points of decisions, for there even a look of one bar ahead shows, and for what was not decided a few
 * more; evenly spread.
 */
function cutPoints(
  { time }: BarsMarket,
  { orders }: BarsResult,
  decideFrom: number,
): readonly number[] {
  const last = time.length - 1;
  const decided = [...new Set(orders.map(({ point }) => point))].filter((point) => point < last);
  const others = Array.from(
    { length: Math.max(0, last - decideFrom) },
    (_, point) => decideFrom + point,
  );
  const points = [...spread(decided, mostCuts - 2), ...spread(others, 2)];
  return [...new Set(points)].sort((a, b) => a - b);
}

/** At most `count` of the points, at equal distances. */
function spread(points: readonly number[], count: number): readonly number[] {
  if (points.length <= count) return points;
  return Array.from({ length: count }, (_, index) => {
    return points[Math.floor(((index + 0.5) * points.length) / count)] as number;
  });
}

/**
 * Nobody could tell a cut within a day from the end of a day on which positions are squared off; there
 * only the change is tried.
 */
function canBeCut(
  { calendar, dayEnds }: BarsMarket,
  { document, timeFrame }: CompiledStrategy,
  point: number,
): boolean {
  const squaresOff = calendar !== null && document.product === 'MIS' && timeFrame !== 'ONE_DAY';
  return !squaresOff || dayEnds.includes(point);
}

function seriesOf({ instruments, references }: BarsMarket): readonly BarColumns[] {
  return [...instruments.map(({ bars }) => bars), ...references];
}

/** Rows of the bars that were over by then, whatever they say of themselves. */
function rowsUntil(bars: BarColumns, now: number): number {
  const after = trueEndsOf(bars).findIndex((time) => time > now);
  return after === -1 ? bars.length : after;
}

function cutAfter(market: BarsMarket, now: number): BarsMarket {
  const { instruments, references, calendar, volumeKnown } = market;
  const cut = (bars: BarColumns): BarColumns => {
    const length = rowsUntil(bars, now);
    const part = (column: Float64Array): Float64Array => column.subarray(0, length);
    return {
      length,
      openTime: part(bars.openTime),
      closeTime: part(bars.closeTime),
      open: part(bars.open),
      high: part(bars.high),
      low: part(bars.low),
      close: part(bars.close),
      volume: part(bars.volume),
    };
  };
  const traded = instruments.map((instrument) => ({ ...instrument, bars: cut(instrument.bars) }));
  return { ...barsMarketOf(traded, references.map(cut), calendar), volumeKnown };
}

/** What rose falls, and what fell rises, from the close of then on. */
function changedAfter(market: BarsMarket, now: number): BarsMarket {
  const changed = seriesOf(market).map((bars): BarColumns => {
    const from = rowsUntil(bars, now);
    const level = bars.close[from - 1] ?? bars.open[0] ?? 1;
    const [open, high, low, close] = [bars.open, bars.high, bars.low, bars.close].map((column) =>
      column.slice(),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
    for (let row = from; row < bars.length; row += 1) {
      open[row] = mirrored(bars.open[row] as number, level);
      high[row] = mirrored(bars.low[row] as number, level);
      low[row] = mirrored(bars.high[row] as number, level);
      close[row] = mirrored(bars.close[row] as number, level);
    }
    return { ...bars, open, high, low, close };
  });
  return marketWith(market, changed);
}

/** As many times above `level` as the price was below it, so that it stays above zero. */
function mirrored(price: number, level: number): number {
  return level ** 2 / price;
}

function decisionsUntil({ orders }: BarsResult, point: number): readonly BarsOrder[] {
  return orders.filter((order) => order.point <= point && order.signal.reason !== 'SQUARE_OFF');
}

/** The point of the first decision that only one of them has; null: they are the same. */
function firstDifference(wanted: readonly BarsOrder[], found: readonly BarsOrder[]): number | null {
  for (let index = 0; index < Math.max(wanted.length, found.length); index += 1) {
    const [one, other] = [wanted[index], found[index]];
    if (one !== undefined && other !== undefined && isSame(one, other)) continue;
    return Math.min(one?.point ?? Infinity, other?.point ?? Infinity);
  }
  return null;
}

function isSame(one: BarsOrder, other: BarsOrder): boolean {
  const [a, b] = [one.signal, other.signal];
  return (
    one.point === other.point &&
    a.instrument === b.instrument &&
    a.action === b.action &&
    a.quantity === b.quantity &&
    a.reason === b.reason
  );
}
