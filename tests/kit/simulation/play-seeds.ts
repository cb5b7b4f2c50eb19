import { Coverage } from './coverage.ts';
import { playSeed, type SeedReport } from './seeded-story.ts';
import { orderSteps } from './steps.ts';

/** What many seeds found. */
export interface SeedsReport {
  readonly coverage: Coverage;
  readonly failed: readonly SeedReport[];
  readonly orders: number;
  readonly kills: number;
  /** Exits that protections sent, and GTTs that fired. */
  readonly exits: number;
  readonly fired: number;
}

/** Plays the stories of the seeds 0 to `count` - 1. */
export async function playSeeds(count: number): Promise<SeedsReport> {
  const coverage = new Coverage(orderSteps);
  const failed: SeedReport[] = [];
  let [orders, kills, exits, fired] = [0, 0, 0, 0];
  for (let seed = 0; seed < count; seed += 1) {
    const report = await playSeed(seed);
    if (report.reached) coverage.count(report.step, report.fault);
    if (report.problems.length > 0) failed.push(report);
    orders += report.orders;
    kills += report.kills;
    exits += report.exits;
    fired += report.fired;
  }
  return { coverage, failed, orders, kills, exits, fired };
}

/** A failed seed, and how to see it again. */
export function describeFailure({ seed, step, fault, problems }: SeedReport): string {
  const how = `npm run test:crash -- --seed ${seed}`;
  const lines = problems.map((problem) => `\n  ${problem}`);
  return `seed ${seed}, killed at "${step}" under ${fault} (${how}):${lines.join('')}`;
}
