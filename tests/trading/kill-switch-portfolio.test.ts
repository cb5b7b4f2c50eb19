import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { createPortfolio } from '@nandax/app/portfolios/create-portfolio.ts';
import { activateKillSwitch, releaseKillSwitch } from '@nandax/app/risk/kill-switch.ts';
import { sweepKillSwitches } from '@nandax/app/risk/sweep-kill-switch.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tickingMarket, type TickingMarket } from '../kit/ticking-market.ts';
import {
  createTradingWorld,
  crossoverRules,
  expectOk,
  type TradingWorld,
} from '../kit/trading-world.ts';
import { testActor, testTools } from '../setup/accounts.ts';

/** Passes after which a scope that is not flat will never be. */
const mostPasses = 20;

describe('the kill switch of one of two portfolios', () => {
  let world: TradingWorld;
  let market: TickingMarket;
  let instrumentId: string;
  let killed: string;
  let other: string;
  let number = 0;

  beforeAll(async () => {
    world = await createTradingWorld();
    const { prisma } = world.database;
    const { clock, ids, bus } = world.ports;
    const accounts = accountStore(prisma, testTools);
    const second = { actor: testActor(world.userId), name: 'Second' };
    const initialCapital = new Decimal(1_000_000);
    expectOk(await createPortfolio({ accounts, clock, ids, bus }, { ...second, initialCapital }));
    killed = world.portfolioId;
    const { id } = await prisma.portfolio.findFirstOrThrow({ where: { id: { not: killed } } });
    other = id;
    instrumentId = await world.instrument('YESBANK');
    const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    await prisma.portfolio.updateMany({ data: { feedId } });
    const time = new Date('2019-07-09T10:00:00+05:30');
    market = await tickingMarket(world, feedId, [instrumentId], time);
    const strategyId = await world.strategy(crossoverRules(5, 20), 'FIVE_MINUTES', ['YESBANK']);
    await world.startAgent(strategyId, feedId);
  });

  afterAll(() => world.close());

  const place = (portfolioId: string, price: number | null = null) =>
    placeOrder(world.ports, {
      actor: testActor(world.userId),
      idempotencyKey: `order ${(number += 1)}`,
      portfolioId,
      instrumentId,
      side: 'BUY',
      ...plainTerms,
      type: price === null ? 'MARKET' : 'LIMIT',
      price: price === null ? null : new Decimal(price),
      product: 'MIS',
      quantity: new Decimal(10),
    });

  const state = async () => {
    const key = { scope: 'PORTFOLIO', scopeId: killed, cause: 'KILL_SWITCH' } as const;
    const row = await world.database.prisma.tradingState.findUniqueOrThrow({
      where: { scope_scopeId_cause: key },
    });
    return row.state;
  };

  /** What is held and what its own orders came to, by portfolio. */
  const books = async (portfolioId: string) => {
    const { prisma } = world.database;
    const [position] = await prisma.position.findMany({ where: { portfolioId } });
    const orders = await prisma.order.groupBy({
      by: ['source', 'status'],
      where: { portfolioId },
      _count: true,
    });
    return {
      traded: `${position?.buyQuantity.toString()}/${position?.sellQuantity.toString()}`,
      orders: orders.map((row) => `${row.source} ${row.status} ${row._count}`).toSorted(),
    };
  };

  test('flattens and halts that one with its agent, and leaves the other alone', async () => {
    const { prisma } = world.database;
    const target = { scope: 'PORTFOLIO', portfolioId: killed } as const;
    const whose = { actor: testActor(world.userId), administrates: false, target };
    for (const id of [killed, other]) expectOk(await place(id));
    await market.send();
    await market.tick();
    for (const id of [killed, other]) expectOk(await place(id, 95));
    await market.send();

    const reason = 'This one has gone mad';
    expect(expectOk(await activateKillSwitch(world.ports, { ...whose, reason }))).toMatchObject({
      portfolios: 1,
      agents: 1,
      workingOrders: 1,
      openPositions: 1,
    });
    expect(await place(killed)).toMatchObject({ failure: { code: 'NOT_REDUCING' } });
    for (let pass = 0; pass < mostPasses && (await state()) !== 'HALTED'; pass += 1) {
      await sweepKillSwitches(world.ports);
      await market.send();
      await market.tick();
    }
    expect(await state()).toBe('HALTED');
    expect(await books(killed)).toEqual({
      traded: '10/10',
      orders: ['KILL_SWITCH FILLED 1', 'USER CANCELLED 1', 'USER DENIED 1', 'USER FILLED 1'],
    });
    expect(await prisma.agent.findMany({ select: { status: true } })).toEqual([
      { status: 'STOPPED' },
    ]);

    // The other still holds its ten, its order still rests, and it goes on trading.
    expect(await books(other)).toEqual({
      traded: '10/0',
      orders: ['USER ACCEPTED 1', 'USER FILLED 1'],
    });
    expectOk(await place(other));
    expect(await place(killed)).toMatchObject({ failure: { code: 'TRADING_HALTED' } });
    expectOk(await releaseKillSwitch(world.ports, whose));
    expectOk(await place(killed));
  });
});
