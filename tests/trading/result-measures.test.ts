import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Prisma } from '@nandax/adapters/prisma/generated/client.ts';
import { LimitsWorld, minutes, nine } from '../kit/limits-world.ts';
import { testTools } from '../setup/accounts.ts';

describe('what a result limit is held against', () => {
  let limits: LimitsWorld;

  beforeAll(async () => {
    limits = await LimitsWorld.create();
  });

  afterAll(() => limits.close());

  beforeEach(() => limits.reset());

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

  /** What the one trade got when the day began. */
  const given = async (
    action: Pick<Prisma.CorporateActionUncheckedCreateInput, 'kind' | 'unitsAfter' | 'cashPerUnit'>,
    got: { readonly unitsBefore: number; readonly unitsAfter: number; readonly cash: number },
  ) => {
    const { feedId, instrumentId, prisma } = limits;
    const { id: tradeId, portfolioId, runId } = await prisma.trade.findFirstOrThrow();
    await prisma.corporateAction.deleteMany();
    await prisma.corporateAction.create({
      data: {
        ...action,
        id: testTools.ids.uuid(),
        instrumentId,
        exDate: new Date('2019-07-09T00:00:00Z'),
        source: 'this story',
        createdAt: nine,
        entitlements: {
          create: {
            ...got,
            tradeId,
            portfolioId: portfolioId ?? '',
            runId,
            feedId,
            instrumentId,
            appliedAt: new Date('2019-07-09T09:15:00+05:30'),
            createdAt: nine,
          },
        },
      },
    });
  };

  test.each([
    ['a holder gets', 'LONG', 100, [90.01, 90]],
    ['a short seller pays', 'SHORT', -100, [99.99, 100]],
  ] as const)(
    'counts the dividend that %s, of the day and of all days',
    async (_who, direction, units, [nearly, reached]) => {
      // From 97 of the evening, less a dividend of two, five rupees are lost on each unit.
      const maxDailyLoss = new Decimal(500);
      // Since 100 three more of a holder; a seller had gained them.
      const maxDrawdown = new Decimal(direction === 'LONG' ? 800 : 200);
      await limits.limit('PORTFOLIO', limits.first, { maxDailyLoss });
      await limits.limit('USER', limits.world.userId, { maxDrawdown });
      await limits.hold({ direction, entryAt: new Date('2019-07-08T10:00:00+05:30') });
      await markAt97(new Date('2019-07-08T15:30:00+05:30'));
      const got = { unitsBefore: units, unitsAfter: units, cash: 2 * units };
      await given({ kind: 'DIVIDEND', cashPerUnit: 2 }, got);
      await limits.lastPrice(nearly);
      await limits.minuteEnds();
      expect(await limits.locks()).toEqual([]);
      await limits.lastPrice(reached);
      await limits.minuteEnds();
      const found = (await limits.locks()).map(({ kind, actual }) => [kind, actual.toFixed()]);
      expect(found.toSorted()).toEqual([
        ['MAX_DAILY_LOSS', '500'],
        ['MAX_DRAWDOWN', maxDrawdown.toFixed()],
      ]);
    },
  );

  test('sees no loss where a share became two overnight', async () => {
    await limits.limit('PORTFOLIO', limits.first, { maxDailyLoss: new Decimal(500) });
    const entryAt = new Date('2019-07-08T10:00:00+05:30');
    await limits.hold({ entryAt, quantity: 200, entryPrice: 50 });
    await markAt97(new Date('2019-07-08T15:30:00+05:30'));
    await given({ kind: 'SPLIT', unitsAfter: 2 }, { unitsBefore: 100, unitsAfter: 200, cash: 0 });
    await limits.lastPrice(46.01);
    await limits.minuteEnds();
    expect(await limits.locks()).toEqual([]);
    await limits.lastPrice(46);
    await limits.minuteEnds();
    expect((await limits.locks()).map(({ actual }) => actual.toString())).toEqual(['500']);
  });

  test('measures what was held overnight from the close before, and only the day’s own charges', async () => {
    await limits.limit('PORTFOLIO', limits.first, { maxDailyLoss: new Decimal(500) });
    const yesterday = new Date('2019-07-08T10:00:00+05:30');
    await limits.hold({ entryAt: yesterday, brokerage: 400 });
    const time = new Date('2019-07-08T15:30:00+05:30');
    await markAt97(time);
    // 300 were lost yesterday, 200 have been today.
    await limits.minuteEnds();
    expect(await limits.locks()).toEqual([]);
    await limits.lastPrice(92);
    await limits.minuteEnds();
    expect(await limits.locks()).toMatchObject([{ kind: 'MAX_DAILY_LOSS' }]);
    expect((await limits.locks())[0]?.actual.toString()).toBe('500');
  });

  test('after a release locks again only for what is lost from there, an open position included', async () => {
    await limits.limit('PORTFOLIO', limits.first, {
      maxDailyLoss: new Decimal(500),
      maxDrawdown: new Decimal(500),
    });
    await limits.hold();
    await limits.minuteEnds();
    expect((await limits.locks()).map(({ kind }) => kind).toSorted()).toEqual([
      'MAX_DAILY_LOSS',
      'MAX_DRAWDOWN',
    ]);
    await limits.clockAt(minutes(1));
    expect((await limits.release()).ok).toBe(true);
    expect((await limits.release()).ok).toBe(true);
    await limits.minuteEnds();
    await limits.lastPrice(90.01);
    await limits.minuteEnds();
    expect(await limits.locks()).toHaveLength(2);
    await limits.lastPrice(90);
    await limits.minuteEnds();
    expect(
      (await limits.locks())
        .slice(2)
        .map(({ kind, actual }) => `${kind} ${actual.toString()}`)
        .toSorted(),
    ).toEqual(['MAX_DAILY_LOSS 500', 'MAX_DRAWDOWN 500']);
  });

  test('takes the drawdown from the highest that what is open stood at', async () => {
    await limits.limit('PORTFOLIO', limits.first, { maxDrawdown: new Decimal(1_000) });
    await limits.hold();
    // Ten rupees above the entry of a hundred, and back to nothing.
    await limits.lastPrice(110);
    await limits.minuteEnds();
    await limits.lastPrice(105);
    await limits.minuteEnds();
    await limits.lastPrice(100.01);
    await limits.minuteEnds();
    expect(await limits.locks()).toEqual([]);
    await limits.lastPrice(100);
    expect(await limits.place(limits.first)).toMatchObject({
      failure: { code: 'MAX_DRAWDOWN', limit: '1000', actual: '1000' },
    });
  });

  test('has no drawdown where one leg of a hedge gained what the other stands to lose', async () => {
    await limits.limit('PORTFOLIO', limits.first, { maxDrawdown: new Decimal(1_000) });
    await limits.hold();
    await limits.lastPrice(90);
    await limits.lost(-1_000);
    await limits.minuteEnds();
    expect(await limits.locks()).toEqual([]);
    await limits.lastPrice(80.01);
    await limits.minuteEnds();
    expect(await limits.locks()).toEqual([]);
    await limits.lastPrice(80);
    await limits.minuteEnds();
    expect((await limits.locks()).map(({ actual }) => actual.toString())).toEqual(['1000']);
  });
});
