import { dateOfDayNumber, dayNumberOf } from '../calendar/exchange-time.ts';
import type { EquityColumns } from '../portfolio/equity-curve.ts';
import { finiteOrNull } from './moments.ts';

/**
 * Returns of successive periods as fractions: 0.01 is one percent. Null: no data for the period; it
 * changes no value and counts as a period (source: empyrical, which has NaN there).
 */
export type Returns = readonly (number | null)[];

/** Trading days taken for a year (source: empyrical `APPROX_BDAYS_PER_YEAR`). */
export const tradingDaysAYear = 252;

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
  return cumulativeReturnsOf(returns, startingValue).at(-1) ?? null;
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

/**
 * The compound annual growth rate as a fraction: total growth to the power of one over the years,
 * which are periods over `periodsAYear` (source: empyrical `annual_return`). Null without a period,
 * or where more than all was lost.
 */
export function annualReturnOf(returns: Returns, periodsAYear = tradingDaysAYear): number | null {
  const total = totalReturnOf(returns, 1);
  return total === null ? null : finiteOrNull(total ** (periodsAYear / returns.length) - 1);
}
