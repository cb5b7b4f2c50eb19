import { plainTerms } from '@nandax/core/order/order.ts';
import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteAccount } from '@nandax/app/accounts/delete-account.ts';
import { restoreAccount } from '@nandax/app/accounts/restore-account.ts';
import { stopAgentsOfClosedAccounts } from '@nandax/app/accounts/stop-agents-of-closed-accounts.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { logIn } from '@nandax/app/sessions/log-in.ts';
import { fromHome, openAccountWorld, type AccountWorld } from '../kit/account-world.ts';
import { startAgentAtWork, type AgentAtWork } from '../kit/agent-at-work.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor, testPassword } from '../setup/accounts.ts';

const day = 86_400_000;
const email = 'trader@example.com';

let trading: TradingWorld;
let agent: AgentAtWork;
let world: AccountWorld;
beforeAll(async () => {
  trading = await createTradingWorld();
  agent = await startAgentAtWork(trading);
  world = openAccountWorld(trading.database.url, trading.database.prisma);
});
afterAll(async () => {
  await agent.close();
  await world.close();
  await trading.close();
});

const remove = async (password: string) =>
  deleteAccount(world.ports, { actor: await world.logInAs(trading.userId), password });
const restore = (password = testPassword) =>
  restoreAccount(world.ports, { email, password, ...fromHome });
const enter = () =>
  logIn(world.ports, { email, password: testPassword, tokens: false, https: false, ...fromHome });
const order = async (side: 'BUY' | 'SELL') =>
  placeOrder(trading.ports, {
    actor: testActor(trading.userId),
    idempotencyKey: trading.ports.ids.uuid(),
    portfolioId: trading.portfolioId,
    instrumentId: await trading.instrument('YESBANK'),
    side,
    ...plainTerms,
    type: 'MARKET',
    product: 'MIS',
    quantity: new Decimal(1),
  });
const agentRow = () =>
  trading.database.prisma.agent.findUniqueOrThrow({ where: { id: agent.agentId } });
const decisions = () =>
  trading.database.prisma.agentDecision.count({ where: { runId: agent.runId } });
const openTrades = () =>
  trading.database.prisma.trade.count({ where: { runId: agent.runId, status: 'OPEN' } });

test('an account goes only with its password', async () => {
  expect(await remove('wrong')).toEqual({ ok: false, failure: { kind: 'INVALID_CREDENTIALS' } });
  expect(await world.ports.accounts.findById(trading.userId)).toMatchObject({ deletedAt: null });
});

test('a deleted account lets nobody in, trades no more and keeps its positions', async () => {
  await agent.play(2);
  expect(await openTrades()).toBe(1);
  await world.apiKeyOf(trading.userId);
  const { erasedAfter } = expectOk(await remove(testPassword));
  const daysLeft = (erasedAfter.getTime() - world.ports.clock.now().getTime()) / day;
  expect(Math.round(daysLeft)).toBe(30);

  const { prisma } = trading.database;
  const { userId } = trading;
  expect(await prisma.session.count({ where: { userId } })).toBe(0);
  expect(await prisma.apiKey.count({ where: { userId, revokedAt: null } })).toBe(0);
  expect(await enter()).toEqual({
    ok: false,
    failure: { kind: 'ACCOUNT_DELETION_PENDING', erasedAfter },
  });
  const [letter] = await world.lettersTo(email);
  expect(letter?.text).toContain(erasedAfter.toISOString());

  expect(await agentRow()).toMatchObject({ status: 'STOPPED', currentRunId: null });
  const decided = await decisions();
  await agent.play(3);
  expect(await decisions()).toBe(decided);
  expect(await openTrades()).toBe(1);

  expect(await order('BUY')).toMatchObject({ ok: false, failure: { kind: 'ORDER_DENIED' } });
  expectOk(await order('SELL'));
});

test('an agent that outlived a broken-off deletion is stopped by the next round of housekeeping', async () => {
  const { prisma } = trading.database;
  const { agentId, runId } = agent;
  await prisma.agent.update({
    where: { id: agentId },
    data: { status: 'RUNNING', currentRunId: runId },
  });
  expect(await stopAgentsOfClosedAccounts(world.ports)).toBe(1);
  expect(await agentRow()).toMatchObject({ status: 'STOPPED' });
  expect(await stopAgentsOfClosedAccounts(world.ports)).toBe(0);
});

test('the account comes back by its password, with trading, without agents and keys', async () => {
  expect(await restore('wrong')).toEqual({ ok: false, failure: { kind: 'INVALID_CREDENTIALS' } });
  expect(await restore()).toEqual({ ok: true, value: { email } });
  expectOk(await enter());
  expect((await order('BUY')).ok).toBe(true);
  expect(await agentRow()).toMatchObject({ status: 'STOPPED' });
  expect(await trading.database.prisma.apiKey.count({ where: { revokedAt: null } })).toBe(0);
  expect(await restore()).toMatchObject({ ok: false, failure: { kind: 'ILLEGAL_STATE' } });
});

test('restoring lifts no halt that someone else put on the account', async () => {
  const { prisma } = trading.database;
  const where = {
    scope_scopeId_cause: { scope: 'USER', scopeId: trading.userId, cause: 'KILL_SWITCH' },
  } as const;
  await prisma.tradingState.update({ where, data: { state: 'HALTED', reason: 'by hand' } });
  expectOk(await remove(testPassword));
  expectOk(await restore());
  expect(await prisma.tradingState.findUniqueOrThrow({ where })).toMatchObject({
    state: 'HALTED',
    reason: 'by hand',
  });
});
