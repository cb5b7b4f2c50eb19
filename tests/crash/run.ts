/**
 * The crash test in its full form.
 *
 *   npm run test:crash -- --seeds 10000      stories in memory, each fixed by its seed
 *   npm run test:crash -- --seed 4711        one of them alone
 */
import { parseArgs } from 'node:util';
import { describeFailure, playSeeds } from '../kit/simulation/play-seeds.ts';
import { playSeed } from '../kit/simulation/seeded-story.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '10000' }, seed: { type: 'string' } },
});

if (values.seed !== undefined) await playOne(Number(values.seed));
else await playMany(Number(values.seeds));

async function playOne(seed: number): Promise<void> {
  const report = await playSeed(seed);
  console.log(report);
  if (report.problems.length > 0) process.exitCode = 1;
}

async function playMany(count: number): Promise<void> {
  const { coverage, failed, orders, kills } = await playSeeds(count);
  console.log(coverage.print());
  console.log(`\n${count} seeds, ${orders} orders, ${kills} kills, ${failed.length} failed`);
  for (const report of failed) console.log(describeFailure(report));
  const empty = coverage.emptyCells();
  for (const cell of empty) console.log(`nothing was killed ${cell}`);
  if (failed.length > 0 || empty.length > 0) process.exitCode = 1;
}
