import { describe, expect, it } from 'vitest';
import { file, goog, runAfter } from './testing.ts';

/** Presses Ctrl-C once the threads have answered that many times. */
const stopAfter = (answers: number): string => `import { Worker } from 'node:worker_threads';
let answers = 0;
const emit = Worker.prototype.emit;
Worker.prototype.emit = function (name, ...rest) {
  const heard = emit.call(this, name, ...rest);
  if (name === 'message' && ++answers === ${answers}) process.kill(process.pid, 'SIGINT');
  return heard;
};`;

const strategy = file(
  'long.txt',
  `fast = 10 in 2..200 step 1
slow = 30 in 10..400 step 1
equity_per_trade 100%
long entry when sma(close, fast) crosses_above sma(close, slow)
long exit when sma(close, fast) crosses_below sma(close, slow)`,
);
const search = ['--data', goog, '--strategy', strategy, '--search', 'random', '--trials', '50000'];
const walk = ['--walk-forward', 'rolling', '--in-sample', '1000', '--out-of-sample', '500'];

interface Told {
  readonly stoppedEarly: boolean;
  readonly planned: number;
  readonly trials: { statistics: object | null }[];
  readonly best: object | null;
  readonly walkForward: object | null;
}

describe('a search that Ctrl-C ends', () => {
  it('prints what was found so far and says so, in JSON and for people', () => {
    const { status, stdout, stderr } = runAfter(
      stopAfter(4),
      'optimise',
      ...[...search, ...walk, '--json'],
    );
    expect([status, stderr]).toEqual([130, '']);
    const told = JSON.parse(stdout) as Told;
    expect(told).toMatchObject({ stoppedEarly: true, planned: 50_000, walkForward: null });
    expect(told.trials.length).toBeGreaterThan(0);
    expect(told.trials.length).toBeLessThan(50_000);
    expect(told.best).toEqual(told.trials[0]);

    const table = runAfter(stopAfter(4), 'optimise', ...search);
    expect([table.status, table.stderr]).toEqual([130, '']);
    expect(table.stdout).toMatch(
      /^Stopped early, after \d+ of 50000 trials.*\.\n\nThe best by sharpeRatio: fast=/,
    );
  });
});
