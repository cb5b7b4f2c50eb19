import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { testKeyRing } from '../setup/accounts.ts';
import { testHome } from '../setup/home.ts';
import { startWorker, type RunningWorker } from '../../worker/compose.ts';
import { FeedOwners } from '../../worker/feed/feed-owner.ts';
import { createTradingWorld, type TradingWorld } from '../kit/trading-world.ts';

let world: TradingWorld;
let worker: RunningWorker;
let owners: FeedOwners;
let replayId: string;
/** How many more jobs the queue refuses. */
let refusals: number;

beforeEach(async () => {
  world = await createTradingWorld();
  worker = await startWorker(
    parseEnvironment({
      DATABASE_URL: world.database.url,
      NANDAX_KEY_RING: testKeyRing,
      NANDAX_HOME: testHome,
      LOG_LEVEL: 'silent',
      WORKER_ROLES: 'trading,agents',
    }),
  );
  const strategy = await world.strategy(
    'capital_per_trade 10000\nlong entry when close > 0\nlong exit when close < 0',
    'ONE_MINUTE',
    ['YESBANK'],
  );
  replayId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
  await world.database.prisma.replaySession.update({
    where: { id: replayId },
    data: { rangeTo: new Date('2019-07-09T09:25:00+05:30') },
  });
  await world.startAgent(strategy, replayId);
  const { queue } = world.ports;
  owners = new FeedOwners(
    {
      ...world.ports,
      queue: {
        add: (job) => {
          refusals -= 1;
          return refusals < 0 ? queue.add(job) : Promise.reject(new Error('the queue is away'));
        },
        addAgain: (job) => queue.addAgain(job),
        close: () => queue.close(),
      },
    },
    'test',
  );
});

afterEach(async () => {
  await owners.close();
  await worker.close();
  await world.close();
});

test('a replay goes on by itself when its queue was away for a moment', async () => {
  refusals = 1;
  await world.play(replayId);
  await owners.start();
  expect(await world.untilEnded(replayId)).toBe('FINISHED');
  expect(await world.database.prisma.notification.findMany()).toMatchObject([
    { title: 'Replay Replay has ended' },
  ]);
});

test('a replay that cannot go on ends in ERROR and says why', async () => {
  refusals = Infinity;
  await world.play(replayId);
  await owners.start();
  expect(await world.untilEnded(replayId)).toBe('ERROR');
  expect(await world.database.prisma.notification.findMany()).toMatchObject([
    { level: 'ERROR', title: 'Replay Replay stopped with an error' },
  ]);
});
