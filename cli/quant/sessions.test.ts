import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { file, goog, niftyMinutes, run } from './testing.ts';

/** Minutes without an offset: nobody knows the sessions. */
const plain = file(
  'plain.csv',
  readFileSync(niftyMinutes, 'utf8').replace('date,', 'Date,').replaceAll('+0530', ''),
);

function rules(product: 'MIS' | 'CNC'): string {
  const text = `fast = 5 in 5..6 step 1 product ${product} quantity_per_trade 1
long entry when sma(close, fast) crosses_above sma(close, 20)
long exit when sma(close, fast) crosses_below sma(close, 20)
short entry when sma(close, fast) crosses_below sma(close, 20)
short exit when sma(close, fast) crosses_above sma(close, 20)`;
  return file(`${product}.txt`, product === 'MIS' ? text : text.replace(/short.*\n?/g, ''));
}

function refused(command: 'backtest' | 'optimise', ...options: string[]): string {
  const { status, stdout, stderr } = run(command, ...options);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr.trimEnd()).not.toContain('\n');
  return stderr;
}

const [charged, zerodha] = [
  ['--cash', '1000000', '--json'],
  ['--charges', 'zerodha'],
];

describe('intraday positions and what they cost', () => {
  it('cannot be held over nights on daily bars at the charges of a day', () => {
    const intraday = ['--data', goog, '--strategy', rules('MIS')];
    for (const command of ['backtest', 'optimise'] as const) {
      expect(refused(command, ...intraday, ...zerodha)).toMatch(
        /^--charges zerodha: Daily bars close after the square-off; an intraday \(MIS\) strategy needs a shorter time frame\.\n$/,
      );
    }
    expect(run('backtest', ...intraday).status).toBe(0);
    expect(run('backtest', '--data', goog, '--strategy', rules('CNC'), ...zerodha).status).toBe(0);
  });

  it('leave with their session, which somebody has to know', () => {
    const intraday = ['--data', plain, '--strategy', rules('MIS')];
    for (const command of ['backtest', 'optimise'] as const) {
      expect(refused(command, ...intraday, ...zerodha)).toMatch(/expected --sessions nse\n$/);
    }
    const known = run('backtest', ...intraday, ...zerodha, ...charged, '--sessions', 'nse');
    expect([known.status, known.stderr]).toEqual([0, '']);
    const { trades } = JSON.parse(known.stdout) as {
      trades: { entryTime: string; exitTime: string }[];
    };
    expect(trades.length).toBeGreaterThan(20);
    const day = (time: string): string => time.slice(0, 10);
    expect(trades.filter((trade) => day(trade.entryTime) !== day(trade.exitTime))).toEqual([]);
    const kite = run(
      'backtest',
      ...['--data', `NSE:plain=${niftyMinutes}`, '--strategy', rules('MIS')],
      ...[...zerodha, ...charged],
    );
    expect(known.stdout).toBe(kite.stdout);
  });

  it('refuses sessions that nobody knows', () => {
    expect(
      refused('backtest', '--data', plain, '--strategy', rules('MIS'), '--sessions', 'x'),
    ).toBe('--sessions x: expected nse\n');
  });
});

describe('bars without known sessions', () => {
  it('make whole days by the clock of their file', () => {
    const values = (...options: string[]): (number | null)[] => {
      const { stdout } = run('indicators', '--data', plain, ...options, '--json');
      return JSON.parse(stdout) as (number | null)[];
    };
    const days = values('--expr', 'close on 1d');
    const own = values('--expr', 'close');
    const times = readFileSync(plain, 'utf8').trimEnd().split('\n').slice(1);
    times.forEach((line, row) => {
      const before = times.findLastIndex((other) => other.slice(0, 10) < line.slice(0, 10));
      expect(days[row]).toBe(before === -1 ? null : own[before]);
    });
    expect(new Set(values('--expr', 'minutes_to_close'))).toEqual(new Set([null]));
  });
});
