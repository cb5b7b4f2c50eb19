import { afterEach, beforeEach, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import type { Side } from '@nandax/core/order/order-terms.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { importCorporateActions } from '@nandax/app/corporate/import-corporate-actions.ts';
import { foldOrder } from '@nandax/app/orders/apply-broker-update.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { previewOrder } from '@nandax/app/orders/preview-request.ts';
import { accountOf } from '@nandax/app/portfolios/account-of.ts';
import { closeLiveDays } from '@nandax/app/portfolios/close-live-days.ts';
import { closeTradingDays } from '@nandax/app/portfolios/close-trading-days.ts';
import { holdingsOf } from '@nandax/app/portfolios/holdings-of.ts';
import { performanceOf } from '@nandax/app/portfolios/performance-of.ts';
import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import { lockReachedLimits } from '@nandax/app/risk/lock-limits.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { noLimits } from '@nandax/core/risk/risk-limits.ts';
import { materialOfPortfolio } from '@nandax/adapters/prisma/reads/portfolio-material.ts';
import { portfolioReads } from '@nandax/adapters/prisma/reads/portfolio-reads.ts';
import { packCandles } from '@nandax/adapters/prisma/packed-columns.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

const header = 'exchange,symbol,kind,ex_date,ratio,amount,fraction_price,source';

let world: TradingWorld;
let instrumentId: string;
let now: Date;
let orders = 0;

beforeEach(async () => {
  world = await createTradingWorld();
  instrumentId = await world.instrument('YESBANK');
  // The stories are older than their world.
  await world.database.prisma.portfolio.updateMany({ data: { createdAt: new Date(0) } });
});
afterEach(() => world.close());

const ports = () => ({ ...world.ports, clock: { now: () => now } });

const importFile = (...lines: string[]) =>
  importCorporateActions(world.ports, {
    fileName: 'actions.csv',
    content: [header, ...lines].join('\n'),
  });

/** The market is live, follows the wall clock and has this last price. */
async function liveMarket(): Promise<string> {
  const feedId = world.ports.ids.uuid();
  await world.database.prisma.feed.create({ data: { id: feedId, kind: 'LIVE' } });
  now = new Date('2026-11-18T09:00:00+05:30');
  await world.ports.store.transaction((rows) =>
    rows.feeds.bindPortfolio(world.portfolioId, feedId, now),
  );
  return feedId;
}

async function market(feedId: string, time: string, lastPrice: number): Promise<void> {
  now = new Date(`${time}+05:30`);
  const { prisma } = world.database;
  await prisma.feed.update({ where: { id: feedId }, data: { marketTime: now } });
  await prisma.quote.upsert({
    where: { feedId_instrumentId: { feedId, instrumentId } },
    create: { feedId, instrumentId, lastPrice, time: now },
    update: { lastPrice, time: now },
  });
}

async function trade(feedId: string, time: string, side: Side, quantity: number, price: number) {
  await market(feedId, time, price);
  orders += 1;
  const placed = await placeOrder(ports(), {
    actor: testActor(world.userId),
    idempotencyKey: `order ${orders}`,
    portfolioId: world.portfolioId,
    instrumentId,
    ...plainTerms,
    side,
    type: 'MARKET',
    product: 'CNC',
    quantity: new Decimal(quantity),
  });
  if (!placed.ok) return placed.failure;
  const { id, clientOrderId } = placed.value;
  await foldOrder(ports(), clientOrderId, () => [
    { type: 'SUBMITTED' },
    { type: 'ACCEPTED', brokerOrderId: id },
    {
      type: 'EXECUTED',
      tradeId: id,
      quantity: new Decimal(quantity),
      price: new Decimal(price),
      time: now.getTime(),
    },
  ]);
  return null;
}

async function account() {
  const reads = portfolioReads(world.database.prisma);
  const id = world.portfolioId;
  const [figures, positions, accrued, lots] = await Promise.all([
    reads.figuresOfPortfolio([id]),
    reads.positionsOfPortfolio([id]),
    reads.accruedChargesOfPortfolio([id]),
    reads.deliveryLotsOfPortfolio([id]),
  ]);
  const held = positions.get(id) ?? [];
  const calendars = new Map([['NSE' as const, await world.ports.history.calendar('NSE')]]);
  const [holding] = holdingsOf(held, lots.get(id) ?? [], calendars);
  const money = accountOf(figures.get(id) ?? null, held, accrued.get(id) ?? null);
  return { ...money, holding };
}

const openLots = () =>
  world.database.prisma.trade.findMany({
    where: { status: 'OPEN' },
    orderBy: { entryAt: 'asc' },
  });

/** What each account holds; they sum to nothing. */
async function ledger() {
  const sums = await world.database.prisma.ledgerEntry.groupBy({
    by: ['account'],
    _sum: { amount: true },
  });
  const balances = Object.fromEntries(sums.map((row) => [row.account, Number(row._sum.amount)]));
  const total = sums.reduce((sum, row) => sum.plus(String(row._sum.amount)), new Decimal(0));
  expect(total.toFixed(2)).toBe('0.00');
  return balances;
}

test('a file is imported whole or not at all, and again without effect', async () => {
  const good = 'NSE,YESBANK,DIVIDEND,2026-11-20,,2.5,,notice 1';
  expect(await importFile(good, 'NSE,NOBODY,SPLIT,2026-11-20,2:1,,,notice 2')).toEqual({
    ok: false,
    failure: {
      kind: 'INVALID_FILE',
      fileName: 'actions.csv',
      failures: [
        {
          line: 3,
          column: 2,
          columnName: 'symbol',
          value: 'NOBODY',
          expected: 'an instrument of NSE that is known',
        },
      ],
    },
  });
  expect(await world.database.prisma.corporateAction.count()).toBe(0);
  expect(await importFile(good)).toEqual({ ok: true, value: { imported: 1, known: 0 } });
  expect(await importFile(good)).toEqual({ ok: true, value: { imported: 0, known: 1 } });
  const other = 'NSE,YESBANK,DIVIDEND,2026-11-20,,3,,notice 1';
  expect(await importFile(other)).toMatchObject({
    failure: {
      failures: [{ column: 6, value: '3 a unit', expected: '2.5 a unit, as it is known' }],
    },
  });
});

test('on the ex-date lots become more at their cost and a dividend is paid, once, without a gain made up', async () => {
  const feedId = await liveMarket();
  await trade(feedId, '2026-11-18T10:00:00', 'BUY', 3, 100.05);
  await trade(feedId, '2026-11-19T10:00:00', 'BUY', 4, 110);
  await market(feedId, '2026-11-19T15:29:00', 120);
  now = new Date('2026-11-19T16:30:00+05:30');
  await closeLiveDays(ports());
  const before = await account();
  const cost = (await ledger())['SECURITIES'];
  expect(cost).toBe(740.15);

  expectOk(
    await importFile(
      'NSE,YESBANK,DIVIDEND,2026-11-20,,2.5,,notice 1',
      // 7 become 21, and 10.5 of them with one for two more: 31 and a half that is paid at 36 a unit.
      'NSE,YESBANK,SPLIT,2026-11-20,3:1,,,notice 2',
      'NSE,YESBANK,BONUS,2026-11-20,1:2,,36,notice 3',
      // Nothing of it is due yet.
      'NSE,YESBANK,DIVIDEND,2026-11-23,,9,,notice 4',
    ),
  );
  await closeLiveDays(ports());
  expect(await openLots()).toHaveLength(2);
  expect((await account()).equity.toFixed(2)).toBe(before.equity.toFixed(2));

  await market(feedId, '2026-11-20T09:15:00', 26);
  await Promise.all([closeLiveDays(ports()), closeLiveDays(ports())]);
  await closeLiveDays(ports());

  const lots = await openLots();
  // The bonus came on the old units: 3 and 4 became 4 and 6, half a unit was paid; then three of each.
  expect(lots.map(({ quantity }) => Number(quantity))).toEqual([12, 18]);
  expect(lots.map(({ quantity, entryPrice }) => Number(quantity) * Number(entryPrice))).toEqual([
    expect.closeTo(300.15, 6),
    expect.closeTo(440, 6),
  ]);
  expect(await ledger()).toMatchObject({ SECURITIES: cost, REALISED_PNL: -35.5 });
  const after = await account();
  // 7 times 2.50, and half of 36.
  expect(after.realisedPnl.toFixed(2)).toBe('35.50');
  expect(after.cash.minus(before.cash).toFixed(2)).toBe('35.50');
  // 30 units at 26 in place of 7 at 120.
  expect(after.unrealisedPnl.toFixed(2)).toBe(new Decimal(780).minus('740.15').toFixed(2));
  expect(after.holding).toMatchObject({ openingQuantity: new Decimal(30) });
  // 4 were bought the day before, and are 18; of 120 a unit of now is 120 / 4.5.
  expect(after.holding?.closePrice?.toFixed(4)).toBe('26.6667');

  const entries = await world.database.prisma.ledgerEntry.findMany({
    where: { kind: { in: ['DIVIDEND', 'CORPORATE_ACTION'] }, account: 'CASH' },
    orderBy: { id: 'asc' },
  });
  expect(
    entries.map(({ kind, amount, description }) => [kind, Number(amount), description]),
  ).toEqual([
    ['DIVIDEND', 17.5, 'Dividend of 2.5 on 7 YESBANK, ex 2026-11-20'],
    ['CORPORATE_ACTION', 18, 'Bonus of 7 YESBANK: 3 for 2, ex 2026-11-20'],
  ]);

  // What is sold is sold in units of now, to the last and no more.
  expect(await trade(feedId, '2026-11-20T10:00:00', 'SELL', 31, 27)).toMatchObject({
    code: 'INSUFFICIENT_HOLDINGS',
    limit: '30',
  });
  await trade(feedId, '2026-11-20T10:00:00', 'SELL', 30, 27);
  // 810 for what cost 740.15.
  expect((await account()).realisedPnl.toFixed(2)).toBe('105.35');
  expect((await ledger())['SECURITIES']).toBe(0);

  // The parts of the result sum to the change of equity.
  now = new Date('2026-11-20T16:30:00+05:30');
  await closeLiveDays(ports());
  const material = (await materialOfPortfolio(world.database.prisma)([world.portfolioId])).get(
    world.portfolioId,
  );
  if (material === undefined) throw new Error('equity must be written down');
  const { history } = world.ports;
  const performance = performanceOf(
    material,
    { from: null, to: null },
    await history.rateCards(),
    await history.calendar('NSE'),
  );
  const gross = performance?.parts.reduce((sum, part) => sum.plus(part.grossPnl), new Decimal(0));
  expect(gross?.toFixed(2)).toBe('105.35');
});

test('the first order or execution of the ex-date finds the books restated, whatever slept', async () => {
  const feedId = await liveMarket();
  await trade(feedId, '2026-11-18T10:00:00', 'BUY', 10, 100);
  expectOk(await importFile('NSE,YESBANK,SPLIT,2026-11-20,2:1,,,notice'));
  expect(await trade(feedId, '2026-11-20T09:15:00', 'SELL', 20, 51)).toBeNull();
  const [closed] = await world.database.prisma.trade.findMany({ where: { status: 'CLOSED' } });
  expect([closed?.quantity, closed?.entryPrice, closed?.grossPnl].map(Number)).toEqual([
    20, 50, 20,
  ]);
  // Bought on the ex-date, and not entitled.
  await trade(feedId, '2026-11-20T10:00:00', 'BUY', 10, 51);
  await closeLiveDays(ports());
  expect((await openLots()).map(({ quantity }) => Number(quantity))).toEqual([10]);
});

/** A loss of 5,000 in the day, or from the highest, locks the portfolio, its user and everybody. */
async function limitLosses() {
  const rupees = new Decimal(5_000);
  const limits = { ...noLimits, maxDailyLoss: rupees, maxDrawdown: rupees };
  await world.ports.store.transaction(async ({ risk }) => {
    for (const scope of [
      { scope: 'PORTFOLIO', scopeId: world.portfolioId },
      { scope: 'USER', scopeId: world.userId },
      { scope: 'PLATFORM', scopeId: 'platform' },
    ] as const) {
      await risk.saveLimits({ ...scope, limits }, new Date());
    }
  });
}

const locks = () => world.database.prisma.riskLock.findMany({ orderBy: { createdAt: 'asc' } });

test('a dividend is no loss: what the price fell by was paid, and only what is lost beyond it locks', async () => {
  await limitLosses();
  const feedId = await liveMarket();
  await trade(feedId, '2026-11-19T10:00:00', 'BUY', 1_000, 100);
  now = new Date('2026-11-19T16:30:00+05:30');
  await closeLiveDays(ports());
  const before = await account();
  expectOk(await importFile('NSE,YESBANK,DIVIDEND,2026-11-20,,10,,notice'));

  await market(feedId, '2026-11-20T09:15:00', 90);
  await closeLiveDays(ports());
  expect((await account()).equity.toFixed(2)).toBe(before.equity.toFixed(2));
  const preview = await previewOrder(ports(), {
    actor: testActor(world.userId),
    portfolioId: world.portfolioId,
    order: {
      instrumentId,
      ...plainTerms,
      side: 'BUY',
      type: 'MARKET',
      product: 'CNC',
      quantity: new Decimal(1),
    },
  });
  expect(expectOk(preview).denial).toBeNull();
  await lockReachedLimits(ports(), feedId);
  expect(await locks()).toEqual([]);
  expect(await trade(feedId, '2026-11-20T09:15:00', 'BUY', 1, 90)).toBeNull();

  // What fell beyond the dividend is lost; the charges of both days are the rest of it.
  await market(feedId, '2026-11-20T10:00:00', 85.2);
  await lockReachedLimits(ports(), feedId);
  expect(await locks()).toEqual([]);
  await market(feedId, '2026-11-20T10:01:00', 85);
  await lockReachedLimits(ports(), feedId);
  expect((await locks()).map(({ scope, kind }) => `${scope} ${kind}`).toSorted()).toEqual([
    'PLATFORM MAX_DAILY_LOSS',
    'PLATFORM MAX_DRAWDOWN',
    'PORTFOLIO MAX_DAILY_LOSS',
    'PORTFOLIO MAX_DRAWDOWN',
    'USER MAX_DAILY_LOSS',
    'USER MAX_DRAWDOWN',
  ]);
});

/** Two minutes of each day at one price, in place of what the dataset holds. */
async function record(prices: Readonly<Record<string, number>>): Promise<void> {
  const { prisma } = world.database;
  const { datasetId } = world;
  await prisma.candleDay.deleteMany({ where: { datasetId } });
  for (const [day, close] of Object.entries(prices)) {
    const column = Float64Array.of(close, close);
    const open = Date.parse(`${day}T09:15:00+05:30`);
    await prisma.candleDay.create({
      data: {
        datasetId,
        instrumentId,
        interval: 'MINUTE',
        tradingDay: new Date(day),
        count: 2,
        columns: packCandles({
          length: 2,
          openTime: Float64Array.of(open, open + 60_000),
          open: column,
          high: column,
          low: column,
          close: column,
          volume: Float64Array.of(5, 7),
        }),
      },
    });
  }
}

test('on a replay the first look of the ex-date finds the dividend paid, though nobody ordered', async () => {
  await limitLosses();
  await record({ '2019-07-09': 100, '2019-07-10': 90 });
  expectOk(await importFile('NSE,YESBANK,DIVIDEND,2019-07-10,,10,,notice'));
  const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-10');
  await world.play(feedId);
  now = new Date();
  // The story's trades are older than the world's clock.
  const followedSince = new Date(0);
  await world.database.prisma.portfolio.updateMany({ data: { feedId, followedSince } });
  const lease = await world.ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(feedId, 'test', now, new Date(now.getTime() + 3_600_000)),
  );
  if (lease === null) throw new Error('the lease must be free');
  const pace = { until: () => Promise.resolve(), paced: false, inStep: true };
  const player = await ReplayPlayer.open(world.ports, lease, new WakeCall());
  await player.playMinute(pace);
  await trade(feedId, '2019-07-09T09:16:00', 'BUY', 1_000, 100);
  await player.playMinute(pace);
  await player.playMinute(pace);
  const [quote] = await world.database.prisma.quote.findMany({ where: { feedId } });
  expect(Number(quote?.lastPrice)).toBe(90);
  expect(await locks()).toEqual([]);
});

