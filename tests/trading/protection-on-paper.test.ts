import { afterEach, beforeEach, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { sendCancel, sendModification } from '@nandax/app/orders/change-at-broker.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { placeBracket } from '@nandax/app/protection/place-bracket.ts';
import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

let world: TradingWorld;
let instrumentId: string;
let player: ReplayPlayer;
// Not in step: nobody works off the queue but this test.
const pace = { until: () => Promise.resolve(), paced: false, inStep: false };

/** The simulated exchange from 15:10 of 9 July 2019 on, its first minute played. */
beforeEach(async () => {
  world = await createTradingWorld();
  const { ports, database } = world;
  instrumentId = await world.instrument('YESBANK');
  const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-10');
  await database.prisma.replaySession.update({
    where: { id: feedId },
    data: { rangeFrom: new Date('2019-07-09T15:10:00+05:30') },
  });
  await world.play(feedId);
  const lease = await ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(feedId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
  );
  if (lease === null) throw new Error('the lease must be free');
  player = await ReplayPlayer.open(ports, lease, new WakeCall());
  await player.playMinute(pace);
});

afterEach(() => world.close());

/** What the queue's workers do. */
async function send(): Promise<void> {
  const waiting = await world.database.prisma.order.findMany({
    where: { status: { in: ['INITIALIZED', 'MODIFY_PENDING', 'CANCEL_PENDING'] } },
    orderBy: { id: 'asc' },
  });
  for (const { id, status } of waiting) {
    if (status === 'INITIALIZED') await submitOrder(world.ports, id);
    else if (status === 'MODIFY_PENDING') await sendModification(world.ports, id);
    else await sendCancel(world.ports, id);
  }
  if (waiting.length > 0) await send();
}

async function playMinutes(most = Infinity): Promise<void> {
  for (let played = 0; played < most && player.nextTime !== null; played += 1) {
    await player.playMinute(pace);
    await send();
  }
}

/** 100 units at the market, 91.10 a unit as it comes. */
async function bracket(stopPrice: number, targetPrice: number, product: 'MIS' | 'CNC' = 'MIS') {
  const placed = await placeBracket(world.ports, {
    ...plainTerms,
    actor: testActor(world.userId),
    idempotencyKey: 'bracket',
    portfolioId: world.portfolioId,
    instrumentId,
    side: 'BUY',
    type: 'MARKET',
    product,
    quantity: new Decimal(100),
    stopPrice: new Decimal(stopPrice),
    targetPrice: new Decimal(targetPrice),
  });
  expectOk(placed);
  await send();
}

/** All orders in short, oldest first: `USER MARKET FILLED 91.10`. */
async function orders(): Promise<readonly string[]> {
  const found = await world.database.prisma.order.findMany({ orderBy: { id: 'asc' } });
  return found.map(({ source, type, status, averagePrice }) =>
    [source, type, status, ...(averagePrice === null ? [] : [averagePrice.toFixed(2)])].join(' '),
  );
}

const held = async () => {
  const positions = await world.ports.store.read(({ portfolios }) =>
    portfolios.positions(world.portfolioId),
  );
  return positions.map(({ buyQuantity, sellQuantity }) => Number(buyQuantity.minus(sellQuantity)));
};

test('a bracket leaves by its stop when the price trades there', async () => {
  await bracket(90.9, 95);
  await playMinutes(8);
  expect(await orders()).toEqual(['USER MARKET FILLED 91.10', 'PROTECTIVE_STOP SL_M FILLED 90.90']);
  expect(await held()).toEqual([0]);
  const { prisma } = world.database;
  expect(await prisma.protection.findFirst()).toMatchObject({ status: 'ENDED' });
  // 100 units that lose 0.20 each.
  const trade = await prisma.trade.findFirstOrThrow();
  expect(trade.grossPnl?.toFixed(2)).toBe('-20.00');
  expect(trade.exitReason).toBe('STOP_LOSS');
});

test('the simulated exchange takes a cover order, whose stop leaves when the price trades there', async () => {
  const placed = await placeOrder(world.ports, {
    ...plainTerms,
    actor: testActor(world.userId),
    idempotencyKey: 'cover',
    portfolioId: world.portfolioId,
    instrumentId,
    side: 'BUY',
    type: 'MARKET',
    product: 'MIS',
    variety: 'CO',
    quantity: new Decimal(100),
    triggerPrice: new Decimal(90.9),
  });
  expectOk(placed);
  await send();
  await playMinutes(8);
  expect(await orders()).toEqual(['USER MARKET FILLED 91.10', 'PROTECTIVE_STOP SL_M FILLED 90.90']);
  expect(await held()).toEqual([0]);
});

test('a stop makes way for the square-off, which sells once, and does not come again', async () => {
  await bracket(88, 95);
  await playMinutes();
  await player.finish();
  expect(await orders()).toEqual([
    'USER MARKET FILLED 91.10',
    'PROTECTIVE_STOP SL_M CANCELLED',
    'SQUARE_OFF MARKET FILLED 91.45',
  ]);
  expect(await held()).toEqual([0]);
  expect(await world.database.prisma.protection.findFirst()).toMatchObject({
    status: 'REMOVED',
    endReason: 'Its position is squared off.',
  });
});

test('a stop of a delivery position lapses with its day and rests again on the next', async () => {
  await bracket(80, 120, 'CNC');
  await playMinutes(18);
  expect(await orders()).toEqual(['USER MARKET FILLED 91.10', 'PROTECTIVE_STOP SL_M ACCEPTED']);
  await playMinutes(3);
  expect(await orders()).toEqual([
    'USER MARKET FILLED 91.10',
    'PROTECTIVE_STOP SL_M CANCELLED',
    'PROTECTIVE_STOP SL_M ACCEPTED',
  ]);
  const again = await world.database.prisma.order.findFirstOrThrow({ orderBy: { id: 'desc' } });
  expect(again.marketTime.toISOString()).toMatch(/^2019-07-10/);
  expect(await held()).toEqual([100]);
});
