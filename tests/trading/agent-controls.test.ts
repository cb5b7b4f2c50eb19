import { afterEach, beforeEach, expect, test } from 'vitest';
import { pauseAgent } from '@nandax/app/agents/pause-agent.ts';
import { resumeAgent } from '@nandax/app/agents/resume-agent.ts';
import { stopAgent } from '@nandax/app/agents/stop-agent.ts';
import { testActor } from '../setup/accounts.ts';
import { startAgentAtWork, type AgentAtWork } from '../kit/agent-at-work.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

let world: TradingWorld;
let agent: AgentAtWork;
let agentId: string;
let runId: string;

beforeEach(async () => {
  world = await createTradingWorld();
  agent = await startAgentAtWork(world);
  ({ agentId, runId } = agent);
});

afterEach(async () => {
  await agent.close();
  await world.close();
});

const play = (minutes: number) => agent.play(minutes);
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
  // The run is examined at its end, and again with what left after it.
  const told = await world.database.prisma.event.findMany({
    where: { type: { in: ['RUN_STOPPED', 'TRADE_OPENED', 'TRADE_CLOSED'] } },
    orderBy: { sequence: 'asc' },
  });
  expect(told.map(({ type, job }) => [type, (job as { name: string } | null)?.name])).toEqual([
    ['TRADE_OPENED', undefined],
    ['RUN_STOPPED', 'examine-run'],
    ['TRADE_CLOSED', 'examine-run'],
  ]);
  const jobs = told.flatMap(({ job }) => (job === null ? [] : (job as { id: string }).id));
  expect(new Set(jobs).size).toBe(2);
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

  const row = await prisma.agent.findUniqueOrThrow({ where: { id: agentId } });
  expect(row).toMatchObject({ status: 'ERROR', currentRunId: null });
  expect(row.statusReason).toMatch(/^A decision failed: /);
  const notes = await prisma.notification.findMany({ where: { userId: world.userId } });
  expect(notes).toMatchObject([{ level: 'ERROR', title: 'Agent Agent stopped with an error' }]);
  expect(await prisma.jobFailure.count({ where: { name: 'agent-bar' } })).toBe(1);
});

test('a bar that is gone from the recording is no reason to leave a position', async () => {
  await play(2);
  // The new worker has not walked the recording yet, and the player has all of it in memory.
  await agent.changeWorker(() => world.database.prisma.candleDay.deleteMany());
  await play(2);
  expect(await decisions()).toBe(4);
  expect(await trades()).toMatchObject([{ status: 'OPEN', direction: 'LONG' }]);
});
