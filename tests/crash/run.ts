/**
 * The crash test in its full form.
 *
 *   npm run test:crash                                 10,000 seeds, 100 kills on each backend
 *   npm run test:crash -- --seeds 20000 --kills 266    other numbers; 0 leaves a part out
 *   npm run test:crash -- --seed 4711                  one story alone, the same every time
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeFailure, playSeeds } from '../kit/simulation/play-seeds.ts';
import { playSeed } from '../kit/simulation/seeded-story.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '100' },
    seed: { type: 'string' },
  },
});

const [seed, seeds, kills] = (['seed', 'seeds', 'kills'] as const).map((option) => {
  const value = values[option];
  if (value === undefined || /^\d{1,9}$/.test(value)) return Number(value);
  // A word that reads as no stories at all would look like a success.
  console.error(`--${option}: ${value} is no whole number from 0 to 999,999,999.`);
  process.exit(2);
}) as [number, number, number];

if (values.seed !== undefined) await playOne(seed);
else {
  if (seeds > 0) await playMany(seeds);
  if (kills > 0) killWorkers(String(kills));
}

async function playOne(seed: number): Promise<void> {
  const report = await playSeed(seed);
  console.log(report);
  if (report.problems.length > 0) process.exitCode = 1;
}

async function playMany(count: number): Promise<void> {
  const { coverage, failed, orders, kills, exits, fired } = await playSeeds(count);
  console.log(coverage.print());
  const watched = `${exits} exits of protections, ${fired} GTTs fired`;
  console.log(
    `\n${count} seeds, ${orders} orders, ${watched}, ${kills} kills, ${failed.length} failed`,
  );
  for (const report of failed) console.log(describeFailure(report));
  const empty = coverage.emptyCells();
  for (const cell of empty) console.log(`nothing was killed ${cell}`);
  if (failed.length > 0 || empty.length > 0) process.exitCode = 1;
}

/**
 * Real processes need databases, which the test runner sets up. One backend after the other, each
 * in a run of its own, so that what the first one found is read while the second one plays.
 */
function killWorkers(kills: string): void {
  const vitest = dirname(createRequire(import.meta.url).resolve('vitest/package.json'));
  for (const backend of ['redis', 'postgres']) {
    const story = ['run', '--project', 'integration', `tests/crash/kills-${backend}.test.ts`];
    const { status } = spawnSync(process.execPath, [join(vitest, 'vitest.mjs'), ...story], {
      env: { ...process.env, CRASH_KILLS: kills },
      stdio: 'inherit',
    });
    if (status !== 0) process.exitCode = 1;
  }
}
