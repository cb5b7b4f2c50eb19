import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { modifyOrder } from '@nandax/app/orders/modify-order.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { Product, Side } from '@nandax/core/order/order-terms.ts';
import type { Prisma } from '@nandax/adapters/prisma/generated/client.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

let world: TradingWorld;

beforeAll(async () => {
  world = await createTradingWorld();
});
afterAll(() => world.close());

test('a day’s band stands around the close of the day before, at the door and at the counter', async () => {
  const { ports, database, userId, portfolioId } = world;
  const instrumentId = await world.instrument('YESBANK');
  const feedId = await world.replay(['YESBANK'], '2019-07-10', '2019-07-10');
  await database.prisma.portfolio.update({ where: { id: portfolioId }, data: { feedId } });
  await world.play(feedId);
  const lease = await ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(feedId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
  );
  if (lease === null) throw new Error('the lease must be free');
  const player = await ReplayPlayer.open(ports, lease, new WakeCall());
  await player.playMinute({ until: () => Promise.resolve(), paced: false, inStep: true });

  // The last candle of 9 July in trading hours, 15:29, closes at 92.25: 20 % each way are 73.80 and
  // 110.70.
  const quote = await ports.store.read(({ feeds }) => feeds.quote(feedId, instrumentId));
  expect([quote?.lowerBand?.toFixed(2), quote?.upperBand?.toFixed(2)]).toEqual(['73.80', '110.70']);

  let number = 0;
  const place = (price: string) =>
    placeOrder(ports, {
      ...plainTerms,
      actor: testActor(userId),
      idempotencyKey: `order ${(number += 1)}`,
      portfolioId,
      instrumentId,
      side: 'BUY',
      type: 'LIMIT',
      product: 'CNC',
      quantity: new Decimal(1),
      price: new Decimal(price),
    });
  expect(await place('73.75')).toMatchObject({
    failure: {
      kind: 'ORDER_DENIED',
      code: 'PRICE_BAND',
      limit: '73.8',
      actual: '73.75',
      order: {
        reason:
          'Your order price is lower than the current lower circuit limit of 73.80. Place an order within the daily range.',
      },
    },
  });
  const lowest = expectOk(await place('73.8'));
  await submitOrder(ports, lowest.id);
  const order = await ports.store.read(({ orders }) => orders.find(lowest.id));
  if (order === null) throw new Error('the order was placed');
  expect(order.status).toBe('ACCEPTED');
  expect(
    await modifyOrder(ports, {
      actor: testActor(userId),
      orderId: order.id,
      changes: { price: new Decimal('110.75') },
    }),
  ).toMatchObject({ failure: { code: 'PRICE_BAND', limit: new Decimal('110.7') } });

  const broker = ports.brokers.of({ id: portfolioId, kind: 'PAPER', feedId });
  const asked = { ...order, clientOrderId: 'BESIDETHEDOOR0000001', price: new Decimal('110.75') };
  expect(await broker.place(asked)).toEqual({
    kind: 'REJECTED',
    reason:
      'Your order price is higher than the current upper circuit limit of 110.70. Place an order within the daily range.',
  });
});

describe('a range of the moment', () => {
  let portfolioId: string;
  let feedId: string;
  let number = 0;

  beforeAll(async () => {
    ({ portfolioId } = world);
    feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-10');
    await world.database.prisma.portfolio.update({ where: { id: portfolioId }, data: { feedId } });
    await world.play(feedId);
  });

  /** An instrument whose last price, `before` a time of 10 August 2026, was 100. */
  async function listed(
    change: Pick<Prisma.InstrumentUncheckedCreateInput, 'exchange' | 'type' | 'segment'>,
    before: string,
    band: number | null,
  ): Promise<string> {
    const { prisma } = world.database;
    const id = world.ports.ids.uuid();
    await prisma.instrument.create({
      data: {
        ...{ id, tradingSymbol: `RANGED${id.slice(-6)}`, name: 'Ranged', tickSize: '0.01' },
        ...{ lotSize: 1, tradable: true, createdAt: new Date(), ...change },
      },
    });
    const marketTime = new Date(`2026-08-10T${before}:00+05:30`);
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime } });
    const bands = band === null ? {} : { lowerBand: 100 - band, upperBand: 100 + band };
    const time = new Date(marketTime.getTime() - 10 * 60_000);
    await prisma.quote.create({
      data: { feedId, instrumentId: id, lastPrice: 100, time, ...bands },
    });
    return id;
  }

  const asked = (instrumentId: string, side: Side, product: Product, price: string) => ({
    ...plainTerms,
    ...{ portfolioId, instrumentId, side, product, type: 'LIMIT' as const },
    ...{ quantity: new Decimal(1), price: new Decimal(price) },
  });

  function place(instrumentId: string, side: Side, product: Product, price: string) {
    number += 1;
    return placeOrder(world.ports, {
      ...asked(instrumentId, side, product, price),
      actor: testActor(world.userId),
      idempotencyKey: `ranged ${number}`,
    });
  }

  test('holds a share in its closing auction to 3 % around the reference, at the door and at the counter', async () => {
    const share = { exchange: 'NSE', type: 'EQUITY', segment: 'EQUITY_CLOSING_AUCTION' } as const;
    const id = await listed(share, '15:22', 10);
    expect(await place(id, 'BUY', 'CNC', '108')).toMatchObject({
      failure: { code: 'PRICE_BAND', limit: '103', actual: '108' },
    });
    const taken = expectOk(await place(id, 'BUY', 'CNC', '103'));
    const changes = { price: new Decimal('103.01') };
    const actor = testActor(world.userId);
    await submitOrder(world.ports, taken.id);
    expect(await modifyOrder(world.ports, { actor, orderId: taken.id, changes })).toMatchObject({
      failure: { code: 'PRICE_BAND', limit: new Decimal(103) },
    });
    const broker = world.ports.brokers.of({ id: portfolioId, kind: 'PAPER', feedId });
    const order = await world.ports.store.read(({ orders }) => orders.find(taken.id));
    if (order === null) throw new Error('the order was placed');
    expect(
      await broker.place({ ...order, clientOrderId: 'RANGED00000000000001', ...changes }),
    ).toMatchObject({
      kind: 'REJECTED',
      reason:
        'Your order price is higher than the current upper circuit limit of 103.00. Place an order within the daily range.',
    });
  });

  test('keeps a limit order in an option from buying above 140 where 100 was the last price', async () => {
    const option = { exchange: 'NFO', type: 'CALL_OPTION', segment: 'EQUITY_DERIVATIVES' } as const;
    const id = await listed(option, '11:00', null);
    expect(await place(id, 'BUY', 'NRML', '140.01')).toMatchObject({
      failure: { code: 'PRICE_BAND', limit: '140', actual: '140.01' },
    });
    const taken = expectOk(await place(id, 'BUY', 'NRML', '140'));
    await submitOrder(world.ports, taken.id);
    const order = await world.ports.store.read(({ orders }) => orders.find(taken.id));
    if (order === null) throw new Error('the order was placed');
    expect(order.status).toBe('ACCEPTED');
    const broker = world.ports.brokers.of({ id: portfolioId, kind: 'PAPER', feedId });
    const beyond = { clientOrderId: 'RANGED00000000000002', price: new Decimal('140.01') };
    expect(await broker.place({ ...order, ...beyond })).toMatchObject({ kind: 'REJECTED' });
    // Whoever bids far below the market waits, and is not refused.
    expectOk(await place(id, 'BUY', 'NRML', '1'));
  });
});
