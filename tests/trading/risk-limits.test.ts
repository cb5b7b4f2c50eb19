import { Decimal } from 'decimal.js';
import { releaseRiskLock } from '@nandax/app/risk/release-risk-lock.ts';
import { lockReachedLimits } from '@nandax/app/risk/lock-limits.ts';
import { setRiskLimits } from '@nandax/app/risk/set-risk-limits.ts';
import { listReads } from '@nandax/adapters/prisma/reads/list-reads.ts';
import { noLimits, type RiskLimits } from '@nandax/core/risk/risk-limits.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LimitsWorld, nine } from '../kit/limits-world.ts';
import { expectOk } from '../kit/trading-world.ts';
import { testActor, testTools } from '../setup/accounts.ts';

describe('limits at the door', () => {
  let limits: LimitsWorld;

  beforeAll(async () => {
    limits = await LimitsWorld.create();
  });

  afterAll(() => limits.close());

  beforeEach(() => limits.reset());

  /** Says the first portfolio's limits as its owner does. */
  const set = async (said: RiskLimits) =>
    expectOk(
      await setRiskLimits(limits.world.ports, {
        actor: testActor(limits.world.userId),
        administrates: false,
        scope: 'PORTFOLIO',
        scopeId: limits.first,
        limits: said,
      }),
    );

  const storm = async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        limits.place(limits.portfolioIds[index % limits.portfolioIds.length] ?? ''),
      ),
    );
    return {
      admitted: answers.filter(({ ok }) => ok).length,
      denials: answers.flatMap((answer) => (answer.ok ? [] : [answer.failure])),
    };
  };

  test('admit ten of two hundred orders in four portfolios where the user may send ten a day', async () => {
    await limits.limit('USER', limits.world.userId, { maxOrdersPerDay: new Decimal(10) });
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
    const { prisma } = limits;
    const counter = await prisma.riskCounter.findFirstOrThrow({ where: { span: 'DAY' } });
    expect(counter).toMatchObject({ scope: 'USER', scopeId: limits.world.userId, count: 10 });
    const stored = await prisma.order.groupBy({ by: ['status'], _count: true });
    expect(new Map(stored.map(({ status, _count }) => [status, _count]))).toEqual(
      new Map([
        ['INITIALIZED', 10],
        ['DENIED', 190],
      ]),
    );
  });

  test('admit ten of two hundred where ten of them are all the user may have in the market', async () => {
    await limits.limit('USER', limits.world.userId, { maxTotalExposure: new Decimal(95_000) });
    const { admitted, denials } = await storm();
    expect(admitted).toBe(10);
    expect(denials[0]).toMatchObject({
      code: 'MAX_TOTAL_EXPOSURE',
      scope: 'USER',
      limit: '95000',
      actual: '104500',
    });
  });

  test('that allow no instrument let nothing be opened, and are read back as they were set', async () => {
    const { first, prisma, world } = limits;
    const allowing = async (allowedInstrumentIds: readonly string[] | null) => {
      await set({ ...noLimits, allowedInstrumentIds });
      const page = { first: 10, after: null, filter: null };
      const pages = await listReads(prisma).page('riskLimitsOfUser', [world.userId], page);
      const views = (pages.get(world.userId)?.rows ?? []).map(({ view }) => view);
      const stored = await world.ports.store.read(({ risk }) =>
        risk.findLimits({ scope: 'PORTFOLIO', scopeId: first }),
      );
      expect(stored?.allowedInstrumentIds).toEqual(allowedInstrumentIds);
      expect(views).toMatchObject([{ allowedInstrumentIds }]);
      return limits.place(first);
    };
    expect(await allowing([])).toMatchObject({
      failure: { code: 'INSTRUMENT_NOT_ALLOWED', scope: 'PORTFOLIO' },
    });
    expect((await allowing([limits.instrumentId])).ok).toBe(true);
    expect((await allowing(null)).ok).toBe(true);
  });

  test('count the orders of the day from its start, also where they are set in its midst', async () => {
    await limits.place(limits.first);
    await limits.place(limits.first);
    await limits.place(limits.portfolioIds[1] ?? '');
    // One that is denied has not passed.
    expect((await limits.place(limits.first, 'BUY', 100_000)).ok).toBe(false);
    await set({ ...noLimits, maxOrdersPerDay: new Decimal(3) });
    expect((await limits.place(limits.first)).ok).toBe(true);
    expect(await limits.place(limits.first)).toMatchObject({
      failure: { code: 'MAX_ORDERS_PER_DAY', limit: '3', actual: '4' },
    });
    // Taken away and set again, it has seen what passed between.
    await set(noLimits);
    await limits.place(limits.first);
    await set({ ...noLimits, maxOrdersPerDay: new Decimal(5) });
    expect((await limits.place(limits.first)).ok).toBe(true);
    expect(await limits.place(limits.first)).toMatchObject({
      failure: { code: 'MAX_ORDERS_PER_DAY', limit: '5', actual: '6' },
    });
  });

  test('count positions of all portfolios for the user, and one’s own for a portfolio', async () => {
    await limits.limit('USER', limits.world.userId, { maxOpenPositions: new Decimal(2) });
    await limits.limit('PORTFOLIO', limits.first, { maxOpenPositions: new Decimal(1) });
    const outcomes = [];
    for (const id of limits.portfolioIds) outcomes.push((await limits.place(id)).ok);
    expect(outcomes).toEqual([true, true, false, false]);
    // More of what is on its way is no new position.
    expect((await limits.place(limits.first)).ok).toBe(true);
  });

  test('stay shut after the day’s loss though the price recovers, and let exits through', async () => {
    const { prisma } = limits;
    await limits.limit('PORTFOLIO', limits.first, { maxDailyLoss: new Decimal(500) });
    await limits.lost(400);
    await limits.hold();
    await limits.lastPrice(99.5);
    expect((await limits.place(limits.first)).ok).toBe(true);
    await limits.lastPrice(98);
    expect(await limits.place(limits.first)).toMatchObject({
      ok: false,
      failure: { code: 'MAX_DAILY_LOSS', scope: 'PORTFOLIO', limit: '500', actual: '600' },
    });
    expect(await prisma.riskLock.findMany()).toMatchObject([
      { scope: 'PORTFOLIO', scopeId: limits.first, kind: 'MAX_DAILY_LOSS', releasedAt: null },
    ]);

    await limits.lastPrice(120);
    expect(await limits.place(limits.first)).toMatchObject({
      ok: false,
      failure: { code: 'MAX_DAILY_LOSS', limit: '500', actual: '600' },
    });
    expect(await prisma.riskLock.count()).toBe(1);
    expect((await limits.place(limits.first, 'SELL', 100)).ok).toBe(true);
    // Another portfolio of the user is not concerned, and the next day starts anew.
    expect((await limits.place(limits.portfolioIds[1] ?? '')).ok).toBe(true);
    await limits.clockAt(new Date('2019-07-10T09:20:00+05:30'));
    expect((await limits.place(limits.first)).ok).toBe(true);
  });

  test('after a release count the loss anew', async () => {
    const { prisma } = limits;
    await limits.limit('PORTFOLIO', limits.first, { maxDailyLoss: new Decimal(500) });
    await limits.lost(600);
    expect((await limits.place(limits.first)).ok).toBe(false);
    const lock = await prisma.riskLock.findFirstOrThrow();
    const release = (userId: string) =>
      releaseRiskLock(limits.world.ports, {
        actor: testActor(userId),
        administrates: false,
        lockId: lock.id,
      });
    const seen = async () => {
      const lists = listReads(prisma);
      const window = { first: 10, after: null, filter: null };
      const pages = await lists.page('riskLocksOfUser', [limits.world.userId], window);
      return (pages.get(limits.world.userId)?.rows ?? []).map(({ view }) => view);
    };
    expect(await release(testTools.ids.uuid())).toMatchObject({ failure: { kind: 'NOT_FOUND' } });
    expect(await seen()).toMatchObject([
      { id: lock.id, ownerId: limits.world.userId, holds: true, kind: 'MAX_DAILY_LOSS' },
    ]);
    const answers = await Promise.all([release(limits.world.userId), release(limits.world.userId)]);
    expect(answers.toSorted((one) => (one.ok ? -1 : 1))).toMatchObject([
      { ok: true, value: { id: lock.id } },
      { ok: false, failure: { kind: 'ILLEGAL_STATE', state: 'ENDED' } },
    ]);
    expect(await prisma.auditEvent.count({ where: { action: 'RISK_LOCK_RELEASED' } })).toBe(1);
    expect(await seen()).toMatchObject([{ holds: false, releasedAt: nine }]);
    expect((await limits.place(limits.first)).ok).toBe(true);
    await limits.lost(499, new Date(nine.getTime() + 60_000));
    expect((await limits.place(limits.first)).ok).toBe(true);
    await limits.lost(1, new Date(nine.getTime() + 120_000));
    expect(await limits.place(limits.first)).toMatchObject({ failure: { actual: '500' } });
  });

  test('after three losses in a row wait for the time to cool down', async () => {
    await limits.limit('USER', limits.world.userId, {
      maxConsecutiveLosses: new Decimal(3),
      lossCoolDownMinutes: 15,
    });
    const minutes = (count: number): Date => new Date(nine.getTime() + count * 60_000);
    await limits.lost(10, minutes(1));
    await limits.trade({ exitAt: minutes(2), exitPrice: 101, grossPnl: 100, exitReason: 'RULE' });
    await limits.lost(10, minutes(3));
    await limits.lost(10, minutes(4));
    await limits.clockAt(minutes(6));
    expect((await limits.place(limits.first)).ok).toBe(true);
    await limits.lost(10, minutes(5));
    expect(await limits.place(limits.portfolioIds[1] ?? '')).toMatchObject({
      failure: { code: 'MAX_CONSECUTIVE_LOSSES', scope: 'USER', limit: '3', actual: '3' },
    });
    await limits.clockAt(minutes(20));
    expect((await limits.place(limits.first)).ok).toBe(true);
  });

  test('measure the drawdown from the highest result', async () => {
    await limits.limit('PORTFOLIO', limits.first, { maxDrawdown: new Decimal(300) });
    await limits.trade({ exitAt: nine, exitPrice: 103, grossPnl: 300, exitReason: 'RULE' });
    await lockReachedLimits(limits.world.ports, limits.feedId);
    await limits.lost(200, new Date(nine.getTime() + 1000));
    expect((await limits.place(limits.first)).ok).toBe(true);
    await limits.lost(100, new Date(nine.getTime() + 2000));
    expect(await limits.place(limits.first)).toMatchObject({
      failure: { code: 'MAX_DRAWDOWN', limit: '300', actual: '300' },
    });
  });

  test('take of a reversal only what exceeds the position', async () => {
    await limits.hold();
    await limits.limit('PORTFOLIO', limits.first, { maxOrderQuantity: new Decimal(50) });
    expect((await limits.place(limits.first, 'SELL', 150)).ok).toBe(true);
    await limits.limit('PORTFOLIO', limits.first, { maxTotalExposure: new Decimal(14_750) });
    // 10,000 are held at entry and 50 of the reversal are on their way at 95.
    expect(await limits.place(limits.first, 'SELL', 1)).toMatchObject({
      failure: { code: 'MAX_TOTAL_EXPOSURE', limit: '14750', actual: '14845' },
    });
  });
});
