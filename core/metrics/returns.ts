import { dateOfDayNumber, dayNumberOf, instantOf } from '../calendar/exchange-time.ts';
import type { EquityColumns } from '../portfolio/equity-curve.ts';

/**
 * Returns of successive periods as fractions: 0.01 is one percent. Null: no data for the period; it
 * changes no value and counts as a period (source: empyrical, which has NaN there).
 */
export type Returns = readonly (number | null)[];

/** Returns over equity, one for each exchange day that has a point. */
export interface DailyReturns {
  /** Exchange days, `YYYY-MM-DD`, rising. */
  readonly days: readonly string[];
  readonly returns: readonly number[];
}

/**
 * The day's last equity over that of the day before, less one, the first over the initial capital.
 * `flowsOn` gives rupees paid in (out: negative) on a day; they are taken to have come before the
 * day's trading, so that paying in is no gain. On an equity of nothing or less no return exists; it
 * counts as 0.
 */
export function dailyReturnsOf(
  equity: EquityColumns,
  initialCapital: number,
  flowsOn: (day: string) => number = () => 0,
): DailyReturns {
  const days: string[] = [];
  const returns: number[] = [];
  let previous = initialCapital;
  for (let point = 0; point < equity.length; point += 1) {
    const dayNumber = dayNumberOf(equity.time[point] ?? 0);
    const nextTime = equity.time[point + 1];
    if (nextTime !== undefined && dayNumberOf(nextTime) === dayNumber) continue;
    const day = dateOfDayNumber(dayNumber);
    const current = equity.equity[point] ?? 0;
    days.push(day);
    const base = previous + flowsOn(day);
    returns.push(base > 0 ? current / base - 1 : 0);
    previous = current;
  }
  return { days, returns };
}

/** The last point of each exchange day of a time line (epoch ms, rising). */
export function dayEndsOf(time: Float64Array): Int32Array {
  const ends: number[] = [];
  let dayEnd = -Infinity;
  for (let point = 0; point < time.length; point += 1) {
    const now = time[point] as number;
    if (now >= dayEnd) {
      if (point > 0) ends.push(point - 1);
      dayEnd = instantOf(dayNumberOf(now) + 1, 0);
    }
  }
  if (time.length > 0) ends.push(time.length - 1);
  return Int32Array.from(ends);
}

/**
 * The returns of `dailyReturnsOf` without flows and without the names of their days, which cost more
 * than all the rest: for whoever runs thousands of curves over one time line, whose `dayEndsOf` are
 * given. They are written into `returns`, which has as many rows.
 */
export function returnsOfDays(
  equity: Float64Array,
  dayEnds: Int32Array,
  initialCapital: number,
  returns: Float64Array = new Float64Array(dayEnds.length),
): Float64Array {
  const { length } = dayEnds;
  if (length === 0) return returns;
  returns[0] = returnOf(initialCapital, equity[dayEnds[0] as number] as number);
  for (let day = 1; day < length; day += 1) {
    const before = equity[dayEnds[day - 1] as number] as number;
    returns[day] = returnOf(before, equity[dayEnds[day] as number] as number);
  }
  return returns;
}

function returnOf(before: number, now: number): number {
  // Most days of most strategies hold nothing.
  return now === before || !(before > 0) ? 0 : now / before - 1;
}

/** Each price over the one before, less one: one return fewer than prices. */
export function simpleReturnsOf(prices: readonly number[]): number[] {
  return prices.slice(1).map((price, index) => price / (prices[index] ?? NaN) - 1);
}

/**
 * What `startingValue` has become after each period; with 0 the cumulative return itself (source:
 * empyrical `cum_returns`).
 */
export function cumulativeReturnsOf(returns: Returns, startingValue = 0): number[] {
  let growth = 1;
  return returns.map((value) => {
    growth *= 1 + (value ?? 0);
    return startingValue === 0 ? growth - 1 : growth * startingValue;
  });
}

/** The last of the cumulative returns; null without a period. */
export function totalReturnOf(returns: Returns, startingValue = 0): number | null {
  if (returns.length === 0) return null;
  let growth = 1;
  for (const value of returns) growth *= 1 + (value ?? 0);
  return startingValue === 0 ? growth - 1 : growth * startingValue;
}

/** Compounds returns whose periods fall under one key, in the order in which keys first appear. */
export function aggregateReturns(
  returns: Returns,
  keyOf: (index: number) => string,
): ReadonlyMap<string, number> {
  const growth = new Map<string, number>();
  for (const [index, value] of returns.entries()) {
    const key = keyOf(index);
    growth.set(key, (growth.get(key) ?? 1) * (1 + (value ?? 0)));
  }
  return new Map([...growth].map(([key, factor]) => [key, factor - 1]));
}
