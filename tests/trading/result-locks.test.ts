import { Decimal } from 'decimal.js';
import { lockReachedLimits } from '@nandax/app/risk/lock-limits.ts';
import { releaseRiskLock } from '@nandax/app/risk/release-risk-lock.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LimitsWorld, nine } from '../kit/limits-world.ts';
import { testActor, testTools } from '../setup/accounts.ts';

describe('a result limit that is reached while nobody orders', () => {
  let limits: LimitsWorld;

  beforeAll(async () => {
    limits = await LimitsWorld.create();
  });

  afterAll(() => limits.close());

  beforeEach(() => limits.reset());

  const minutes = (count: number): Date => new Date(nine.getTime() + count * 60_000);

  const minuteEnds = () => lockReachedLimits(limits.world.ports, limits.feedId);

  const locks = () => limits.prisma.riskLock.findMany({ orderBy: { createdAt: 'asc' } });

  const told = async () => {
    const notifications = await limits.prisma.notification.findMany({
      orderBy: { createdAt: 'asc' },
    });
    return notifications.map(({ userId, title, body }) => ({ userId, title, body }));
  };

  const release = async () => {
    const [lock] = await limits.prisma.riskLock.findMany({ where: { releasedAt: null } });
    return releaseRiskLock(limits.world.ports, {
      actor: testActor(limits.world.userId),
      administrates: false,
      lockId: lock?.id ?? '',
    });
  };

  test('locks when the minute ends, and the user is told once, however often it ends', async () => {
    await limits.limit('PORTFOLIO', limits.first, { maxDailyLoss: new Decimal(500) });
    await limits.hold();
    await minuteEnds();
    expect(await locks()).toMatchObject([
      { scope: 'PORTFOLIO', kind: 'MAX_DAILY_LOSS', lockedAt: nine, releasedAt: null },
    ]);
    await limits.lastPrice(120);
    await Promise.all([minuteEnds(), minuteEnds(), minuteEnds()]);
    expect(await locks()).toHaveLength(1);
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

  test('is one lock for all who find it at once, the door among them', async () => {
    await limits.limit('USER', limits.world.userId, { maxDailyLoss: new Decimal(500) });
    await limits.lost(600);
    const answers = await Promise.all([
      minuteEnds(),
      limits.place(limits.first),
      minuteEnds(),
      limits.place(limits.portfolioIds[1] ?? ''),
      minuteEnds(),
    ]);
    expect(answers.filter((answer) => typeof answer === 'object' && answer.ok)).toEqual([]);
    await minuteEnds();
    expect(await locks()).toHaveLength(1);
    expect(await told()).toHaveLength(1);
  });

  test('of the installation is told to its administrators', async () => {
    await limits.prisma.user.update({
      where: { id: limits.world.userId },
      data: { role: 'ADMIN' },
    });
    await limits.limit('PLATFORM', 'platform', { maxDrawdown: new Decimal(100) });
    await limits.lost(150);
    await minuteEnds();
    expect(await told()).toMatchObject([
      {
        userId: limits.world.userId,
        title: 'Drawdown limit reached',
        body: 'The whole installation: 150.00 rupees below the highest result, where 100.00 lock. Nothing opens a position until the lock is released. Exits and cancels still pass.',
      },
    ]);
  });

  /** The close before, at which a hundred were worth 97 rupees each. */
  const markAt97 = async (time: Date) => {
    const { first: portfolioId, feedId, instrumentId } = limits;
    await limits.prisma.portfolioSnapshot.create({
      data: {
        portfolioId,
        feedId,
        time,
        cash: 0,
        equity: 9_700,
        realisedPnl: 0,
        unrealisedPnl: -300,
        charges: 400,
        marks: { create: { instrumentId, quantity: 100, price: 97, value: 9_700 } },
      },
    });
  };

  test('sees no loss where a share became two overnight', async () => {
    await limits.limit('PORTFOLIO', limits.first, { maxDailyLoss: new Decimal(500) });
    const entryAt = new Date('2019-07-08T10:00:00+05:30');
    await limits.hold({ entryAt, quantity: 200, entryPrice: 50 });
    await markAt97(new Date('2019-07-08T15:30:00+05:30'));
    const { first: portfolioId, feedId, instrumentId, prisma } = limits;
    const { id: tradeId } = await prisma.trade.findFirstOrThrow();
    const exDate = new Date('2019-07-09T00:00:00Z');
    await prisma.corporateAction.create({
      data: {
        id: testTools.ids.uuid(),
        instrumentId,
        kind: 'SPLIT',
        exDate,
        unitsAfter: 2,
        source: 'this story',
        createdAt: nine,
        entitlements: {
          create: {
            tradeId,
            portfolioId,
            feedId,
            instrumentId,
            unitsBefore: 100,
            unitsAfter: 200,
            cash: 0,
            appliedAt: new Date('2019-07-09T09:15:00+05:30'),
            createdAt: nine,
          },
        },
      },
    });
    await limits.lastPrice(46.01);
    await minuteEnds();
    expect(await locks()).toEqual([]);
    await limits.lastPrice(46);
    await minuteEnds();
    expect((await locks()).map(({ actual }) => actual.toString())).toEqual(['500']);
  });

  test('measures what was held overnight from the close before, and only the day’s own charges', async () => {
    await limits.limit('PORTFOLIO', limits.first, { maxDailyLoss: new Decimal(500) });
    const yesterday = new Date('2019-07-08T10:00:00+05:30');
    await limits.hold({ entryAt: yesterday, brokerage: 400 });
    const time = new Date('2019-07-08T15:30:00+05:30');
    await markAt97(time);
    // 300 were lost yesterday, 200 have been today.
    await minuteEnds();
    expect(await locks()).toEqual([]);
    await limits.lastPrice(92);
    await minuteEnds();
    expect(await locks()).toMatchObject([{ kind: 'MAX_DAILY_LOSS' }]);
    expect((await locks())[0]?.actual.toString()).toBe('500');
  });

  test('after a release locks again only for what is lost from there, an open position included', async () => {
    await limits.limit('PORTFOLIO', limits.first, {
      maxDailyLoss: new Decimal(500),
      maxDrawdown: new Decimal(500),
    });
    await limits.hold();
    await minuteEnds();
    expect((await locks()).map(({ kind }) => kind).toSorted()).toEqual([
      'MAX_DAILY_LOSS',
      'MAX_DRAWDOWN',
    ]);
    await limits.clockAt(minutes(1));
    expect((await release()).ok).toBe(true);
    expect((await release()).ok).toBe(true);
    await minuteEnds();
    await limits.lastPrice(90.01);
    await minuteEnds();
    expect(await locks()).toHaveLength(2);
    await limits.lastPrice(90);
    await minuteEnds();
    expect(
      (await locks())
        .slice(2)
        .map(({ kind, actual }) => `${kind} ${actual.toString()}`)
        .toSorted(),
    ).toEqual(['MAX_DAILY_LOSS 500', 'MAX_DRAWDOWN 500']);
  });

  test('locks for losses in a row until they have cooled down, and again for the next one', async () => {
    await limits.limit('USER', limits.world.userId, {
      maxConsecutiveLosses: new Decimal(2),
      lossCoolDownMinutes: 15,
    });
    await limits.lost(1, minutes(1));
    await limits.lost(1, minutes(2));
    await limits.clockAt(minutes(3));
    await minuteEnds();
    await limits.clockAt(minutes(17));
    await minuteEnds();
    expect(await locks()).toMatchObject([{ endsAt: minutes(17) }]);
    expect((await limits.place(limits.first)).ok).toBe(true);
    await limits.lost(1, minutes(18));
    await limits.clockAt(minutes(19));
    await minuteEnds();
    expect((await locks()).map(({ endsAt }) => endsAt)).toEqual([minutes(17), minutes(33)]);
  });
});
