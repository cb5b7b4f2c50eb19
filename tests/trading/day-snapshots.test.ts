import { afterEach, beforeEach, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { plainTerms } from '@nandax/core/order/order.ts';
import { foldOrder } from '@nandax/app/orders/apply-broker-update.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { closeLiveDays } from '@nandax/app/portfolios/close-live-days.ts';
import { createPortfolio } from '@nandax/app/portfolios/create-portfolio.ts';
import { moveCapital } from '@nandax/app/portfolios/move-capital.ts';
import type { FeedLease } from '@nandax/app/ports/feeds.ts';
import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import { testActor, testTools } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, rupees, type TradingWorld } from '../kit/trading-world.ts';

let world: TradingWorld;

beforeEach(async () => {
  world = await createTradingWorld();
});
afterEach(() => world.close());

const buy = async (idempotencyKey: string) =>
  expectOk(
    await placeOrder(world.ports, {
      actor: testActor(world.userId),
      idempotencyKey,
      portfolioId: world.portfolioId,
      instrumentId: await world.instrument('YESBANK'),
      ...plainTerms,
      side: 'BUY',
      type: 'MARKET',
      product: 'CNC',
      quantity: new Decimal(100),
    }),
  );

const snapshots = (portfolioId = world.portfolioId) =>
  world.database.prisma.portfolioSnapshot.findMany({
    where: { portfolioId },
    orderBy: { time: 'asc' },
    include: { marks: true },
  });

test('every day on which the market was open has its equity, and a day played twice writes nothing', async () => {
  const { prisma } = world.database;
  // The bank's shares did not trade on the second of three days; the market was open.
  await prisma.candleDay.deleteMany({ where: { tradingDay: new Date('2019-07-10') } });
  const replayId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-11');
  await world.play(replayId);
  const lease: FeedLease | null = await world.ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(replayId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
  );
  if (lease === null) throw new Error('the lease must be free');
  const pace = { until: () => Promise.resolve(), paced: false, inStep: true };
  const open = () => ReplayPlayer.open(world.ports, lease, new WakeCall());

  let player = await open();
  await player.playMinute(pace);
  const { id } = await buy('first day');
  await submitOrder(world.ports, id);
  while (new Date(player.nextTime ?? 0) < new Date('2019-07-11T09:15:00+05:30')) {
    await player.playMinute(pace);
  }
  const cursor = (await prisma.replaySession.findUniqueOrThrow({ where: { id: replayId } })).cursor;
  await player.playMinute(pace);

  const order = await prisma.order.findUniqueOrThrow({ where: { id } });
  const days = await snapshots();
  expect(days.map(({ time }) => time.toISOString())).toEqual([
    '2019-07-09T10:00:00.000Z',
    '2019-07-10T10:00:00.000Z',
  ]);
  const [first, second] = days;
  if (first === undefined || second === undefined) throw new Error('two days must be written');
  const [mark] = first.marks;
  const paid = new Decimal(String(order.averagePrice)).times(100);
  // 1,000,000 less the price and the day's contract note, and 100 shares at the last price.
  const note = await prisma.contractNote.findFirstOrThrow();
  const cash = new Decimal(1_000_000).minus(paid).minus(String(note.total));
  expect(rupees(first.cash)).toBe(rupees(cash));
  expect(rupees(first.equity)).toBe(rupees(cash.plus(String(mark?.value))));
  expect([rupees(mark?.quantity ?? 0), rupees(mark?.price ?? 0)]).toEqual(['100.00', '92.25']);
  expect(rupees(first.unrealisedPnl)).toBe(rupees(new Decimal(9225).minus(paid)));
  expect(rupees(second.equity)).toBe(rupees(first.equity));

  // The process died before the cursor was stored; the next owner plays the end of the day again.
  await prisma.replaySession.update({ where: { id: replayId }, data: { cursor } });
  player = await open();
  await player.playMinute(pace);
  expect(await snapshots()).toEqual(days);
  expect(await prisma.contractNote.count()).toBe(1);
});

