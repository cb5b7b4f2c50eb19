import { wholeModelOf } from '@nandax/core/exchange/fill-model.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { placeGtt } from '@nandax/app/gtt/place-gtt.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { FeedLease } from '@nandax/app/ports/feeds.ts';
import { resetPortfolio } from '@nandax/app/portfolios/reset-portfolio.ts';
import { setProtectiveStop } from '@nandax/app/protection/set-protective-stop.ts';
import { endReplay } from '@nandax/app/replay/end-replay.ts';
import { PaperExchange } from '@nandax/app/replay/paper-exchange.ts';
import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import { restartReplay } from '@nandax/app/replay/restart-replay.ts';
import { stopReplay } from '@nandax/app/replay/stop-replay.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

let world: TradingWorld;
let replayId: string;
let lease: FeedLease;

beforeEach(async () => {
  world = await createTradingWorld();
  replayId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
  await world.play(replayId);
  const taken = await world.ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(replayId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
  );
  if (taken === null) throw new Error('the lease must be free');
  lease = taken;
});

afterEach(() => world.close());

const written = async (side: 'BUY' | 'SELL'): Promise<string> => {
  const order = await placeOrder(world.ports, {
    actor: testActor(world.userId),
    idempotencyKey: world.ports.ids.uuid(),
    portfolioId: world.portfolioId,
    instrumentId: await world.instrument('YESBANK'),
    side,
    ...plainTerms,
    type: 'MARKET',
    product: 'MIS',
    quantity: new Decimal(100),
  });
  return expectOk(order).id;
};
const sent = async (side: 'BUY' | 'SELL'): Promise<string> => {
  const id = await written(side);
  await submitOrder(world.ports, id);
  return id;
};
const orderOf = (id: string) => world.database.prisma.order.findUniqueOrThrow({ where: { id } });
const balance = (account: 'CHARGES') =>
  world.ports.store.read(({ portfolios }) => portfolios.balance(world.portfolioId, account));
const pace = { until: () => Promise.resolve(), paced: false, inStep: true };

