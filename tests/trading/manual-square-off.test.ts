import { afterAll, beforeAll, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

let world: TradingWorld;

beforeAll(async () => {
  world = await createTradingWorld();
});

afterAll(() => world.close());

test('what a person holds intraday is sold at 15:20 of the market clock, once; delivery stays', async () => {
  const { ports, portfolioId, userId } = world;
  const instrumentId = await world.instrument('YESBANK');
  const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
  // The last quarter of an hour is enough of the day.
  await world.database.prisma.replaySession.update({
    where: { id: feedId },
    data: { rangeFrom: new Date('2019-07-09T15:15:00+05:30') },
  });
  await world.play(feedId);
  const lease = await ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(feedId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
  );
  if (lease === null) throw new Error('the lease must be free');
  const player = await ReplayPlayer.open(ports, lease, new WakeCall());
  const pace = { until: () => Promise.resolve(), paced: false, inStep: true };
  await player.playMinute(pace);
  const buy = async (product: Product, quantity: number): Promise<void> => {
    const order = await placeOrder(ports, {
      ...plainTerms,
      actor: testActor(userId),
      idempotencyKey: product,
      portfolioId,
      instrumentId,
      side: 'BUY',
      type: 'MARKET',
      product,
      quantity: new Decimal(quantity),
    });
    await submitOrder(ports, expectOk(order).id);
  };
  await buy('MIS', 100);
  await buy('CNC', 50);
  while (player.nextTime !== null) await player.playMinute(pace);
  await player.finish();

  const positions = await ports.store.read(({ portfolios }) => portfolios.positions(portfolioId));
  const net = positions.map(({ product, buyQuantity, sellQuantity }) => [
    product,
    buyQuantity.minus(sellQuantity).toNumber(),
  ]);
  expect(Object.fromEntries(net)).toEqual({ MIS: 0, CNC: 50 });
  const sent = await world.database.prisma.order.findMany({ where: { source: 'SQUARE_OFF' } });
  expect(sent).toMatchObject([
    { side: 'SELL', status: 'FILLED', intent: 'SQUARE_OFF', runId: null, product: 'MIS' },
  ]);
  expect(sent[0]?.marketTime).toEqual(new Date('2019-07-09T15:20:00+05:30'));
});
