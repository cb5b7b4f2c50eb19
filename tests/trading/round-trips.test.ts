import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runReads } from '@nandax/adapters/prisma/reads/run-reads.ts';
import { applyBrokerUpdate } from '@nandax/app/orders/apply-broker-update.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { tradeFiguresOf } from '@nandax/core/metrics/trade-figures.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { noLimits } from '@nandax/core/risk/risk-limits.ts';
import { ScriptedBroker } from '../kit/scripted-broker.ts';
import {
  createTradingWorld,
  crossoverRules,
  expectOk,
  type TradingWorld,
} from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

let world: TradingWorld;
let broker: ScriptedBroker;
let ports: TradingPorts;
let instrumentId: string;
let made = 0;
const twentyPastNine = new Date('2019-07-09T09:20:00+05:30');

beforeAll(async () => {
  world = await createTradingWorld();
  const { prisma } = world.database;
  const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
  instrumentId = await world.instrument('YESBANK');
  await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
  await prisma.feed.update({ where: { id: feedId }, data: { marketTime: twentyPastNine } });
  await prisma.quote.create({
    data: { feedId, instrumentId, lastPrice: 95, time: twentyPastNine },
  });
  broker = new ScriptedBroker();
  ports = { ...world.ports, brokers: { of: () => broker } };
});

afterAll(() => world.close());

const place = (side: 'BUY' | 'SELL', quantity: number) =>
  placeOrder(ports, {
    ...plainTerms,
    actor: testActor(world.userId),
    idempotencyKey: `order ${(made += 1)}`,
    portfolioId: world.portfolioId,
    instrumentId,
    side,
    type: 'MARKET',
    product: 'MIS',
    quantity: new Decimal(quantity),
  });

/** An order that executes in parts, one a minute from `minute` past nine. */
const trade = async (
  side: 'BUY' | 'SELL',
  minute: number,
  parts: readonly (readonly [quantity: number, price: number])[],
) => {
  const quantity = parts.reduce((sum, [units]) => sum + units, 0);
  const { id, clientOrderId } = expectOk(await place(side, quantity));
  await submitOrder(ports, id);
  const executions = parts.map(([units, price], index) => ({
    tradeId: `${clientOrderId} ${index}`,
    quantity: new Decimal(units),
    price: new Decimal(price),
    executedAt: new Date(twentyPastNine.getTime() + (minute + index) * 60_000),
  }));
  await applyBrokerUpdate(ports, broker.change(clientOrderId, { status: 'COMPLETE', executions }));
};

const limitLosses = (most: number) =>
  ports.store.transaction(({ risk }) =>
    risk.saveLimits(
      {
        scope: 'PORTFOLIO',
        scopeId: world.portfolioId,
        limits: { ...noLimits, maxConsecutiveLosses: new Decimal(most) },
      },
      new Date(),
    ),
  );

test('an entry in three parts that is stopped out once is one loss, to limits and to figures', async () => {
  const { prisma } = world.database;
  await trade('BUY', 0, [
    [40, 95],
    [30, 95.05],
    [30, 95.1],
  ]);
  await trade('SELL', 5, [[100, 93]]);
  expect(await prisma.trade.count({ where: { status: 'CLOSED' } })).toBe(3);
  await limitLosses(2);
  expect((await place('BUY', 1)).ok).toBe(true);

  // Half of the next entry gains and half loses: two trades, the second of which begins a row anew.
  await trade('BUY', 10, [[100, 94]]);
  await trade('SELL', 12, [[50, 96]]);
  await trade('SELL', 14, [
    [20, 92],
    [30, 92],
  ]);
  expect((await place('BUY', 1)).ok).toBe(true);
  await limitLosses(1);
  expect(await place('BUY', 1)).toMatchObject({
    failure: { code: 'MAX_CONSECUTIVE_LOSSES', limit: '1', actual: '1' },
  });

  // The same rows as an agent's: what it has made counts the same three.
  const strategyId = await world.strategy(crossoverRules(5, 20), 'FIVE_MINUTES', ['YESBANK']);
  const feed = await prisma.feed.findFirstOrThrow();
  const { agentId, runId } = await world.startAgent(strategyId, feed.id);
  await prisma.trade.updateMany({ data: { agentId, runId } });
  const reads = runReads(prisma);
  const ofAgent = (await reads.performanceOfAgent([agentId])).get(agentId);
  const ofStrategy = (await reads.performanceOfStrategy([strategyId])).get(strategyId);
  expect(ofAgent).toMatchObject({ totalTrades: 3, winningTrades: 1 });
  expect(ofStrategy).toEqual(ofAgent);
  const { trades } = (await reads.materialOfRun([runId])).get(runId) ?? { trades: [] };
  expect(trades).toHaveLength(6);
  // 40 x -2, 30 x -2.05, 30 x -2.10; 50 x +2; 50 x -2.
  expect(tradeFiguresOf(trades)).toMatchObject({
    totalTrades: 3,
    winningTrades: 1,
    losingTrades: 2,
    grossPnl: new Decimal('-204.5'),
  });
});