test('an agent starts on a replay whose owner is storing its minute, and both go on', async () => {
  const { store } = world.ports;
  const strategyId = await world.strategy(
    'capital_per_trade 10000\nlong entry when close > 0\nlong exit when close < 0',
    'ONE_MINUTE',
    ['YESBANK'],
  );
  const owned = new WakeCall();
  const locked = new WakeCall();
  const marketTime = new Date('2019-07-09T09:16:00+05:30');

  const stored = store.transaction(async ({ feeds }) => {
    await feeds.assertLease(lease);
    owned.call();
    await locked.wait(10_000);
    return feeds.advance(lease, { marketTime, quotes: [], droppedTicks: 0 });
  });
  const started = store.transaction(async (rows) => {
    await owned.wait(10_000);
    await rows.feeds.lockReplay(replayId, world.userId);
    locked.call();
    const version = await rows.runs.latestVersion(strategyId, world.userId);
    await rows.feeds.bindPortfolio(world.portfolioId, replayId, new Date());
    const now = new Date();
    await rows.runs.insertRun({
      id: world.ports.ids.uuid(),
      userId: world.userId,
      kind: 'PAPER',
      status: 'RUNNING',
      strategyVersionId: version?.id ?? '',
      agentId: null,
      portfolioId: world.portfolioId,
      feedId: replayId,
      datasetId: world.datasetId,
      initialCapital: await rows.portfolios.balance(world.portfolioId, 'CASH'),
      fillModel: wholeModelOf({}),
      rangeFrom: null,
      rangeTo: null,
      failureReason: null,
      createdAt: now,
      startedAt: now,
      endedAt: null,
    });
  });

  const outcomes = await Promise.allSettled([stored, started]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
});

test('a replay stopped in the middle of a day leaves no order behind and has its charges noted', async () => {
  const player = await ReplayPlayer.open(world.ports, lease, new WakeCall());
  await player.playMinute(pace);
  await sent('BUY');
  await player.playMinute(pace);
  await sent('SELL');
  await player.playMinute(pace);
  const resting = await sent('BUY');
  const unsent = await written('BUY');
  expect((await balance('CHARGES')).toFixed(2)).toBe('0.00');

  const reference = { userId: world.userId, replaySessionId: replayId };
  expectOk(await stopReplay(world.ports, reference));
  // Its job comes after the end.
  await submitOrder(world.ports, unsent);
  // The owner has not heard of the stop and plays on.
  await player.playMinute(pace);

  expect(await orderOf(resting)).toMatchObject({ status: 'CANCELLED' });
  expect(await orderOf(unsent)).toMatchObject({
    status: 'REJECTED',
    statusMessage: 'The replay has ended.',
  });
  const notes = await world.database.prisma.contractNote.findMany();
  expect(notes).toMatchObject([{ tradingDay: new Date('2019-07-09T00:00:00Z') }]);
  const charges = await balance('CHARGES');
  expect(charges.greaterThan(0)).toBe(true);
  expect(charges.toFixed(2)).toBe(notes[0]?.total.toFixed(2));

  // Flat and without orders, the portfolio follows the replay when it is played again.
  const again = expectOk(await restartReplay(world.ports, reference));
  const portfolio = { id: world.portfolioId };
  expect(
    await world.database.prisma.portfolio.findUniqueOrThrow({ where: portfolio }),
  ).toMatchObject({ feedId: again.id });
});

test('what a replay left at its end is booked out by a reset, and the portfolio trades on another', async () => {
  const { ports, portfolioId, userId } = world;
  const { prisma } = world.database;
  const actor = testActor(userId);
  const instrumentId = await world.instrument('YESBANK');
  await prisma.replaySession.update({
    where: { id: replayId },
    data: { rangeTo: new Date('2019-07-09T09:20:00+05:30') },
  });
  const player = await ReplayPlayer.open(ports, lease, new WakeCall());
  await player.playMinute(pace);
  await sent('BUY');
  await player.playMinute(pace);
  // What stands beside the position when the end comes: a stop, a GTT, an order that rests.
  const place = { actor, portfolioId, instrumentId };
  expectOk(
    await setProtectiveStop(ports, {
      ...place,
      product: 'MIS',
      stopPrice: new Decimal(80),
      stopPercent: null,
      targetPrice: null,
    }),
  );
  const leg = { triggerPrice: new Decimal(80), price: new Decimal(80), quantity: new Decimal(1) };
  const gtt = { side: 'BUY', product: 'CNC', legs: [leg] } as const;
  expectOk(await placeGtt(ports, { ...place, ...gtt, idempotencyKey: 'a gtt' }));
  const reset = () =>
    resetPortfolio(ports, {
      actor,
      idempotencyKey: 'anew',
      portfolioId,
      initialCapital: new Decimal(500_000),
    });
  expect(await reset()).toMatchObject({ failure: { state: 'ORDERS_WORKING' } });
  while (player.nextTime !== null) await player.playMinute(pace);
  await player.finish();
  await endReplay(ports, lease);
  expect(await prisma.replaySession.findUniqueOrThrow({ where: { id: replayId } })).toMatchObject({
    state: 'FINISHED',
  });
  const held = async () =>
    (await prisma.position.findMany()).map(({ buyQuantity, sellQuantity }) =>
      Number(buyQuantity.minus(sellQuantity)),
    );
  expect(await held()).toEqual([100]);
  // Its market stays closed: the position cannot be left any more, only booked out.
  await expect(sent('SELL')).rejects.toThrow('MARKET_CLOSED');

  expectOk(await reset());
  expectOk(await reset());
  expect(await held()).toEqual([0]);
  const cash = () => ports.store.read(({ portfolios }) => portfolios.balance(portfolioId, 'CASH'));
  expect((await cash()).toFixed(2)).toBe('500000.00');
  expect(await prisma.trade.count({ where: { status: 'OPEN' } })).toBe(0);
  expect(await prisma.protection.count({ where: { status: 'ACTIVE' } })).toBe(0);
  expect(await prisma.gtt.count({ where: { status: 'ACTIVE' } })).toBe(0);

  // Flat again, it follows the next replay and trades there with what it began anew with.
  const nextId = await world.replay(['YESBANK'], '2019-07-10', '2019-07-10');
  await world.play(nextId);
  const next = await ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(nextId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
  );
  if (next === null) throw new Error('the lease must be free');
  const player2 = await ReplayPlayer.open(ports, next, new WakeCall());
  await player2.playMinute(pace);
  const bought = await sent('BUY');
  await player2.playMinute(pace);
  expect(await orderOf(bought)).toMatchObject({ status: 'FILLED', feedId: nextId });
  expect(await held()).toEqual([100]);
  const { executedAt } = await prisma.fill.findFirstOrThrow({ where: { orderId: bought } });
  expect(executedAt.toISOString().slice(0, 10)).toBe('2019-07-10');
  expect((await cash()).lessThan(500_000)).toBe(true);
});

test('an order that came after the last tick of a session ends with that session', async () => {
  const player = await ReplayPlayer.open(world.ports, lease, new WakeCall());
  await player.playMinute(pace);
  const late = await sent('BUY');
  const exchange = new PaperExchange(world.ports, lease, [], { origin: 'TICKS' });
  await exchange.closeSession(Date.parse('2019-07-09T15:30:00+05:30'));
  expect(await orderOf(late)).toMatchObject({ status: 'CANCELLED' });
});
