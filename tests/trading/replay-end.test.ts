import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FeedLease } from '@nandax/app/ports/feeds.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { createTradingWorld, type TradingWorld } from '../kit/trading-world.ts';

let world: TradingWorld;
let replayId: string;
let lease: FeedLease;

beforeEach(async () => {
  world = await createTradingWorld();
  replayId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
  await world.play(replayId);
  const taken = await world.ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(replayId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
  );
  if (taken === null) throw new Error('the lease must be free');
  lease = taken;
});

afterEach(() => world.close());

test('an agent starts on a replay whose owner is storing its minute, and both go on', async () => {
  const { store } = world.ports;
  const strategyId = await world.strategy(
    'capital_per_trade 10000\nlong entry when close > 0\nlong exit when close < 0',
    'ONE_MINUTE',
    ['YESBANK'],
  );
  const owned = new WakeCall();
  const locked = new WakeCall();
  const marketTime = new Date('2019-07-09T09:16:00+05:30');

  const stored = store.transaction(async ({ feeds }) => {
    await feeds.assertLease(lease);
    owned.call();
    await locked.wait(10_000);
    return feeds.advance(lease, { marketTime, quotes: [], droppedTicks: 0 });
  });
  const started = store.transaction(async (rows) => {
    await owned.wait(10_000);
    await rows.feeds.lockReplay(replayId, world.userId);
    locked.call();
    const version = await rows.runs.latestVersion(strategyId, world.userId);
    await rows.feeds.bindPortfolio(world.portfolioId, replayId);
    const now = new Date();
    await rows.runs.insertRun({
      id: world.ports.ids.uuid(),
      userId: world.userId,
      kind: 'PAPER',
      status: 'RUNNING',
      strategyVersionId: version?.id ?? '',
      agentId: null,
      portfolioId: world.portfolioId,
      feedId: replayId,
      datasetId: world.datasetId,
      initialCapital: await rows.portfolios.balance(world.portfolioId, 'CASH'),
      rangeFrom: null,
      rangeTo: null,
      failureReason: null,
      createdAt: now,
      startedAt: now,
      endedAt: null,
    });
  });

  const outcomes = await Promise.allSettled([stored, started]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
});
