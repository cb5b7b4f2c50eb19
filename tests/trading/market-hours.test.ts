import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { modifyOrder } from '@nandax/app/orders/modify-order.ts';
import { placeOrder, type PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

const price = (rupees: number) => new Decimal(rupees);

describe('the hours of the market at the door', () => {
  let world: TradingWorld;
  let instrumentId: string;
  let feedId: string;
  let number = 0;

  beforeAll(async () => {
    world = await createTradingWorld();
    instrumentId = await world.instrument('YESBANK');
  });

  afterAll(() => world.close());

  /** A replay of Tuesday 9 and Wednesday 10 July 2019 that has not begun. */
  beforeEach(async () => {
    const { prisma } = world.database;
    feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-10');
    await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
  });

  /** The market clock shows this time of 9 July, and 95 rupees were traded last. */
  async function clockAt(time: string): Promise<void> {
    const { prisma } = world.database;
    const marketTime = new Date(`2019-07-09T${time}:00+05:30`);
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime } });
    await prisma.quote.upsert({
      where: { feedId_instrumentId: { feedId, instrumentId } },
      create: { feedId, instrumentId, lastPrice: 95, time: marketTime },
      update: {},
    });
  }

  function place(change: Partial<PlaceOrderInput> = {}) {
    number += 1;
    return placeOrder(world.ports, {
      ...plainTerms,
      actor: testActor(world.userId),
      idempotencyKey: `order ${number}`,
      portfolioId: world.portfolioId,
      instrumentId,
      side: 'BUY',
      type: 'LIMIT',
      product: 'CNC',
      quantity: new Decimal(10),
      price: price(94),
      ...change,
    });
  }

  test('an order placed before a replay begins trades at its open', async () => {
    const order = expectOk(await place({ price: price(200) }));
    expect(order.marketTime).toEqual(new Date('2019-07-09T00:00:00+05:30'));
    await submitOrder(world.ports, order.id);
    await world.play(feedId);
    const lease = await world.ports.store.transaction(({ feeds }) =>
      feeds.acquireLease(feedId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
    );
    if (lease === null) throw new Error('the lease must be free');
    const player = await ReplayPlayer.open(world.ports, lease, new WakeCall());
    await player.playMinute({ until: () => Promise.resolve(), paced: false, inStep: true });
    const [fill] = await world.database.prisma.fill.findMany({ where: { orderId: order.id } });
    // The first candle of 9 July 2019 opens at 95.
    expect([fill?.price.toFixed(2), fill?.executedAt.toISOString()]).toEqual([
      '95.00',
      '2019-07-09T03:45:00.000Z',
    ]);
  });

  test('between two days plain orders are refused, with the hour at which they are taken again', async () => {
    await clockAt('15:30');
    expect(await place()).toMatchObject({
      failure: {
        kind: 'ORDER_DENIED',
        code: 'MARKET_CLOSED',
        phase: 'CLOSED',
        until: '2019-07-10T03:30:00.000Z',
        order: {
          status: 'DENIED',
          reason: 'The market is closed; orders are taken again from 2019-07-10 09:00.',
        },
      },
    });
    expectOk(await place({ variety: 'AMO' }));
  });

  test('a refusal stays the same for its key when the market has opened', async () => {
    await clockAt('15:30');
    const refused = await place({ idempotencyKey: 'in the evening' });
    await clockAt('10:00');
    const again = await place({ idempotencyKey: 'in the evening' });
    expect(again).toEqual(refused);
  });

  test('after-market orders are refused while the market trades', async () => {
    await clockAt('10:00');
    expect(await place({ variety: 'AMO' })).toMatchObject({
      failure: { code: 'AFTER_MARKET_HOURS', until: '2019-07-09T10:30:00.000Z' },
    });
  });

  test('limit orders alone gather at the end of the pre-open', async () => {
    const { prisma } = world.database;
    await clockAt('09:04');
    const waits = expectOk(await place());
    await submitOrder(world.ports, waits.id);
    await prisma.feed.update({
      where: { id: feedId },
      data: { marketTime: new Date('2019-07-09T09:10:00+05:30') },
    });
    expect(await place()).toMatchObject({
      failure: {
        code: 'MARKET_CLOSED',
        phase: 'PRE_OPEN_MATCHING',
        until: '2019-07-09T03:45:00.000Z',
      },
    });
    const change = await modifyOrder(world.ports, {
      actor: testActor(world.userId),
      orderId: waits.id,
      changes: { price: price(93) },
    });
    expect(change).toMatchObject({
      failure: { kind: 'MODIFICATION_DENIED', code: 'MARKET_CLOSED', phase: 'PRE_OPEN_MATCHING' },
    });
  });

  test('from 15:20 on nothing is opened intraday, and what is held can be left', async () => {
    await clockAt('15:20');
    const refused = { product: 'MIS', type: 'MARKET', price: null } as const;
    expect(await place(refused)).toMatchObject({
      failure: { code: 'INTRADAY_CUT_OFF', phase: 'CONTINUOUS' },
    });
    await world.database.prisma.position.create({
      data: {
        id: world.ports.ids.uuid(),
        portfolioId: world.portfolioId,
        instrumentId,
        product: 'MIS',
        buyQuantity: 10,
        buyValue: 950,
        updatedAt: new Date(),
      },
    });
    expectOk(await place({ ...refused, side: 'SELL' }));
    // One unit more than is held would open the other side.
    expect(await place({ ...refused, side: 'SELL', quantity: new Decimal(11) })).toMatchObject({
      failure: { code: 'INTRADAY_CUT_OFF' },
    });
  });
});
