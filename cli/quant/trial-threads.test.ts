import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { driveStudy } from '@nandax/app/optimisations/drive-study.ts';
import { aimAt } from '@nandax/core/optimise/aim.ts';
import { BarsTrials } from '@nandax/core/optimise/over-bars/bars-trials.ts';
import { barsOfCsv, problemOf } from '@nandax/core/optimise/over-bars/testing.ts';
import { walkForward } from '@nandax/core/optimise/over-bars/walk-forward.ts';
import { Study, type SearchKind } from '@nandax/core/optimise/study.ts';
import { walkForwardWindows } from '@nandax/core/optimise/walk-forward-windows.ts';
import { composeTrialThreads } from './compose.ts';

const goog = new URL('../../core/backtest/bars/goog-daily.csv', import.meta.url);
const threads = composeTrialThreads();
afterAll(() => threads.close());

const problem = problemOf(barsOfCsv(readFileSync(goog, 'utf8')));
const trials = new BarsTrials(problem);
const windows = walkForwardWindows(trials.time.length, {
  kind: 'ROLLING',
  inSample: 1000,
  outOfSample: 500,
});
const stretches = [{ from: 0, to: trials.time.length }, ...windows.map(({ inSample }) => inSample)];

function studyOf(kind: SearchKind): Study {
  const study = Study.begin({
    space: trials.space,
    constraints: [],
    aim: aimAt('sharpeRatio'),
    kind,
    seed: 3,
    trials: kind === 'GRID' ? 100 : 30,
    segments: stretches.length,
  });
  if (!study.ok) throw new Error('the test itself is broken');
  return study.value;
}

const never = new AbortController().signal;

it.each(['GRID', 'GUIDED'] as const)(
  'gives with any number of threads what one loop gives, %s',
  async (kind) => {
    const plain = studyOf(kind);
    while (!plain.isOver) {
      for (const task of plain.ask(1)) {
        const [outcome] = trials.try([task.point], stretches[task.segment] as never);
        plain.tell(task, outcome as never);
      }
    }
    for (const count of [1, 3]) {
      const pool = threads.start(problem, count);
      const study = studyOf(kind);
      let told = 0;
      await driveStudy(study, stretches, pool, {
        onTold: (some) => (told += some.length),
        signal: never,
      });
      expect(told).toBe(plain.told);
      for (const [segment] of stretches.entries()) {
        expect(study.trialsOf(segment)).toEqual(plain.trialsOf(segment));
      }
      const best = windows.map((_, window) => study.bestOf(window + 1));
      expect(await pool.walkForward(windows, best)).toEqual(
        walkForward(trials, windows, (window) => plain.bestOf(window + 1)),
      );
      await pool.close();
    }
  },
);

it('lets go at once when it is cancelled', async () => {
  const pool = threads.start(problem, 2);
  const cancel = new AbortController();
  const study = studyOf('GRID');
  const driven = driveStudy(study, stretches, pool, {
    onTold: () => cancel.abort(new Error('enough')),
    signal: cancel.signal,
  });
  await expect(driven).rejects.toThrow('enough');
  await pool.close();
  expect(study.told).toBeLessThan(study.total);
  await expect(pool.try({ from: 0, to: 9 }, [[0, 0]])).rejects.toThrow('closed');
});

it('says when a thread dies', async () => {
  const pool = threads.start({ ...problem, document: 'no strategy' }, 1);
  await expect(pool.try({ from: 0, to: 9 }, [[0, 0]])).rejects.toThrow('is no strategy');
  await pool.close();
});
