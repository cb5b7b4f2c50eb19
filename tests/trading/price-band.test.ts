import { afterAll, beforeAll, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { modifyOrder } from '@nandax/app/orders/modify-order.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
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
