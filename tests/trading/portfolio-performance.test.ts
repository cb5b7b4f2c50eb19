import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { plainTerms } from '@nandax/core/order/order.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import {
  attributionOf,
  benchmarkOf,
  correlationsOf,
  type AttributionDimension,
} from '@nandax/app/portfolios/attribute-performance.ts';
import { moveCapital } from '@nandax/app/portfolios/move-capital.ts';
import { performanceOf, type PerformanceRange } from '@nandax/app/portfolios/performance-of.ts';
import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { materialOfPortfolio } from '@nandax/adapters/prisma/reads/portfolio-material.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, rupees, type TradingWorld } from '../kit/trading-world.ts';

/**
 * Three days of YESBANK: 100 shares are bought on the first at 94.65, 10,000 rupees are paid in on the
 * second, and on the third the shares are sold at 94.45. It closes at 92.25, 93.25 and 93.30.
 */
describe('the performance of a portfolio', () => {
  let world: TradingWorld;
  let notes: Decimal[];

  beforeAll(async () => {
    world = await createTradingWorld();
    const replayId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-11');
    await world.play(replayId);
    const lease = await world.ports.store.transaction(({ feeds }) =>
      feeds.acquireLease(replayId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
    );
    if (lease === null) throw new Error('the lease must be free');
    const player = await ReplayPlayer.open(world.ports, lease, new WakeCall());
    const pace = { until: () => Promise.resolve(), paced: false, inStep: true };
    const playTo = async (time: string) => {
      while ((player.nextTime ?? Infinity) < Date.parse(`${time}+05:30`)) {
        await player.playMinute(pace);
      }
    };
    const trade = async (side: 'BUY' | 'SELL') => {
      const order = await placeOrder(world.ports, {
        actor: testActor(world.userId),
        idempotencyKey: side,
        portfolioId: world.portfolioId,
        instrumentId: await world.instrument('YESBANK'),
        ...plainTerms,
        side,
        type: 'MARKET',
        product: 'CNC',
        quantity: new Decimal(100),
      });
      await submitOrder(world.ports, expectOk(order).id);
    };
    await playTo('2019-07-09T09:16:00');
    await trade('BUY');
    await playTo('2019-07-10T12:00:00');
    const paidIn = await moveCapital(world.ports, {
      actor: testActor(world.userId),
      idempotencyKey: 'salary',
      portfolioId: world.portfolioId,
      kind: 'DEPOSIT',
      amount: new Decimal(10_000),
    });
    expectOk(paidIn);
    await playTo('2019-07-11T09:16:00');
    await trade('SELL');
    await playTo('2019-07-12T00:00:00');
    await player.finish();
    const written = await world.database.prisma.contractNote.findMany({
      orderBy: { tradingDay: 'asc' },
    });
    notes = written.map(({ total }) => new Decimal(String(total)));
  });

  afterAll(() => world.close());

  async function performance(range: PerformanceRange = { from: null, to: null }) {
    const { portfolioId, ports, database } = world;
    const material = (await materialOfPortfolio(database.prisma)([portfolioId])).get(portfolioId);
    if (material === undefined) throw new Error('days must be written down');
    const [cards, calendar] = [
      await ports.history.rateCards(),
      await ports.history.calendar('NSE'),
    ];
    const found = performanceOf(material, range, cards, calendar);
    if (found === null) throw new Error('the range must hold a day');
    return found;
  }

  test('is that of its equity, and money paid in is no return', async () => {
    const whole = await performance();
    const [bought, sold] = notes;
    if (bought === undefined || sold === undefined) throw new Error('two days have notes');
    const first = new Decimal(1_000_000 - 9_465 + 9_225).minus(bought);
    const second = first.plus(10_000 + 100);
    const third = new Decimal(1_010_000 - 9_465 + 9_445).minus(bought).minus(sold);
    expect([...whole.equity.equity]).toEqual([first, second, third].map(Number));
    expect([whole.initialEquity, whole.finalEquity, whole.flow].map(rupees)).toEqual([
      '1000000.00',
      rupees(third),
      '10000.00',
    ]);
    const growth = first
      .dividedBy(1_000_000)
      .times(second.dividedBy(first.plus(10_000)))
      .times(third.dividedBy(second));
    expect(whole.figures.roiPercent).toBeCloseTo(growth.minus(1).times(100).toNumber(), 9);
    expect(whole.figures).toMatchObject({ totalTrades: 1, winningTrades: 0, winRate: 0 });
    expect(rupees(whole.figures.grossPnl)).toBe('-20.00');
    expect(rupees(whole.figures.charges.total)).toBe(rupees(bought.plus(sold)));
    // From 09:16 of the first day to 09:16 of the third: 374 + 375 + 1 of 1125 minutes.
    expect(whole.figures.exposurePercent).toBeCloseTo((750 / 1125) * 100, 2);
  });

  test.each<AttributionDimension>(['DAY', 'MONTH', 'STRATEGY', 'AGENT', 'INSTRUMENT'])(
    'by %s sums to the whole to the paisa',
    async (by) => {
      const whole = await performance();
      const parts = attributionOf(whole, by);
      const change = whole.finalEquity.minus(whole.initialEquity).minus(whole.flow);
      expect(rupees(Decimal.sum(...parts.map(({ netPnl }) => netPnl)))).toBe(rupees(change));
      const { netPnl, openPnl } = whole.figures;
      expect(rupees(netPnl.plus(openPnl))).toBe(rupees(change));
      expect(parts.reduce((sum, { trades }) => sum + trades, 0)).toBe(1);
    },
  );

  test('gives each day what it earned, also to one without trades', async () => {
    const days = attributionOf(await performance(), 'DAY');
    expect(days.map(({ key, grossPnl }) => [key, rupees(grossPnl)])).toEqual([
      ['2019-07-09', '-240.00'],
      ['2019-07-10', '100.00'],
      ['2019-07-11', '120.00'],
    ]);
    expect(days.map(({ charges }) => rupees(charges))).toEqual([
      rupees(notes[0] ?? 0),
      '0.00',
      rupees(notes[1] ?? 0),
    ]);
  });

  test('over a range begins with the equity before it', async () => {
    const whole = await performance();
    const later = await performance({ from: Date.parse('2019-07-11T00:00:00+05:30'), to: null });
    expect(later.initialEquity.toNumber()).toBe(whole.equity.equity[1]);
    expect(later.daily.days).toEqual(['2019-07-11']);
    expect(later.figures).toMatchObject({ totalTrades: 1, sharpeRatio: null });
    const earlier = await performance({ from: null, to: Date.parse('2019-07-10T16:00:00+05:30') });
    expect(earlier.figures).toMatchObject({ totalTrades: 0, winRate: null });
  });

  test('is held against an instrument of the recording, over days that both have', async () => {
    const whole = await performance();
    const closes = await world.ports.history.dailyCloses(
      world.datasetId,
      { id: await world.instrument('YESBANK'), exchange: 'NSE' },
      '2019-07-09',
      '2019-07-11',
    );
    expect(closes).toEqual({
      days: ['2019-07-09', '2019-07-10', '2019-07-11'],
      closes: [92.25, 93.25, 93.3],
    });
    // Two returns each: their line has the slope of their differences.
    const { beta, correlation } = benchmarkOf(whole, closes);
    const [, second = 0, third = 0] = whole.daily.returns;
    const slope = (third - second) / (93.3 / 93.25 - 93.25 / 92.25);
    expect(beta).toBeCloseTo(slope, 9);
    expect(correlation).toBeCloseTo(Math.sign(slope), 9);
    expect(correlationsOf(whole, 'INSTRUMENT')).toEqual([]);
  });
});
