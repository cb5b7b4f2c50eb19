import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import type { AccountActor } from '@nandax/app/actor.ts';
import { createAgent } from '@nandax/app/agents/create-agent.ts';
import { startAgent } from '@nandax/app/agents/start-agent.ts';
import { disconnectBroker } from '@nandax/app/brokers/disconnect-broker.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { createPortfolio } from '@nandax/app/portfolios/create-portfolio.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import { createTestUser, testActor, testTools } from '../setup/accounts.ts';
import { connectionOf } from '../kit/broker-connection.ts';
import {
  createTradingWorld,
  crossoverRules,
  expectOk,
  type TradingWorld,
} from '../kit/trading-world.ts';

let world: TradingWorld;

beforeAll(async () => {
  world = await createTradingWorld();
});
afterAll(() => world.close());

const ports = () => ({
  ...world.ports,
  accounts: accountStore(world.database.prisma, testTools),
});

const connection = (userId = world.userId) => connectionOf(world, userId);

const create = (brokerConnectionId: string | null, actor: AccountActor = testActor(world.userId)) =>
  createPortfolio(ports(), {
    actor,
    name: 'At Zerodha',
    initialCapital: new Decimal(250_000),
    brokerConnectionId,
  });

const portfolios = (brokerConnectionId: string) =>
  world.database.prisma.portfolio.findMany({ where: { brokerConnectionId } });

test('a connected account has one portfolio, however many ask at once, and it is live', async () => {
  const account = await connection();
  const asked = await Promise.all([create(account), create(account), create(account)]);
  expect(asked.filter(({ ok }) => ok)).toHaveLength(1);
  for (const refused of asked.filter(({ ok }) => !ok)) {
    expect(refused).toMatchObject({ failure: { kind: 'ILLEGAL_STATE', state: 'HAS_PORTFOLIO' } });
  }
  const [portfolio, ...others] = await portfolios(account);
  expect(others).toEqual([]);
  expect(portfolio).toMatchObject({ kind: 'LIVE', feedId: null });
  // Once it is gone the account may have another.
  await world.database.prisma.portfolio.updateMany({
    where: { brokerConnectionId: account },
    data: { deletedAt: new Date() },
  });
  expectOk(await create(account));
});

test('of an account that is somebody else’s, has ended or never was, there is no portfolio', async () => {
  const other = await createTestUser(world.database.prisma, 'other');
  const ended = await connection();
  expectOk(
    await disconnectBroker(ports() as never, {
      actor: testActor(world.userId),
      connectionId: ended,
    }),
  );
  for (const account of [await connection(other.id), ended, randomUUID()]) {
    expect(await create(account)).toEqual({
      ok: false,
      failure: { kind: 'NOT_FOUND', entity: 'BrokerAccount', id: account },
    });
    expect(await portfolios(account)).toEqual([]);
  }
});

test('an API key makes a live portfolio only with LIVE_TRADE, and paper with PAPER_TRADE', async () => {
  const key = (...scopes: ('PAPER_TRADE' | 'LIVE_TRADE')[]): AccountActor => ({
    kind: 'API_KEY',
    userId: world.userId,
    apiKeyId: randomUUID(),
    scopes: new Set(scopes),
    ipAddress: null,
    userAgent: null,
  });
  expect(await create(await connection(), key('PAPER_TRADE'))).toEqual({
    ok: false,
    failure: { kind: 'SCOPE_MISSING', scope: 'LIVE_TRADE' },
  });
  expectOk(await create(null, key('PAPER_TRADE')));
  expectOk(await create(await connection(), key('LIVE_TRADE')));
});

test('without its connection no order passes the door, and it follows no replay', async () => {
  const account = await connection();
  const { id: portfolioId } = expectOk(await create(account));
  const actor = testActor(world.userId);
  const instrumentId = await world.instrument('YESBANK');
  const order = (idempotencyKey: string) =>
    placeOrder(world.ports, {
      actor,
      idempotencyKey,
      portfolioId,
      instrumentId,
      ...plainTerms,
      side: 'BUY',
      type: 'LIMIT',
      product: 'CNC',
      quantity: new Decimal(1),
      price: new Decimal('95.00'),
    });
  const connected = await order('connected');
  expect(connected).not.toMatchObject({ failure: { code: 'BROKER_NOT_CONNECTED' } });

  const strategyId = await world.strategy(crossoverRules(10, 30), 'FIVE_MINUTES', ['YESBANK']);
  const replaySessionId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
  const agent = expectOk(
    await createAgent(world.ports, {
      actor,
      name: 'Agent',
      type: 'RULE_BASED',
      strategyId,
      portfolioId,
    }),
  );
  expect(
    await startAgent(world.ports, {
      userId: world.userId,
      actor,
      agentId: agent.id,
      replaySessionId,
    }),
  ).toMatchObject({
    failure: { message: 'A live portfolio trades at its broker and follows no replay.' },
  });

  expectOk(await disconnectBroker(ports() as never, { actor, connectionId: account }));
  expect(await order('ended')).toMatchObject({
    failure: { kind: 'ORDER_DENIED', code: 'BROKER_NOT_CONNECTED', limit: null },
  });
});
