import { ExponentialMovingAverage } from './ema.ts';
import { RelativeStrengthIndex } from './rsi.ts';
import { SimpleMovingAverage } from './sma.ts';
import type { StreamingIndicator } from './streaming-indicator.ts';

const makers = {
  sma: (period: number): StreamingIndicator => new SimpleMovingAverage(period),
  ema: (period: number): StreamingIndicator => new ExponentialMovingAverage(period),
  rsi: (period: number): StreamingIndicator => new RelativeStrengthIndex(period),
};

/** Name of an indicator over one series and one period, as rules write it. */
export type IndicatorName = keyof typeof makers;

/** All indicator names. */
export const indicatorNames = Object.keys(makers) as readonly IndicatorName[];

/** The longest period a rule may ask for. */
export const maxPeriod = 1000;

/** Whether `name` names an indicator. */
export function isIndicatorName(name: string): name is IndicatorName {
  return Object.hasOwn(makers, name);
}

/** A fresh indicator. @throws RangeError where `period` is no whole number of at least 1. */
export function makeIndicator(name: IndicatorName, period: number): StreamingIndicator {
  return makers[name](period);
}
