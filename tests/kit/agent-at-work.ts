import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { testHome } from '../setup/home.ts';
import { testKeyRing } from '../setup/accounts.ts';
import { startWorker } from '../../worker/compose.ts';
import type { TradingWorld } from './trading-world.ts';

/** Enters on the first bar and never leaves by a rule. */
const alwaysIn = [
  'capital_per_trade 10000',
  'long entry when close > 0',
  'long exit when close < 0',
].join('\n');

/** An agent of the world's trader on a replay that the test plays minute by minute. */
export interface AgentAtWork {
  readonly agentId: string;
  readonly runId: string;
  readonly replayId: string;
  play(minutes: number): Promise<void>;
  /** Ends the worker and starts another one; `between`: while there is none. */
  changeWorker(between: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts an agent that holds YESBANK from the second minute on, of 9 July 2019 or of what is left of that
 * day at `from`; `rules`: it trades by these instead.
 */
export async function startAgentAtWork(
  world: TradingWorld,
  { from, rules = alwaysIn }: { readonly from?: string; readonly rules?: string } = {},
): Promise<AgentAtWork> {
  // The test owns the feed, so that it can look between two minutes.
  const environment = parseEnvironment({
    DATABASE_URL: world.database.url,
    NANDAX_KEY_RING: testKeyRing,
    NANDAX_HOME: testHome,
    LOG_LEVEL: 'silent',
    WORKER_ROLES: 'trading,agents',
  });
  let worker = await startWorker(environment);
  const strategy = await world.strategy(rules, 'ONE_MINUTE', ['YESBANK']);
  const replayId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
  if (from !== undefined) {
    await world.database.prisma.replaySession.update({
      where: { id: replayId },
      data: { rangeFrom: new Date(`2019-07-09T${from}:00+05:30`) },
    });
  }
  const started = await world.startAgent(strategy, replayId);
  await world.play(replayId);
  const wake = new WakeCall();
  await world.ports.bus.subscribe(`feed.${replayId}`, () => wake.call());
  const lease = await world.ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(replayId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
  );
  if (lease === null) throw new Error('the lease must be free');
  const player = await ReplayPlayer.open(world.ports, lease, wake);
  return {
    ...started,
    replayId,
    async play(minutes) {
      for (let minute = 0; minute < minutes; minute += 1) {
        await player.playMinute({ until: () => Promise.resolve(), paced: false, inStep: true });
      }
    },
    async changeWorker(between) {
      await worker.close();
      await between();
      worker = await startWorker(environment);
    },
    close: () => worker.close(),
  };
}
