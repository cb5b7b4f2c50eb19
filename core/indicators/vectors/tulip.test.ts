import { describe, expect, it } from 'vitest';
import { indicatorDefinitions } from '../catalogue.ts';
import { RollingHighest } from '../rolling/rolling-extremes.ts';
import { valuesOf } from './values-of.ts';
import tulip from './tulip.json' with { type: 'json' };
import candles from './tulip-candles.json' with { type: 'json' };

/** Three decimals of the reference and its own single precision. */
const tolerance = 6e-4;

/** Why a name of the reference is no indicator of ours. */
const leftOut: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['acos', 'atan', 'ceil', 'cosh', 'ln', 'round', 'sinh', 'tan', 'torad'].map((name) => [
      name,
      'a function of one number, applied element by element',
    ]),
  ),
  ...Object.fromEntries(
    ['add', 'mul', 'sub'].map((name) => [name, 'arithmetic, which the rule language writes + * -']),
  ),
};

/** Names that say the same in our words, and what their outputs are called here. */
const ours: Readonly<
  Record<string, { name: string; outputs?: Record<string, string>; scale?: number }>
> = {
  ao: { name: 'awesome' },
  aroon: { name: 'aroon', outputs: { aroon_down: 'down', aroon_up: 'up' } },
  bbands: {
    name: 'bollinger',
    outputs: { bbands_lower: 'lower', bbands_middle: 'middle', bbands_upper: 'upper' },
  },
  fisher: { name: 'fisher', outputs: { fisher_signal: 'signal' } },
  linregintercept: { name: 'linreg', outputs: { linregintercept: 'intercept' } },
  macd: { name: 'macd', outputs: { macd_signal: 'signal', macd_histogram: 'histogram' } },
  // Percent here, a fraction there.
  roc: { name: 'roc', scale: 0.01 },
  stoch: { name: 'stoch', outputs: { stoch_k: 'k', stoch_d: 'd' } },
  ultosc: { name: 'ultimate' },
  willr: { name: 'williams_r' },
};

interface Case {
  readonly indicator: string;
  readonly options: readonly number[];
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly outputs: Readonly<Record<string, readonly number[]>>;
  readonly lookback: number;
}
const cases = tulip.cases as unknown as readonly Case[];
/** These two are of the rule language: `highest(x, n)` and `a crosses_above b`. */
const ofTheLanguage = ['max', 'crossover'];

describe.each(cases.filter(({ indicator }) => !ofTheLanguage.includes(indicator)))(
  'the $indicator of Tulip Indicators',
  ({ indicator, options, inputs, outputs, lookback }) => {
    const { name, outputs: names = {}, scale = 1 } = ours[indicator] ?? { name: indicator };
    const definition = indicatorDefinitions.get(name);

    it('is ours', () => {
      if (!definition) return expect.fail(`no ${name}`);
      // The reference's vwma is of closes; its adx needs none, ours only for the two beside it.
      const column = (input: string): Float64Array =>
        Float64Array.from(
          inputs[input === 'series' ? 'real' : input] ?? inputs.close ?? inputs.high ?? [],
        );
      const settings = definition.parameters.map(
        (parameter, index) => options[index] ?? parameter.default,
      );
      const actual = definition.batch(settings, definition.inputs.map(column));
      for (const [output, expected] of Object.entries(outputs)) {
        const ourName = names[output] ?? (definition.outputs.length === 1 ? 'value' : output);
        const values = actual[definition.outputs.indexOf(ourName)];
        expected.forEach((should, index) => {
          const is = (values?.[lookback + index] ?? NaN) * scale;
          expect(Math.abs(is - should), `${output} at ${index}: ${is}, ${should}`).toBeLessThan(
            tolerance,
          );
        });
      }
    });
  },
);

describe('the others of Tulip Indicators', () => {
  it('are our highest', () => {
    const { inputs, options, outputs, lookback } = cases.find((c) => c.indicator === 'max') ?? {};
    const highest = new RollingHighest(options?.[0] ?? 0);
    const values = inputs?.real?.map((value) => highest.next(value));
    expect(values?.slice(lookback)).toEqual(outputs?.max);
  });

  it('are the crossings of the rule language', () => {
    const { inputs, outputs, lookback } = cases.find((c) => c.indicator === 'crossover') ?? {};
    const [first = [], second = []] = [inputs?.real1, inputs?.real2];
    const expected = outputs?.crossover?.map((value) => value === 1);
    expect(expected).toHaveLength(14);
    const found = valuesOf('open crosses_above close', { open: first, close: second });
    expect(found.slice(lookback)).toEqual(expected);
  });

  it('are left out for a reason, all but the two of the rule language', () => {
    expect(Object.keys(leftOut).sort()).toEqual([...tulip.leftOut].sort());
  });
});

describe.each(candles.cases.map((candle, index) => ({ ...candle, index })))(
  'the candles of Tulip Indicators, case $index',
  ({ open, high, low, close, expect: patterns }) => {
    it.each(patterns)('have or have not $pattern at $indices', ({ pattern, present, indices }) => {
      const definition = indicatorDefinitions.get(pattern);
      const columns = [open, high, low, close].map((prices) => Float64Array.from(prices));
      const [found] =
        definition?.batch(
          definition.parameters.map((p) => p.default),
          columns,
        ) ?? [];
      expect(indices.map((index) => found?.[index])).toEqual(indices.map(() => Number(present)));
    });
  },
);
