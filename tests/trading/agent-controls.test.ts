import { afterEach, beforeEach, expect, test } from 'vitest';
import { pauseAgent } from '@nandax/app/agents/pause-agent.ts';
import { resumeAgent } from '@nandax/app/agents/resume-agent.ts';
import { stopAgent } from '@nandax/app/agents/stop-agent.ts';
import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { testActor, testKeyRing } from '../setup/accounts.ts';
import { testHome } from '../setup/home.ts';
import { startWorker, type RunningWorker } from '../../worker/compose.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

/** Enters on the first bar and never leaves by a rule. */
const alwaysIn = [
  'capital_per_trade 10000',
  'long entry when close > 0',
  'long exit when close < 0',
].join('\n');

let world: TradingWorld;
let worker: RunningWorker;
let replayId: string;
let agentId: string;
let runId: string;
let player: ReplayPlayer;

beforeEach(async () => {
  world = await createTradingWorld();
  // The test owns the feed, so that it can look between two minutes.
  worker = await startTradingWorker();
  const strategy = await world.strategy(alwaysIn, 'ONE_MINUTE', ['YESBANK']);
  replayId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
  ({ agentId, runId } = await world.startAgent(strategy, replayId));
  await world.play(replayId);
  const wake = new WakeCall();
  await world.ports.bus.subscribe(`feed.${replayId}`, () => wake.call());
  const lease = await world.ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(replayId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
  );
  if (lease === null) throw new Error('the lease must be free');
  player = await ReplayPlayer.open(world.ports, lease, wake);
});

afterEach(async () => {
  await worker.close();
  await world.close();
});

const startTradingWorker = () =>
  startWorker(
    parseEnvironment({
      DATABASE_URL: world.database.url,
      NANDAX_KEY_RING: testKeyRing,
      NANDAX_HOME: testHome,
      LOG_LEVEL: 'silent',
      WORKER_ROLES: 'trading,agents',
    }),
  );
const play = async (minutes: number): Promise<void> => {
  for (let minute = 0; minute < minutes; minute += 1) {
    await player.playMinute({ until: () => Promise.resolve(), paced: false, inStep: true });
  }
};
const decisions = () => world.database.prisma.agentDecision.count({ where: { runId } });
const trades = () => world.database.prisma.trade.findMany({ where: { runId } });

test('a paused agent decides nothing, a resumed one goes on in the same run', async () => {
  await play(2);
  expect(await decisions()).toBe(2);
  expect(await trades()).toMatchObject([{ status: 'OPEN', direction: 'LONG' }]);

  const reference = { userId: world.userId, actor: testActor(world.userId), agentId };
  expect(expectOk(await pauseAgent(world.ports, reference)).status).toBe('PAUSED');
  await play(3);
  expect(await decisions()).toBe(2);

  expect(expectOk(await resumeAgent(world.ports, reference))).toMatchObject({
    status: 'RUNNING',
    currentRunId: runId,
  });
  await play(1);
  expect(await decisions()).toBe(3);
});

test('a paused agent is still squared off in time', async () => {
  await play(2);
  expectOk(
    await pauseAgent(world.ports, {
      userId: world.userId,
      actor: testActor(world.userId),
      agentId,
    }),
  );
  // 09:15 to 15:21: the square-off is decided at 15:20 and fills at that minute's open.
  await play(364);
  expect(await trades()).toMatchObject([
    { status: 'CLOSED', exitReason: 'SQUARE_OFF', exitAt: new Date('2019-07-09T15:20:00+05:30') },
  ]);
});

test('a stopped agent ends its run and leaves its position at the next tick', async () => {
  await play(2);
  const reference = { userId: world.userId, actor: testActor(world.userId), agentId };
  const stopped = expectOk(await stopAgent(world.ports, { ...reference, exitPositions: true }));
  expect(stopped).toMatchObject({ status: 'STOPPED', currentRunId: null });
  await world.untilSent();
  await play(1);

  expect(await trades()).toMatchObject([{ status: 'CLOSED', exitReason: 'STOPPED' }]);
  expect(await decisions()).toBe(3);
  const run = await world.database.prisma.run.findUniqueOrThrow({ where: { id: runId } });
  expect(run).toMatchObject({ status: 'STOPPED', rangeTo: new Date('2019-07-09T09:17:00+05:30') });
  expect(await pauseAgent(world.ports, reference)).toMatchObject({
    ok: false,
    failure: { kind: 'ILLEGAL_STATE', state: 'STOPPED' },
  });
});

test('a stopped agent leaves what its order on the way brings in', async () => {
  await play(1);
  expect(await trades()).toEqual([]);
  const reference = { userId: world.userId, actor: testActor(world.userId), agentId };
  expectOk(await stopAgent(world.ports, { ...reference, exitPositions: true }));
  await world.untilSent();
  await play(1);
  expect(await trades()).toMatchObject([{ status: 'CLOSED', exitReason: 'STOPPED' }]);
});

test('an agent that cannot decide ends in ERROR, tells its user and keeps its position', async () => {
  const { prisma } = world.database;
  // The recording is damaged after the player has read it: the agent's own look at it fails.
  await prisma.candleDay.updateMany({ data: { columns: new Uint8Array([9, 9, 9]) } });
  await play(1);

  const agent = await prisma.agent.findUniqueOrThrow({ where: { id: agentId } });
  expect(agent).toMatchObject({ status: 'ERROR', currentRunId: null });
  expect(agent.statusReason).toMatch(/^A decision failed: /);
  const notes = await prisma.notification.findMany({ where: { userId: world.userId } });
  expect(notes).toMatchObject([{ level: 'ERROR', title: 'Agent Agent stopped with an error' }]);
  expect(await prisma.jobFailure.count({ where: { name: 'agent-bar' } })).toBe(1);
});

test('a bar that is gone from the recording is no reason to leave a position', async () => {
  await play(2);
  await worker.close();
  // The new worker has not walked the recording yet, and the player has all of it in memory.
  await world.database.prisma.candleDay.deleteMany();
  worker = await startTradingWorker();
  await play(2);
  expect(await decisions()).toBe(4);
  expect(await trades()).toMatchObject([{ status: 'OPEN', direction: 'LONG' }]);
});
