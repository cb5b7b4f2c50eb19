import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { daysOf, file, goog, niftyMinutes, run } from './testing.ts';

const daily = file('daily.csv', daysOf(niftyMinutes));
const days = readFileSync(daily, 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number));
const closes = days.map(([, , , , close]) => close);
const minutesAndDays = ['--data', `NSE:N=${niftyMinutes}`, '--data', `NSE:D=${daily}`];
/** Minutes without an offset: nobody knows the sessions. */
const plainMinutes = file(
  'plain-minutes.csv',
  readFileSync(niftyMinutes, 'utf8').replace('date,', 'Date,').replaceAll('+0530', ''),
);
const knowsTheClose = file(
  'knows.txt',
  `equity_per_trade 50% product CNC
long entry when close of "NSE:D" > close * 1.001
long exit when close of "NSE:D" < close * 0.999`,
);

function values(...options: string[]): (number | boolean | null)[] {
  const { status, stdout, stderr } = run('indicators', ...options, '--json');
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as (number | null)[];
}

describe('files of bars of different lengths', () => {
  it.each([
    ['close of "NSE:D"'],
    ['close of "NSE:D" on 1d'],
    ['close on 1d'],
    ['sma(close, 1) of "NSE:D"'],
  ])('know of a day from its close on: %s', (expression) => {
    const { stdout } = run('indicators', ...minutesAndDays, '--expr', expression);
    const lines = stdout.trimEnd().split('\n');
    // No day is over before the close of the first one.
    const last = lines.findIndex((line) => line.startsWith('2019-01-01T15:29'));
    expect(last).toBeGreaterThan(300);
    expect(lines.slice(0, last).every((line) => line.endsWith('  -'))).toBe(true);
    expect(lines[last]).toMatch(new RegExp(` ${closes[0]}$`));
    const next = lines.filter((line) => line.startsWith('2019-01-02T09:15'));
    expect(next).toEqual([`2019-01-02T09:15:00+05:30  ${closes[0]}`]);
  });

  it('know nothing sooner where no sessions are known', () => {
    const { stdout } = run(
      'indicators',
      ...['--data', `NSE:N=${plainMinutes}`, '--data', `NSE:D=${daily}`],
      ...['--expr', 'close of "NSE:D"'],
    );
    const known = stdout.split('\n').findIndex((line) => !line.endsWith('  -'));
    expect(stdout.split('\n')[known]).toBe(`2019-01-02T09:07:00+05:30  ${closes[0]}`);
  });

  it('make longer bars of a file of shorter ones beside days', () => {
    const read = ['--data', `NSE:D=${daily}`, '--data', `NSE:N=${niftyMinutes}`];
    expect(values(...read, '--expr', 'close of "NSE:N"')).toEqual(closes);
    expect(values(...read, '--expr', 'high of "NSE:N"')).toEqual(days.map(([, , high]) => high));
  });

  it('give a strategy in a backtest and a search no close before its time', () => {
    const text = readFileSync(knowsTheClose, 'utf8').replaceAll('1.001', 'edge');
    const searched = file('knows-searched.txt', `edge = 1.001 in 1.001..1.002 step 0.001\n${text}`);
    const result = run('backtest', ...minutesAndDays, '--strategy', knowsTheClose, '--json');
    expect([result.status, result.stderr]).toEqual([0, '']);
    const { trades, statistics } = JSON.parse(result.stdout) as {
      trades: { entryTime: string }[];
      statistics: Record<string, number>;
    };
    expect(trades.every(({ entryTime }) => entryTime > '2019-01-01T15:29')).toBe(true);
    const search = run(
      'optimise',
      ...[...minutesAndDays, '--strategy', searched, '--search', 'grid', '--json'],
    );
    expect([search.status, search.stderr]).toEqual([0, '']);
    const { trials } = JSON.parse(search.stdout) as {
      trials: { parameters: { edge: number }; statistics: Record<string, number> }[];
    };
    const same = trials.find(({ parameters }) => parameters.edge === 1.001);
    expect(same?.statistics['finalEquity']).toBe(statistics['finalEquity']);
    expect(same?.statistics['totalTrades']).toBe(statistics['totalTrades']);
  });

  it.each([
    [
      ['--data', `NSE:N=${niftyMinutes}`, '--data', `NSE:D=${daily}`, '--strategy', 'BOTH'],
      /^--data: NSE:N has bars of 1m, NSE:D has bars of 1d; to trade both, expected --time-frame 1d\n$/,
    ],
    [
      [...minutesAndDays, '--strategy', 'ON'],
      /^--data: NSE:D has bars of 1d; "on 5m" cannot be made of them\n$/,
    ],
  ])('are refused where no bars can be made of them: %j', (options, line) => {
    const both = file(
      'both.txt',
      'equity_per_trade 50% long entry when close > open long exit when close < open',
    );
    const on = file(
      'on.txt',
      'equity_per_trade 50% long entry when close of "NSE:D" on 5m > 1 long exit when close < 1',
    );
    const named = options.map((option) =>
      option === 'BOTH' ? both : option === 'ON' ? on : option,
    );
    const { status, stdout, stderr } = run('backtest', ...named);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(line);
  });
});

describe('--time-frame', () => {
  it('makes longer bars of shorter ones', () => {
    const minutes = ['--data', niftyMinutes];
    const five = values(...minutes, '--time-frame', '5m', '--expr', 'close');
    expect(five).toHaveLength(4 * 75);
    const own = ['--time-frame', '1d', '--expr'];
    expect(values(...minutes, ...own, 'close')).toEqual(closes);
    expect(values(...minutes, ...own, 'low')).toEqual(days.map(([, , , low]) => low));
    const both = values(...minutes, '--time-frame', '15m', '--expr', 'close on 1h');
    expect(both).toHaveLength(4 * 25);
    expect(both.slice(0, 4)).toEqual([null, null, null, expect.any(Number)]);
  });

  it('makes days by the clock of the file where no sessions are known', () => {
    const result = values('--data', plainMinutes, '--time-frame', '1d', '--expr', 'close');
    const last = new Map(
      readFileSync(plainMinutes, 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => [line.slice(0, 10), Number(line.split(',')[4])]),
    );
    expect(result).toEqual([...last.values()]);
  });

  it.each([
    [
      ['--data', goog, '--time-frame', '5m'],
      /has bars of 1d; expected 1d or what is made of it\n$/,
    ],
    [['--data', goog, '--time-frame', '7m'], /^--time-frame 7m: expected one of 1m, 3m, /],
  ])('refuses %j, which cannot be made', (options, line) => {
    const { status, stdout, stderr } = run('indicators', ...options, '--expr', 'close');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});
