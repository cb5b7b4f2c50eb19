import { describe, expect, it } from 'vitest';
import { indicatorDefinitions } from '../catalogue.ts';
import lean from './lean.json' with { type: 'json' };
import { valuesOf } from './values-of.ts';

interface Comparison {
  readonly file: string;
  readonly column: string;
  readonly indicator: string;
  readonly settings: readonly number[];
  readonly output?: string;
  /** First row compared: 200 where the reference seeds otherwise. */
  readonly from: number;
  /** Half a unit of the last decimal that the reference prints, and what its own rounding adds. */
  readonly tolerance: number;
}

const spy = 'spy_with_indicators.txt';
const comparisons: readonly Comparison[] = [
  { file: spy, column: 'SMA14', indicator: 'sma', settings: [14], from: 13, tolerance: 6e-3 },
  { file: spy, column: 'EMA14', indicator: 'ema', settings: [14, 0], from: 200, tolerance: 6e-3 },
  { file: spy, column: 'EMA14', indicator: 'ema', settings: [14, 1], from: 13, tolerance: 6e-3 },
  {
    file: spy,
    column: 'MACD 12 26',
    indicator: 'macd',
    settings: [12, 26, 9],
    from: 200,
    tolerance: 6e-4,
  },
  {
    file: spy,
    column: 'RSI 14 Wilder',
    indicator: 'rsi',
    settings: [14],
    from: 14,
    tolerance: 6e-5,
  },
  ...[
    ['Moving Average 20', 'middle', 6e-4],
    ['Bollinger Bands® 20 2 Top', 'upper', 6e-4],
    ['Bollinger Bands® 20 2 Bottom', 'lower', 6e-4],
    // Computed there from bands rounded to 3 decimals.
    ['BandWidth', 'bandwidth', 2e-4],
    ['%B', 'percent_b', 2e-4],
  ].map(([column, output, tolerance]) => ({
    ...{ file: 'spy_bollinger_bands.txt', column: String(column), output: String(output) },
    ...{ indicator: 'bollinger', settings: [20, 2], from: 19, tolerance: Number(tolerance) },
  })),
  {
    file: 'spy_atr_wilder.txt',
    column: 'Average True Range 14',
    indicator: 'atr',
    settings: [14],
    from: 200,
    tolerance: 6e-6,
  },
  ...['MACD', 'Signal', 'Histogram'].map((column) => ({
    ...{ file: 'spy_with_macd.txt', column, output: column.toLowerCase() },
    ...{ indicator: 'macd', settings: [12, 26, 9], from: 200, tolerance: 6e-6 },
  })),
  {
    file: 'spy_mfi.txt',
    column: 'Money Flow Index 20',
    indicator: 'mfi',
    settings: [20],
    from: 20,
    tolerance: 6e-5,
  },
  {
    file: 'spy_with_stoch12k3.txt',
    column: 'Stochastics 12 %K 3',
    indicator: 'stoch',
    settings: [12, 3, 5],
    output: 'k',
    from: 13,
    tolerance: 6e-4,
  },
  {
    file: 'spy_with_stoch12k3.txt',
    column: '%D 5',
    indicator: 'stoch',
    settings: [12, 3, 5],
    output: 'd',
    from: 17,
    tolerance: 6e-4,
  },
  // Seeded there with the first volume, here with 0. Volumes are rounded to 7 digits.
  {
    file: 'spy_with_obv.txt',
    column: 'OBV',
    indicator: 'obv',
    settings: [],
    from: 1,
    tolerance: 6e3,
  },
  // Named a rate of change there, but it is the change in dollars.
  {
    file: 'spy_with_roc50.txt',
    column: 'Rate of Change 50',
    indicator: 'mom',
    settings: [50],
    from: 50,
    tolerance: 6e-5,
  },
  {
    file: 'spy_hma.txt',
    column: 'HMA_16',
    indicator: 'hma',
    settings: [16],
    from: 18,
    tolerance: 6e-7,
  },
  ...[
    ['Donchian Channels 50 Top', 'upper'],
    ['Donchian Channels 50 Bottom', 'lower'],
    ['Donchian Channels 50 Mean', 'middle'],
  ].map(([column, output]) => ({
    ...{ file: 'spy_with_don50.txt', column: String(column), output: String(output) },
    ...{ indicator: 'donchian', settings: [50], from: 49, tolerance: 1e-9 },
  })),
  ...['HA_Open', 'HA_High', 'HA_Low', 'HA_Close'].map((column) => ({
    ...{ file: 'spy_heikin_ashi.txt', column, output: column.slice(3).toLowerCase() },
    ...{ indicator: 'heikin_ashi', settings: [], from: 0, tolerance: 6e-7 },
  })),
  {
    file: 'spy_dema.txt',
    column: 'DEMA_5',
    indicator: 'dema',
    settings: [5],
    from: 200,
    tolerance: 1e-9,
  },
  {
    file: 'spy_tema.txt',
    column: 'TEMA_5',
    indicator: 'tema',
    settings: [5],
    from: 200,
    tolerance: 1e-9,
  },
];

const files = lean.files as unknown as Readonly<
  Record<string, Readonly<Record<string, readonly (number | null)[]>>>
>;

describe.each(comparisons)('$column of Lean in $file', (comparison) => {
  const { file, column, indicator, settings, output, from, tolerance } = comparison;
  const columns = files[file] ?? {};

  it(`is our ${indicator}`, () => {
    const definition = indicatorDefinitions.get(indicator);
    const prices = definition?.inputs.map((input) => {
      const name = input === 'series' ? 'close' : input;
      const key = Object.keys(columns).find((header) => header.toLowerCase() === name) ?? '';
      return Float64Array.from(columns[key] ?? [], (value) => value ?? NaN);
    });
    const results = definition?.batch(settings, prices ?? []);
    const values =
      results?.[output === undefined ? 0 : (definition?.outputs.indexOf(output) ?? -1)];
    const expected = columns[column] ?? [];
    expect(expected.length).toBeGreaterThan(350);
    let compared = 0;
    let worst = 0;
    const seed = indicator === 'obv' ? (columns.Volume?.[0] ?? NaN) : 0;
    expected.forEach((should, row) => {
      if (row < from || should === null) return;
      compared += 1;
      const distance = Math.abs((values?.[row] ?? NaN) + seed - should);
      worst = Math.max(worst, Number.isNaN(distance) ? Infinity : distance);
    });
    expect(worst).toBeLessThan(tolerance);
    expect(compared).toBeGreaterThan(expected.length - from - 5);
  });
});

it('the RSI 14 of Lean in spy_with_indicators.txt is that of simple means, which a rule writes out', () => {
  const columns = files[spy] ?? {};
  const close = (columns['Close'] ?? []).map((value) => value ?? NaN);
  const risen = 'sma(max(close - close[1], 0), 14)';
  const fallen = 'sma(max(close[1] - close, 0), 14)';
  const found = valuesOf(`100 * ${risen} / (${risen} + ${fallen})`, { close });
  const expected = columns['RSI 14'] ?? [];
  const compared = expected.flatMap((should, row) =>
    should === null || row < 14 ? [] : [Math.abs(Number(found[row] ?? NaN) - should)],
  );
  expect(compared.length).toBeGreaterThan(480);
  // Its two means were rounded before they were divided.
  expect(Math.max(...compared)).toBeLessThan(4e-4);
});

it('the OBV of that file has no volumes beside it, so it can be compared with nothing', () => {
  expect(Object.keys(files[spy] ?? {})).not.toContain('Volume');
  expect(Object.keys(files['spy_with_obv.txt'] ?? {})).toContain('Volume');
});
