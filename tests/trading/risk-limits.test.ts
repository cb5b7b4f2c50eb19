import { plainTerms } from '@nandax/core/order/order.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { createPortfolio } from '@nandax/app/portfolios/create-portfolio.ts';
import { releaseRiskLock } from '@nandax/app/risk/release-risk-lock.ts';
import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import type { Prisma } from '@nandax/adapters/prisma/generated/client.ts';
import { listReads } from '@nandax/adapters/prisma/reads/list-reads.ts';
import { noLimits, type RiskLimits } from '@nandax/core/risk/risk-limits.ts';
import { testActor, testTools } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

const nine = new Date('2019-07-09T09:20:00+05:30');

describe('limits at the door', () => {
  let world: TradingWorld;
  let feedId: string;
  let instrumentId: string;
  let portfolioIds: string[];
  let number = 0;

  beforeAll(async () => {
    world = await createTradingWorld();
    const { prisma } = world.database;
    feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    instrumentId = await world.instrument('YESBANK');
    await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 95, time: nine } });
    const { clock, ids, bus } = world.ports;
    for (let made = 0; made < 3; made += 1) {
      expectOk(
        await createPortfolio(
          { accounts: accountStore(prisma, testTools), clock, ids, bus },
          {
            actor: testActor(world.userId),
            name: `Portfolio ${made}`,
            initialCapital: new Decimal(1_000_000),
          },
        ),
      );
    }
    await prisma.portfolio.updateMany({ data: { feedId } });
    portfolioIds = (await prisma.portfolio.findMany()).map(({ id }) => id);
  });

  afterAll(() => world.close());

  beforeEach(async () => {
    const { prisma } = world.database;
    await prisma.riskLimits.deleteMany();
    await prisma.riskCounter.deleteMany();
    await prisma.riskLock.deleteMany();
    await prisma.trade.deleteMany();
    await prisma.position.deleteMany();
    await prisma.order.deleteMany();
    await clockAt(nine);
    await lastPrice(95);
  });

  const clockAt = (marketTime: Date) =>
    world.database.prisma.feed.update({ where: { id: feedId }, data: { marketTime } });

  const lastPrice = (price: number) =>
    world.database.prisma.quote.updateMany({ where: { feedId }, data: { lastPrice: price } });

  const limit = (scope: 'USER' | 'PORTFOLIO', scopeId: string, limits: Partial<RiskLimits>) =>
    world.ports.store.transaction(({ risk }) =>
      risk.saveLimits({ scope, scopeId, limits: { ...noLimits, ...limits } }, new Date()),
    );

  const place = (portfolioId: string, side: 'BUY' | 'SELL' = 'BUY', quantity = 100) =>
    placeOrder(world.ports, {
      actor: testActor(world.userId),
      idempotencyKey: `order ${(number += 1)}`,
      portfolioId,
      instrumentId,
      side,
      ...plainTerms,
      type: 'MARKET',
      product: 'MIS',
      quantity: new Decimal(quantity),
    });

  const first = (): string => portfolioIds[0] ?? '';

  /** A trade of the first portfolio in the fifteen minutes before the market clock. */
  const trade = (more: Partial<Prisma.TradeUncheckedCreateInput>) =>
    world.database.prisma.trade.create({
      data: {
        id: testTools.ids.uuid(),
        userId: world.userId,
        portfolioId: first(),
        instrumentId,
        symbol: 'YESBANK',
        product: 'MIS',
        direction: 'LONG',
        status: 'CLOSED',
        quantity: 100,
        entryPrice: 100,
        entryAt: nine,
        createdAt: nine,
        ...more,
      },
    });

  const lost = (rupees: number, exitAt = nine) =>
    trade({ exitAt, exitPrice: 100 - rupees / 100, grossPnl: -rupees, exitReason: 'RULE' });

  /** A hundred long in the first portfolio, bought at 100. */
  const hold = async () => {
    await trade({ status: 'OPEN' });
    await world.database.prisma.position.create({
      data: {
        id: testTools.ids.uuid(),
        portfolioId: first(),
        instrumentId,
        product: 'MIS',
        buyQuantity: 100,
        buyValue: 10_000,
        updatedAt: nine,
      },
    });
  };

  const storm = async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        place(portfolioIds[index % portfolioIds.length] ?? ''),
      ),
    );
    return {
      admitted: answers.filter(({ ok }) => ok).length,
      denials: answers.flatMap((answer) => (answer.ok ? [] : [answer.failure])),
    };
  };

  test('admit ten of two hundred orders in four portfolios where the user may send ten a day', async () => {
    await limit('USER', world.userId, { maxOrdersPerDay: new Decimal(10) });
    const { admitted, denials } = await storm();
    expect(admitted).toBe(10);
    expect(denials).toHaveLength(190);
    for (const denial of denials) {
      expect(denial).toMatchObject({
        code: 'MAX_ORDERS_PER_DAY',
        scope: 'USER',
        limit: '10',
        actual: '11',
      });
    }
    const { prisma } = world.database;
    const counter = await prisma.riskCounter.findFirstOrThrow({ where: { span: 'DAY' } });
    expect(counter).toMatchObject({ scope: 'USER', scopeId: world.userId, count: 10 });
    const stored = await prisma.order.groupBy({ by: ['status'], _count: true });
    expect(new Map(stored.map(({ status, _count }) => [status, _count]))).toEqual(
      new Map([
        ['INITIALIZED', 10],
        ['DENIED', 190],
      ]),
    );
  });

  test('admit ten of two hundred where ten of them are all the user may have in the market', async () => {
    await limit('USER', world.userId, { maxTotalExposure: new Decimal(95_000) });
    const { admitted, denials } = await storm();
    expect(admitted).toBe(10);
    expect(denials[0]).toMatchObject({
      code: 'MAX_TOTAL_EXPOSURE',
      scope: 'USER',
      limit: '95000',
      actual: '104500',
    });
  });

  test('count positions of all portfolios for the user, and one’s own for a portfolio', async () => {
    await limit('USER', world.userId, { maxOpenPositions: new Decimal(2) });
    await limit('PORTFOLIO', first(), { maxOpenPositions: new Decimal(1) });
    const outcomes = [];
    for (const id of portfolioIds) outcomes.push((await place(id)).ok);
    expect(outcomes).toEqual([true, true, false, false]);
    // More of what is on its way is no new position.
    expect((await place(first())).ok).toBe(true);
  });

  test('stay shut after the day’s loss though the price recovers, and let exits through', async () => {
    const { prisma } = world.database;
    await limit('PORTFOLIO', first(), { maxDailyLoss: new Decimal(500) });
    await lost(400);
    await hold();
    await lastPrice(99.5);
    expect((await place(first())).ok).toBe(true);
    await lastPrice(98);
    expect(await place(first())).toMatchObject({
      ok: false,
      failure: { code: 'MAX_DAILY_LOSS', scope: 'PORTFOLIO', limit: '500', actual: '600' },
    });
    expect(await prisma.riskLock.findMany()).toMatchObject([
      { scope: 'PORTFOLIO', scopeId: first(), kind: 'MAX_DAILY_LOSS', releasedAt: null },
    ]);

    await lastPrice(120);
    expect(await place(first())).toMatchObject({
      ok: false,
      failure: { code: 'MAX_DAILY_LOSS', limit: '500', actual: '600' },
    });
    expect(await prisma.riskLock.count()).toBe(1);
    expect((await place(first(), 'SELL', 100)).ok).toBe(true);
    // Another portfolio of the user is not concerned, and the next day starts anew.
    expect((await place(portfolioIds[1] ?? '')).ok).toBe(true);
    await clockAt(new Date('2019-07-10T09:20:00+05:30'));
    expect((await place(first())).ok).toBe(true);
  });

  test('after a release count the loss anew', async () => {
    const { prisma } = world.database;
    await limit('PORTFOLIO', first(), { maxDailyLoss: new Decimal(500) });
    await lost(600);
    expect((await place(first())).ok).toBe(false);
    const lock = await prisma.riskLock.findFirstOrThrow();
    const release = (userId: string) =>
      releaseRiskLock(world.ports, {
        actor: testActor(userId),
        administrates: false,
        lockId: lock.id,
      });
    const seen = async () => {
      const lists = listReads(prisma);
      const window = { first: 10, after: null, filter: null };
      const pages = await lists.page('riskLocksOfUser', [world.userId], window);
      return (pages.get(world.userId)?.rows ?? []).map(({ view }) => view);
    };
    expect(await release(testTools.ids.uuid())).toMatchObject({ failure: { kind: 'NOT_FOUND' } });
    expect(await seen()).toMatchObject([
      { id: lock.id, ownerId: world.userId, holds: true, kind: 'MAX_DAILY_LOSS' },
    ]);
    const answers = await Promise.all([release(world.userId), release(world.userId)]);
    expect(answers.toSorted((one) => (one.ok ? -1 : 1))).toMatchObject([
      { ok: true, value: { id: lock.id } },
      { ok: false, failure: { kind: 'ILLEGAL_STATE', state: 'ENDED' } },
    ]);
    expect(await prisma.auditEvent.count({ where: { action: 'RISK_LOCK_RELEASED' } })).toBe(1);
    expect(await seen()).toMatchObject([{ holds: false, releasedAt: nine }]);
    expect((await place(first())).ok).toBe(true);
    await lost(499, new Date(nine.getTime() + 60_000));
    expect((await place(first())).ok).toBe(true);
    await lost(1, new Date(nine.getTime() + 120_000));
    expect(await place(first())).toMatchObject({ failure: { actual: '500' } });
  });

  test('after three losses in a row wait for the time to cool down', async () => {
    await limit('USER', world.userId, {
      maxConsecutiveLosses: new Decimal(3),
      lossCoolDownMinutes: 15,
    });
    const minutes = (count: number): Date => new Date(nine.getTime() + count * 60_000);
    await lost(10, minutes(1));
    await trade({ exitAt: minutes(2), exitPrice: 101, grossPnl: 100, exitReason: 'RULE' });
    await lost(10, minutes(3));
    await lost(10, minutes(4));
    await clockAt(minutes(6));
    expect((await place(first())).ok).toBe(true);
    await lost(10, minutes(5));
    expect(await place(portfolioIds[1] ?? '')).toMatchObject({
      failure: { code: 'MAX_CONSECUTIVE_LOSSES', scope: 'USER', limit: '3', actual: '3' },
    });
    await clockAt(minutes(20));
    expect((await place(first())).ok).toBe(true);
  });

  test('measure the drawdown from the highest result', async () => {
    await limit('PORTFOLIO', first(), { maxDrawdown: new Decimal(300) });
    await trade({ exitAt: nine, exitPrice: 103, grossPnl: 300, exitReason: 'RULE' });
    await lost(200, new Date(nine.getTime() + 1000));
    expect((await place(first())).ok).toBe(true);
    await lost(100, new Date(nine.getTime() + 2000));
    expect(await place(first())).toMatchObject({
      failure: { code: 'MAX_DRAWDOWN', limit: '300', actual: '300' },
    });
  });

  test('take of a reversal only what exceeds the position', async () => {
    await hold();
    await limit('PORTFOLIO', first(), { maxOrderQuantity: new Decimal(50) });
    expect((await place(first(), 'SELL', 150)).ok).toBe(true);
    await limit('PORTFOLIO', first(), { maxTotalExposure: new Decimal(14_750) });
    // 10,000 are held at entry and 50 of the reversal are on their way at 95.
    expect(await place(first(), 'SELL', 1)).toMatchObject({
      failure: { code: 'MAX_TOTAL_EXPOSURE', limit: '14750', actual: '14845' },
    });
  });
});
