/** An indicator that is fed one value a bar and answers at once, in constant time a bar. */
export interface StreamingIndicator {
  /**
   * Takes the next value and returns the indicator at it, NaN until enough values were seen. A NaN
   * value is a gap in the series: it gives NaN, and the indicator warms up afresh after it.
   */
  next(value: number): number;
}

/** The indicator at every value of `series`: the streaming indicator, fed in one go. */
export function indicatorSeries(indicator: StreamingIndicator, series: Float64Array): Float64Array {
  return series.map((value) => indicator.next(value));
}

/** @throws RangeError where `period` is no whole number of at least 1. */
export function checkPeriod(period: number): void {
  if (!Number.isSafeInteger(period) || period < 1) throw new RangeError(`period is ${period}`);
}
