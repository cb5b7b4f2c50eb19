import { expect } from 'vitest';
import { watchCrashPoints, type CrashPoint } from './crash-points.ts';
import { deriveCrossover } from './derived-crossover.ts';
import { expectedLedger, readRunLedger, type RunLedger } from './run-ledger.ts';
import { createTradingWorld, crossoverRules, type TradingWorld } from './trading-world.ts';
import { startWorkerProcess } from './worker-process.ts';

/** One round of misfortune: a kill at each step of an order, and one an hour of market time later. */
const round: readonly { readonly point: CrashPoint; readonly count: number }[] = [
  { point: 'DECIDED', count: 1 },
  { point: 'SUBMITTED', count: 1 },
  { point: 'ENTERED', count: 1 },
  { point: 'EXECUTED', count: 1 },
  { point: 'MINUTE', count: 60 },
];
const rounds = 4;

/** What a disturbed replay left, and what it went through. */
export interface CrashStory {
  readonly kills: number;
  /** Kills at which an order was past SUBMITTED and nothing of it was booked yet. */
  readonly killsBetweenSubmittedAndFill: number;
  readonly disturbed: RunLedger;
}

/** Plays the crossover through three days while the worker is killed twenty times. */
export async function playWithCrashes(redisUrl: string | undefined): Promise<CrashStory> {
  const world = await createTradingWorld(redisUrl);
  const watch = await watchCrashPoints(world);
  let worker = await startWorkerProcess(world);
  try {
    const strategy = await world.strategy(crossoverRules(10, 30), 'FIVE_MINUTES', ['YESBANK']);
    const replay = await world.replay(['YESBANK'], '2019-07-09', '2019-07-11');
    const { runId } = await world.startAgent(strategy, replay);
    let kills = 0;
    let killsBetweenSubmittedAndFill = 0;
    let reached = watch.until('DECIDED', 1);
    await world.play(replay);
    const plan = Array.from({ length: rounds }, () => round).flat();
    for (const [index] of plan.entries()) {
      await reached;
      await worker.kill();
      kills += 1;
      if (await hasOrderInFlight(world)) killsBetweenSubmittedAndFill += 1;
      const next = plan[index + 1];
      if (next !== undefined) reached = watch.until(next.point, next.count);
      worker = await startWorkerProcess(world);
    }
    expect(await world.untilEnded(replay)).toBe('FINISHED');
    const disturbed = await readRunLedger(world, runId);
    return { kills, killsBetweenSubmittedAndFill, disturbed };
  } finally {
    await worker.kill();
    await watch.close();
    await world.close();
  }
}

/** What the same replay gives when nothing happens, by the separate derivation. */
export function undisturbed(): RunLedger {
  const options = ['--fast', '10', '--slow', '30', '--time-frame', '5', '--capital', '100000'];
  return expectedLedger(deriveCrossover(...options));
}

async function hasOrderInFlight(world: TradingWorld): Promise<boolean> {
  const inFlight = await world.database.prisma.order.count({
    where: { status: { in: ['SUBMITTED', 'ACCEPTED', 'UNKNOWN'] }, filledQuantity: 0 },
  });
  return inFlight > 0;
}
