import { Decimal } from 'decimal.js';
import { resetPortfolio } from '@nandax/app/portfolios/reset-portfolio.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LimitsWorld, minutes, nine } from '../kit/limits-world.ts';
import { expectOk } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

describe('a result limit that is reached while nobody orders', () => {
  let limits: LimitsWorld;

  beforeAll(async () => {
    limits = await LimitsWorld.create();
  });

  afterAll(() => limits.close());

  beforeEach(() => limits.reset());

  const told = async () => {
    const notifications = await limits.prisma.notification.findMany({
      orderBy: { createdAt: 'asc' },
    });
    return notifications.map(({ userId, title, body }) => ({ userId, title, body }));
  };

  test('locks when the minute ends, and the user is told once, however often it ends', async () => {
    await limits.limit('PORTFOLIO', limits.first, { maxDailyLoss: new Decimal(500) });
    await limits.hold();
    await limits.minuteEnds();
    expect(await limits.locks()).toMatchObject([
      { scope: 'PORTFOLIO', kind: 'MAX_DAILY_LOSS', lockedAt: nine, releasedAt: null },
    ]);
    await limits.lastPrice(120);
    await Promise.all([limits.minuteEnds(), limits.minuteEnds(), limits.minuteEnds()]);
    expect(await limits.locks()).toHaveLength(1);
    const { name } = await limits.prisma.portfolio.findUniqueOrThrow({
      where: { id: limits.first },
    });
    expect(await told()).toEqual([
      {
        userId: limits.world.userId,
        title: 'Daily loss limit reached',
        body: `Portfolio ${name}: a loss of 500.00 rupees today, where 500.00 lock. Nothing opens a position until the next trading day. Exits and cancels still pass.`,
      },
    ]);
    expect(await limits.place(limits.first)).toMatchObject({
      failure: { code: 'MAX_DAILY_LOSS', limit: '500', actual: '500' },
    });
    expect((await limits.place(limits.first, 'SELL', 100)).ok).toBe(true);
  });

  test('outlives the limit: without any limit on results the lock still holds', async () => {
    await limits.limit('PORTFOLIO', limits.first, { maxDailyLoss: new Decimal(500) });
    await limits.lost(600);
    await limits.minuteEnds();
    await limits.limit('PORTFOLIO', limits.first, {});
    const end = new Date('2019-07-10T00:00:00+05:30');
    expect(await limits.place(limits.first)).toMatchObject({
      failure: { code: 'MAX_DAILY_LOSS', limit: '500', actual: '600', until: end.toISOString() },
    });
    await limits.clockAt(minutes(1));
    expect((await limits.release()).ok).toBe(true);
    expect((await limits.place(limits.first)).ok).toBe(true);
  });

  test('is one lock for all who find it at once, the door among them', async () => {
    await limits.limit('USER', limits.world.userId, { maxDailyLoss: new Decimal(500) });
    await limits.lost(600);
    const answers = await Promise.all([
      limits.minuteEnds(),
      limits.place(limits.first),
      limits.minuteEnds(),
      limits.place(limits.portfolioIds[1] ?? ''),
      limits.minuteEnds(),
    ]);
    expect(answers.filter((answer) => typeof answer === 'object' && answer.ok)).toEqual([]);
    await limits.minuteEnds();
    expect(await limits.locks()).toHaveLength(1);
    expect(await told()).toHaveLength(1);
  });

  test('of the installation is told to its administrators', async () => {
    await limits.prisma.user.update({
      where: { id: limits.world.userId },
      data: { role: 'ADMIN' },
    });
    await limits.limit('PLATFORM', 'platform', { maxDrawdown: new Decimal(100) });
    await limits.lost(150);
    await limits.minuteEnds();
    expect(await told()).toMatchObject([
      {
        userId: limits.world.userId,
        title: 'Drawdown limit reached',
        body: 'The whole installation: 150.00 rupees below the highest result, where 100.00 lock. Nothing opens a position until the lock is released. Exits and cancels still pass.',
      },
    ]);
  });

  test('of a portfolio begins anew with its reset; its locks, and what its user lost, do not', async () => {
    const { first, world } = limits;
    const results = {
      maxDailyLoss: new Decimal(500),
      maxDrawdown: new Decimal(700),
      maxConsecutiveLosses: new Decimal(3),
    };
    await limits.limit('PORTFOLIO', first, results);
    await limits.limit('USER', world.userId, { maxDailyLoss: new Decimal(1_000) });
    await limits.lost(300);
    await limits.lost(300);
    await limits.minuteEnds();
    expect(await limits.locks()).toMatchObject([{ scope: 'PORTFOLIO', kind: 'MAX_DAILY_LOSS' }]);
    expectOk(
      await resetPortfolio(world.ports, {
        actor: testActor(world.userId),
        idempotencyKey: 'anew',
        portfolioId: first,
        initialCapital: new Decimal(1_000_000),
      }),
    );
    expect(await limits.place(first)).toMatchObject({ failure: { code: 'MAX_DAILY_LOSS' } });
    await limits.clockAt(minutes(1));
    expect((await limits.release()).ok).toBe(true);
    // Of the portfolio nothing is lost yet; its user has lost 600 of 1,000.
    const lostSince = (rupees: number, minute: number) =>
      limits.trade({
        exitAt: minutes(minute),
        exitPrice: 100 - rupees / 100,
        grossPnl: -rupees,
        exitReason: 'RULE',
        createdAt: new Date(),
      });
    await lostSince(399, 2);
    await limits.minuteEnds();
    expect(await limits.locks()).toHaveLength(1);
    await lostSince(1, 3);
    await limits.minuteEnds();
    expect((await limits.locks()).slice(1)).toMatchObject([
      { scope: 'USER', kind: 'MAX_DAILY_LOSS' },
    ]);
    await lostSince(100, 4);
    await limits.minuteEnds();
    const reached = (await limits.locks()).slice(2).map(({ scope, kind }) => `${scope} ${kind}`);
    expect(reached.toSorted()).toEqual([
      'PORTFOLIO MAX_CONSECUTIVE_LOSSES',
      'PORTFOLIO MAX_DAILY_LOSS',
    ]);
    await limits.prisma.portfolio.update({ where: { id: first }, data: { epochStartedAt: null } });
  });

  test.each([
    ['loss', 'MAX_DAILY_LOSS', -500, 'MAX_DAILY_PROFIT'],
    ['profit', 'MAX_DAILY_PROFIT', 500, 'MAX_DAILY_LOSS'],
  ] as const)(
    'of the day’s %s is released by itself: the other way counts from the day’s start',
    async (_name, reached, pnl, other) => {
      await limits.limit('PORTFOLIO', limits.first, {
        maxDailyLoss: new Decimal(500),
        maxDailyProfit: new Decimal(500),
      });
      const trade = (rupees: number, minute: number) => limits.lost(-rupees, minutes(minute));
      const kinds = async () => {
        await limits.minuteEnds();
        return (await limits.locks()).map(({ kind, actual }) => `${kind} ${actual.toString()}`);
      };
      await trade(pnl, 0);
      expect(await kinds()).toEqual([`${reached} 500`]);
      await limits.clockAt(minutes(1));
      expect((await limits.release()).ok).toBe(true);
      // Back to nothing: half a thousand from the release, but neither gained nor lost in the day.
      await trade(-pnl, 1);
      expect(await kinds()).toEqual([`${reached} 500`]);
      await trade(-pnl, 2);
      expect(await kinds()).toEqual([`${reached} 500`, `${other} 500`]);
    },
  );

  test('locks for losses in a row until they have cooled down, and again for the next one', async () => {
    await limits.limit('USER', limits.world.userId, {
      maxConsecutiveLosses: new Decimal(2),
      lossCoolDownMinutes: 15,
    });
    await limits.lost(1, minutes(1));
    await limits.lost(1, minutes(2));
    await limits.clockAt(minutes(3));
    await limits.minuteEnds();
    await limits.clockAt(minutes(17));
    await limits.minuteEnds();
    expect(await limits.locks()).toMatchObject([{ endsAt: minutes(17) }]);
    expect((await limits.place(limits.first)).ok).toBe(true);
    await limits.lost(1, minutes(18));
    await limits.clockAt(minutes(19));
    await limits.minuteEnds();
    expect((await limits.locks()).map(({ endsAt }) => endsAt)).toEqual([minutes(17), minutes(33)]);
  });
});
