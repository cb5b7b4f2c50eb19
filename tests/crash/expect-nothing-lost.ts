import { expect } from 'vitest';
import { brokerFaults } from '../kit/broker/faults.ts';
import { orderSteps } from '../kit/simulation/steps.ts';
import { playKills, type KillsReport } from './kill-story.ts';

/** Kills in the short form; `npm run test:crash -- --kills N` sets another number. */
const kills = Number(process.env['CRASH_KILLS'] ?? 4);

/** Plays the kills on a backend, prints the table in the full form, and expects a clean end. */
export async function expectNothingLost(
  backend: string,
  redisUrl: string | undefined,
): Promise<KillsReport> {
  const report = await playKills(redisUrl, kills);
  if (process.env['CRASH_KILLS'] !== undefined) {
    console.log(
      `${report.coverage.print()}\n\n${report.kills} kills, ${report.orders} orders: ${backend}`,
    );
  }
  expect(report.problems).toEqual([]);
  if (kills >= orderSteps.length) expect(report.coverage.stepsWithoutKill()).toEqual([]);
  if (kills >= orderSteps.length * brokerFaults.length) {
    expect(report.coverage.emptyCells()).toEqual([]);
  }
  return report;
}