test('nights of a live market are made up for, once, with the books of their day', async () => {
  const { prisma } = world.database;
  const feedId = world.ports.ids.uuid();
  await prisma.feed.create({ data: { id: feedId, kind: 'LIVE' } });
  const instrumentId = await world.instrument('YESBANK');
  await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 95, time: new Date() } });
  let now = new Date('2026-11-19T10:00:00+05:30');
  const ports = { ...world.ports, clock: { now: () => now } };
  const actor = testActor(world.userId);
  const accounts = accountStore(prisma, testTools);
  const { id: portfolioId } = expectOk(
    await createPortfolio(
      { ...ports, accounts },
      { actor, name: 'Live market', initialCapital: new Decimal(1_000_000) },
    ),
  );
  await ports.store.transaction((rows) => rows.feeds.bindPortfolio(portfolioId, feedId, now));
  const fill = async (key: string, time: string) => {
    now = new Date(time);
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime: now } });
    const order = expectOk(
      await placeOrder(ports, {
        actor,
        idempotencyKey: key,
        portfolioId,
        instrumentId,
        ...plainTerms,
        side: 'BUY',
        type: 'MARKET',
        product: 'CNC',
        quantity: new Decimal(10),
      }),
    );
    const { id, clientOrderId, quantity } = order;
    await foldOrder(ports, clientOrderId, () => [
      { type: 'SUBMITTED' },
      { type: 'ACCEPTED', brokerOrderId: id },
      { type: 'EXECUTED', tradeId: id, quantity, price: new Decimal(90), time: now.getTime() },
    ]);
  };

  await fill('thursday', '2026-11-19T11:00:00+05:30');
  // Post-close trading goes on until 16:00, so that the day has not ended before.
  now = new Date('2026-11-19T15:59:59+05:30');
  expect(await closeLiveDays(ports)).toBe(0);
  expect(await snapshots(portfolioId)).toEqual([]);

  // Nobody worked that night, nor on Friday's; on Monday more is bought and paid in.
  await fill('monday', '2026-11-23T10:00:00+05:30');
  const amount = new Decimal(1000);
  expectOk(
    await moveCapital(ports, { actor, idempotencyKey: 'x', portfolioId, kind: 'DEPOSIT', amount }),
  );
  now = new Date('2026-11-23T10:30:00+05:30');
  await Promise.all([closeLiveDays(ports), closeLiveDays(ports)]);
  const written = await snapshots(portfolioId);
  expect(written.map(({ time }) => time.toISOString())).toEqual([
    '2026-11-19T10:30:00.000Z',
    '2026-11-20T10:30:00.000Z',
  ]);
  for (const day of written) {
    // 10 shares bought at 90 stand at 95. Tax of 0.90 and stamp duty of 0.14 round to 1 and 0 rupees;
    // 2.8 and 0.1 paise of fees and the tax on them to 3, 0 and 1 paise.
    expect(day.marks.map(({ quantity }) => rupees(quantity))).toEqual(['10.00']);
    expect(rupees(day.cash)).toBe(rupees(new Decimal(999_100).minus(String(day.charges))));
    expect(rupees(day.equity)).toBe(rupees(new Decimal(String(day.cash)).plus(950)));
    expect(rupees(day.unrealisedPnl)).toBe('50.00');
  }
  expect(written.map(({ charges }) => rupees(charges))).toEqual(['1.04', '1.04']);

  now = new Date('2026-11-23T16:00:00+05:30');
  expect(await closeLiveDays(ports)).toBe(1);
  expect(await closeLiveDays(ports)).toBe(0);
  const all = await snapshots(portfolioId);
  expect(all.slice(0, 2)).toEqual(written);
  expect(all).toHaveLength(3);
  // Two times 900 paid for shares, 1,000 paid in.
  const { cash, charges } = all[2] ?? { cash: 0, charges: 0 };
  expect(rupees(cash)).toBe(rupees(new Decimal(999_200).minus(String(charges))));
});