test('recorded history is read in the units of today, so that neither replay nor backtest sees a fall', async () => {
  const { prisma } = world.database;
  const { datasetId } = world;
  const { history } = world.ports;
  await record({ '2019-07-09': 120, '2019-07-10': 40, '2019-07-11': 40 });
  expectOk(
    await importFile(
      'NSE,YESBANK,SPLIT,2019-07-10,3:1,,,notice 1',
      'NSE,YESBANK,DIVIDEND,2019-07-10,,6,,notice 2',
    ),
  );
  const [candles] = await history.candles(datasetId, [instrumentId], null, null);
  expect([...(candles?.close ?? [])]).toEqual([40, 40, 40, 40, 40, 40]);
  expect([...(candles?.volume ?? [])]).toEqual([15, 21, 5, 7, 5, 7]);
  const share = { id: instrumentId, exchange: 'NSE' };
  const closes = await history.dailyCloses(datasetId, share, '2019-07-09', '2019-07-11');
  expect(closes.closes).toEqual([40, 40, 40]);

  // A replay trades those units: the split changes nothing of them, and 6 rupees on each of the old are 2.
  const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-11');
  now = new Date();
  await world.ports.store.transaction((rows) =>
    rows.feeds.bindPortfolio(world.portfolioId, feedId, new Date(0)),
  );
  await trade(feedId, '2019-07-09T10:00:00', 'BUY', 30, 40);
  const { portfolioId } = world;
  const closedAt = new Date('2019-07-10T15:30:00+05:30');
  const close = { portfolioId, feedId, throughDay: '2019-07-10', closedAt };
  await closeTradingDays(world.ports, close);
  await closeTradingDays(world.ports, close);
  expect((await openLots()).map(({ quantity }) => Number(quantity))).toEqual([30]);
  expect((await account()).realisedPnl.toFixed(2)).toBe('60.00');

  // What its source restated already is left as it is.
  await prisma.dataset.update({ where: { id: datasetId }, data: { adjustment: 'ADJUSTED' } });
  const [asRecorded] = await history.candles(datasetId, [instrumentId], null, null);
  expect([...(asRecorded?.close ?? [])]).toEqual([120, 120, 40, 40, 40, 40]);
});
