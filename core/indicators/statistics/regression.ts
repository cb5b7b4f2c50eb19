import { defineIndicator, defineIndicatorOfMany, period } from '../define-indicator.ts';
import { ratio } from '../rolling/ratio.ts';
import { RollingRegression } from '../rolling/rolling-regression.ts';

const line = 'the straight line of least squares through the last `period` values';

/** Linear regression. */
export const linreg = defineIndicatorOfMany({
  name: 'linreg',
  title: 'Linear regression',
  description:
    `Of ${line}: its value at the latest bar, its slope (change a bar), its intercept (value at the ` +
    'oldest bar of the window) and its forecast (value one bar on), all in the unit of the series. ' +
    'Nothing is seeded.',
  inputs: ['series'],
  parameters: [period(14, 'period', 2)],
  outputs: ['value', 'slope', 'intercept', 'forecast'],
  warmUp: (period) => [period - 1, period - 1, period - 1, period - 1],
  start: (into, period) => {
    const regression = new RollingRegression(period);
    return (value) => {
      const end = regression.next(value);
      into[0] = end;
      into[1] = regression.slope;
      into[2] = regression.intercept;
      into[3] = end + regression.slope;
    };
  },
});

/** Slope of the regression line. */
export const slope = defineIndicator({
  name: 'slope',
  title: 'Linear regression slope',
  description: `Change a bar of ${line}, in the unit of the series. Nothing is seeded.`,
  inputs: ['series'],
  parameters: [period(14, 'period', 2)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const regression = new RollingRegression(period);
    return (value) => {
      regression.next(value);
      return regression.slope;
    };
  },
});

/** Time series forecast. */
export const tsf = defineIndicator({
  name: 'tsf',
  title: 'Time series forecast',
  description: `Where ${line} will be on the next bar, in the unit of the series.`,
  inputs: ['series'],
  parameters: [period(14, 'period', 2)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const regression = new RollingRegression(period);
    return (value) => regression.next(value) + regression.slope;
  },
});

/** Forecast oscillator. */
export const fosc = defineIndicator({
  name: 'fosc',
  title: 'Forecast oscillator',
  description:
    'How far the value is from what was forecast for it a bar before, in percent of it: 100 * (x - ' +
    'tsf[1]) / x. T. Chande and S. Kroll, The New Technical Trader, 1994.',
  inputs: ['series'],
  parameters: [period(14, 'period', 2)],
  warmUp: (period) => period,
  start: (period) => {
    const regression = new RollingRegression(period);
    let forecast = NaN;
    return (value) => {
      const missed = 100 * ratio(value - forecast, value);
      forecast = regression.next(value) + regression.slope;
      return missed;
    };
  },
});
