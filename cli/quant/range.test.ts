import { describe, expect, it } from 'vitest';
import { file, goog, run } from './testing.ts';

const strategy = file(
  'warm.txt',
  `fast = 10 in 10..20 step 10
equity_per_trade 100%
long entry when sma(close, fast) > sma(close, 200)
long exit when sma(close, fast) < sma(close, 200)`,
);
const range = ['--from', '2006-01-03', '--to', '2010-12-31'];
const asked = ['--data', goog, '--strategy', strategy, '--cash', '100000', '--json'];

interface Told {
  readonly instruments: { bars: number }[];
  readonly trades: {
    entryTime: string;
    exitTime: string;
    entryBar: number;
    entryPrice: number;
    exitBar: number;
  }[];
  readonly statistics: Record<string, number>;
  readonly curves: { time: string[]; equity: number[] };
  readonly bias: { lookAhead: { differences: number; decisions: number } };
}

function told(...options: string[]): Told {
  const { status, stdout, stderr } = run('backtest', ...asked, ...options);
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Told;
}

describe('--from', () => {
  it('begins with rules that know the bars before it, and counts nothing of them', () => {
    const whole = told();
    const part = told(...range);
    // Both trade the same from the first entry inside the range on that the whole enters flat.
    const first = part.trades[0];
    expect(first?.entryTime.slice(0, 4)).toBe('2006');
    const inWhole = whole.trades.filter(
      ({ entryTime, exitTime }) => entryTime > (first?.entryTime ?? '') && exitTime < '2011',
    );
    expect(inWhole.length).toBeGreaterThan(2);
    expect(part.trades.slice(1).map(({ entryTime }) => entryTime)).toEqual(
      inWhole.map(({ entryTime }) => entryTime),
    );
    // With 200 bars of the range to warm up, nothing could be entered before October.
    expect(first?.entryTime.slice(0, 7) ?? '').toMatch(/^2006-0/);
    expect(part.curves.time[0]?.slice(0, 10)).toBe('2006-01-03');
    expect(part.curves.equity[0]).toBe(100_000);
    expect(part.instruments[0]?.bars).toBe(part.curves.time.length);
    const at = part.curves.time.indexOf(first?.entryTime ?? '');
    expect(first?.entryBar).toBe(at);
  });

  it('is the same in a search', () => {
    const { statistics } = told(...range);
    const result = run('optimise', ...asked, ...range, '--search', 'grid');
    expect([result.status, result.stderr]).toEqual([0, '']);
    const { trials } = JSON.parse(result.stdout) as {
      trials: { parameters: { fast: number }; statistics: Record<string, number> }[];
    };
    const found = trials.find(({ parameters }) => parameters.fast === 10)?.statistics ?? {};
    expect(Object.keys(found).length).toBeGreaterThan(20);
    expect(found).toEqual(
      Object.fromEntries(Object.keys(found).map((name) => [name, statistics[name]])),
    );
  });

  it('is examined as it ran', () => {
    const { bias, trades } = told(...range, '--bias');
    expect(bias.lookAhead.differences).toBe(0);
    expect(bias.lookAhead.decisions).toBeGreaterThanOrEqual(trades.length);
  });

  it('prints the values of the range, warm from its first bar on', () => {
    const { stdout } = run(
      'indicators',
      ...['--data', goog, ...range, '--expr', 'sma(close, 200)', '--json'],
    );
    const all = run('indicators', '--data', goog, '--expr', 'sma(close, 200)', '--json').stdout;
    const values = JSON.parse(stdout) as (number | null)[];
    expect(values.every((value) => value !== null)).toBe(true);
    const whole = JSON.parse(all) as (number | null)[];
    const start = whole.indexOf(values[0] ?? null);
    expect(whole.slice(start, start + values.length)).toEqual(values);
  });
});
