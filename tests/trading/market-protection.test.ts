import { afterAll, beforeAll, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { marketDataStore } from '@nandax/adapters/prisma/market-data/market-data-store.ts';
import { threadHistoryReader } from '@nandax/adapters/threads/thread-history-reader.ts';
import { importHistory } from '@nandax/app/market-data/import-history.ts';
import { modifyOrder } from '@nandax/app/orders/modify-order.ts';
import { sendModification } from '@nandax/app/orders/change-at-broker.ts';
import { placeOrder, type PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { createReplay } from '@nandax/app/replay/create-replay.ts';
import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import type { FeedLease } from '@nandax/app/ports/feeds.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

/** A share that jumps: one trade a minute, and an open 10 % above the close of the day before. */
const recording = `timestamp,ltp,volume
2021-04-12 09:15:00,100,10
2021-04-12 09:16:00,120,20
2021-04-12 09:17:00,100.5,30
2021-04-12 09:17:30,120,40
2021-04-12 09:18:00,150,50
2021-04-12 09:19:00,121,60
2021-04-12 09:20:00,150,70
2021-04-13 09:15:00,165,10
2021-04-13 09:16:00,151,20
2021-04-13 09:17:00,130,30
2021-04-13 09:18:00,139,40
2021-04-13 09:19:00,139,50
2021-04-13 09:20:00,150,60
`;

let world: TradingWorld;
let instrumentId: string;
let feedId: string;
let lease: FeedLease;
let player: ReplayPlayer;
let number = 0;

beforeAll(async () => {
  world = await createTradingWorld();
  const { prisma } = world.database;
  const { clock, ids, store } = world.ports;
  const imported = expectOk(
    await importHistory(
      { marketData: marketDataStore(prisma), historyFiles: threadHistoryReader, clock, ids },
      {
        userId: world.userId,
        fileName: 'SBIN_ticks.csv',
        content: recording,
        instrument: {
          exchange: 'NSE',
          tradingSymbol: 'SBIN',
          tickSize: new Decimal('0.05'),
          lotSize: 1,
          multiplier: null,
        },
        datasetName: 'Jumps',
      },
    ),
  );
  const session = expectOk(
    await createReplay(world.ports, {
      userId: world.userId,
      name: 'Jumps',
      datasetId: imported.id,
      instrumentIds: [],
      from: null,
      to: null,
      speed: null,
      seed: 0,
    }),
  );
  feedId = session.id;
  [instrumentId] = session.instrumentIds as [string];
  await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
  await world.play(feedId);
  const acquired = await store.transaction(({ feeds }) =>
    feeds.acquireLease(feedId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
  );
  if (acquired === null) throw new Error('the lease must be free');
  lease = acquired;
  player = await ReplayPlayer.open(world.ports, lease, new WakeCall());
});

afterAll(() => world.close());

/** Plays on through the minute of this time of day. */
async function playThrough(time: string): Promise<void> {
  const minute = new Date(`${time}+05:30`).getTime();
  while ((player.nextTime ?? Infinity) <= minute) {
    await player.playMinute({ until: () => Promise.resolve(), paced: false, inStep: true });
  }
}

async function place(change: Partial<PlaceOrderInput> = {}): Promise<string> {
  number += 1;
  const order = expectOk(
    await placeOrder(world.ports, {
      ...plainTerms,
      actor: testActor(world.userId),
      idempotencyKey: `order ${number}`,
      portfolioId: world.portfolioId,
      instrumentId,
      side: 'BUY',
      type: 'MARKET',
      product: 'CNC',
      quantity: new Decimal(10),
      ...change,
    }),
  );
  await submitOrder(world.ports, order.id);
  return order.id;
}

/** What the exchange holds an order to, and the prices at which it traded. */
async function standing(id: string): Promise<{ limit: string | undefined; fills: string[] }> {
  const { prisma } = world.database;
  const { clientOrderId } = await prisma.order.findUniqueOrThrow({ where: { id } });
  const row = await prisma.simulatedOrder.findUniqueOrThrow({
    where: { clientOrderId },
    include: { executions: true },
  });
  return {
    limit: row.protectionLimit?.toFixed(2),
    fills: row.executions.map(({ price }) => price.toFixed(2)),
  };
}

test('an order at market fills no further from the last price than its protection, whatever comes next', async () => {
  await playThrough('2021-04-12T09:15:00');
  const asked = await place({ marketProtectionPercent: new Decimal(1) });
  await playThrough('2021-04-12T09:16:00');
  // The last price was 100, and the next is 120: it waits as a limit at 101.
  expect(await standing(asked)).toEqual({ limit: '101.00', fills: [] });
  await playThrough('2021-04-12T09:17:00');
  expect(await standing(asked)).toEqual({ limit: '101.00', fills: ['101.00'] });
});

test('one that names no protection has the broker’s, also after its exchange was started again', async () => {
  // The last price is 120: 1 % between 100 and 500 rupees.
  const plain = await place();
  const changed = await place({ type: 'LIMIT', price: new Decimal(90) });
  expect(await standing(changed)).toEqual({ limit: undefined, fills: [] });
  const changes = { type: 'MARKET', price: null } as const;
  expectOk(
    await modifyOrder(world.ports, {
      actor: testActor(world.userId),
      orderId: changed,
      changes,
    }),
  );
  await sendModification(world.ports, changed);
  await playThrough('2021-04-12T09:18:00');
  expect(await standing(plain)).toEqual({ limit: '121.20', fills: [] });
  expect(await standing(changed)).toEqual({ limit: '121.20', fills: [] });
  player = await ReplayPlayer.open(world.ports, lease, new WakeCall());
  await playThrough('2021-04-12T09:19:00');
  expect(await standing(plain)).toEqual({ limit: '121.20', fills: ['121.20'] });
  expect(await standing(changed)).toEqual({ limit: '121.20', fills: ['121.20'] });
});

test('an after-market order waits where the opening price is beyond its protection', async () => {
  await playThrough('2021-04-12T09:20:00');
  await world.database.prisma.feed.update({
    where: { id: feedId },
    data: { marketTime: new Date('2021-04-12T16:30:00+05:30') },
  });
  // 150 was last, the opening price is 165.
  const held = await place({ variety: 'AMO', marketProtectionPercent: new Decimal(1) });
  const free = await place({ variety: 'AMO', marketProtectionPercent: new Decimal(10) });
  await playThrough('2021-04-13T09:15:00');
  expect(await standing(held)).toEqual({ limit: '151.50', fills: [] });
  expect(await standing(free)).toEqual({ limit: '165.00', fills: ['165.00'] });
  await playThrough('2021-04-13T09:16:00');
  expect(await standing(held)).toEqual({ limit: '151.50', fills: ['151.50'] });
});

test('a stop at market is protected from its trigger price', async () => {
  // 1 % below 140 is 138.60, and the next trade is at 130.
  const stop = await place({ side: 'SELL', type: 'SL_M', triggerPrice: new Decimal(140) });
  await playThrough('2021-04-13T09:17:00');
  expect(await standing(stop)).toEqual({ limit: '138.60', fills: [] });
  await playThrough('2021-04-13T09:18:00');
  expect(await standing(stop)).toEqual({ limit: '138.60', fills: ['138.60'] });
});
