import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { plainTerms } from '@nandax/core/order/order.ts';
import { placeOrder, type PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import { reconcileOrders } from '@nandax/app/orders/reconcile-orders.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { PaperExchange } from '@nandax/app/replay/paper-exchange.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

describe('an order that a person places', () => {
  let world: TradingWorld;
  let feedId: string;
  let order: PlaceOrderInput;

  beforeAll(async () => {
    world = await createTradingWorld();
    const { prisma } = world.database;
    feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    const instrumentId = await world.instrument('YESBANK');
    await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
    const time = new Date('2019-07-09T09:20:00+05:30');
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime: time } });
    await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 95, time } });
    order = {
      actor: testActor(world.userId),
      idempotencyKey: 'first',
      portfolioId: world.portfolioId,
      instrumentId,
      ...plainTerms,
      side: 'BUY',
      type: 'MARKET',
      product: 'MIS',
      quantity: new Decimal(100),
    };
  });

  afterAll(() => world.close());

  const place = (change: Partial<PlaceOrderInput>) =>
    placeOrder(world.ports, { ...order, ...change });

  test('is made once, however many calls come at once with its key', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => place({ idempotencyKey: 'twenty at once' })),
    );
    const ids = answers.map((answer) => expectOk(answer).id);
    expect(new Set(ids).size).toBe(1);
    const written = await world.database.prisma.order.count({
      where: { orderRequest: { idempotencyKey: 'twenty at once' } },
    });
    expect(written).toBe(1);
  });

  test('gets the same answer for its key, and a failure for another body', async () => {
    const first = expectOk(await place({ idempotencyKey: 'again' }));
    // 100 and 100.0 are the same number.
    const second = expectOk(
      await place({ idempotencyKey: 'again', quantity: new Decimal('100.0') }),
    );
    expect(second.id).toBe(first.id);
    expect(await place({ idempotencyKey: 'again', side: 'SELL' })).toEqual({
      ok: false,
      failure: { kind: 'IDEMPOTENCY_KEY_REUSED', idempotencyKey: 'again' },
    });
  });

  test('is denied with the numbers, and stays denied for its key when the market has changed', async () => {
    // 20 % of 10,00,000 shares at 95 is more than the ten lakh there are.
    const quantity = new Decimal(1_000_000);
    const denied = await place({ idempotencyKey: 'too much', quantity });
    expect(denied).toMatchObject({
      ok: false,
      failure: { kind: 'ORDER_DENIED', code: 'INSUFFICIENT_MARGIN', actual: '19000000' },
    });
    await world.database.prisma.portfolio.findUniqueOrThrow({ where: { id: world.portfolioId } });
    const again = await place({ idempotencyKey: 'too much', quantity });
    expect(again).toMatchObject({ ok: false, failure: { kind: 'ORDER_DENIED' } });
    const orders = await world.database.prisma.order.findMany({
      where: { orderRequest: { idempotencyKey: 'too much' } },
    });
    expect(orders.map(({ status }) => status)).toEqual(['DENIED']);
  });

  test('is refused with the numbers where its terms do not fit broker and exchange', async () => {
    const { prisma } = world.database;
    const freeze = (freezeQuantity: number | null) =>
      prisma.instrument.update({ where: { id: order.instrumentId }, data: { freezeQuantity } });
    await freeze(50);
    expect(await place({ idempotencyKey: 'frozen' })).toMatchObject({
      failure: { kind: 'ORDER_DENIED', code: 'FREEZE_QUANTITY', limit: '50', actual: '100' },
    });
    await freeze(null);
    const stop = { type: 'SL_M', triggerPrice: new Decimal('94.95') } as const;
    expect(await place({ ...stop, idempotencyKey: 'passed' })).toMatchObject({
      failure: {
        code: 'TRIGGER_PRICE_PASSED',
        order: { type: 'SL_M', reason: expect.stringContaining('already beyond') as unknown },
      },
    });
    expect(await place({ type: 'LIMIT', idempotencyKey: 'no limit' })).toEqual({
      ok: false,
      failure: expect.objectContaining({ kind: 'INVALID_INPUT', field: 'price' }) as unknown,
    });
  });

  test('carries its terms from the door to the broker’s counter', async () => {
    const { prisma } = world.database;
    const terms = {
      type: 'SL',
      price: new Decimal('95.6'),
      triggerPrice: new Decimal('95.5'),
      validity: 'TTL',
      validityMinutes: 10,
      disclosedQuantity: new Decimal(20),
      tag: 'breakout',
    } as const;
    const { id } = expectOk(await place({ ...terms, idempotencyKey: 'all terms' }));
    const row = await prisma.order.findUniqueOrThrow({ where: { id } });
    expect({
      ...row,
      price: row.price?.toFixed(2),
      triggerPrice: row.triggerPrice?.toFixed(2),
    }).toMatchObject({
      type: 'SL',
      price: '95.60',
      triggerPrice: '95.50',
      validity: 'TTL',
      validityMinutes: 10,
      tag: 'breakout',
      legNumber: 1,
      status: 'INITIALIZED',
    });
    // The same request with another price is another request.
    const other = await place({
      ...terms,
      price: new Decimal('95.7'),
      idempotencyKey: 'all terms',
    });
    expect(other).toMatchObject({ failure: { kind: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  test('does not exist for a stranger', async () => {
    const stranger = '01900000-0000-7000-8000-000000000000';
    expect(await place({ actor: testActor(stranger), idempotencyKey: 'stranger' })).toMatchObject({
      ok: false,
      failure: { kind: 'NOT_FOUND', entity: 'Portfolio' },
    });
  });

  test('is taken up by reconciliation when its job is lost, and only then', async () => {
    const { prisma } = world.database;
    const { id, clientOrderId } = expectOk(await place({ idempotencyKey: 'lost job' }));
    const entered = () => prisma.simulatedOrder.count({ where: { clientOrderId } });
    await reconcileOrders(world.ports);
    expect(await entered()).toBe(0);

    const longAgo = new Date(Date.now() - 60_000);
    await prisma.order.update({ where: { id }, data: { updatedAt: longAgo } });
    await reconcileOrders(world.ports);
    await reconcileOrders(world.ports);
    expect(await entered()).toBe(1);
    const { status } = await prisma.order.findUniqueOrThrow({ where: { id } });
    expect(status).toBe('ACCEPTED');
  });

  test('is sent once and booked once, however often its job and the broker’s word are repeated', async () => {
    const { prisma } = world.database;
    const { id, clientOrderId } = expectOk(await place({ idempotencyKey: 'repeat me' }));
    await Promise.all(Array.from({ length: 5 }, () => submitOrder(world.ports, id)));
    expect(await prisma.simulatedOrder.count({ where: { clientOrderId } })).toBe(1);

    const lease = await world.ports.store.transaction(({ feeds }) =>
      feeds.acquireLease(feedId, 'test', new Date(), new Date(Date.now() + 60_000)),
    );
    if (lease === null) throw new Error('the lease must be free');
    const instrument = await world.ports.store.read(({ runs }) =>
      runs.findInstrument(order.instrumentId),
    );
    const instruments = instrument === null ? [] : [instrument];
    const exchange = new PaperExchange(world.ports, lease, instruments, { origin: 'TICKS' });
    const time = Date.parse('2019-07-09T09:20:00+05:30');
    await exchange.match([{ instrument: 0, time, price: 95.05, volume: null }]);
    await exchange.match([{ instrument: 0, time: time + 1, price: 96, volume: null }]);
    await submitOrder(world.ports, id);

    const fills = await prisma.fill.findMany({ where: { orderId: id } });
    expect(fills.map(({ price, quantity }) => [price.toFixed(2), quantity.toFixed()])).toEqual([
      ['95.05', '100'],
    ]);
    const filled = await prisma.order.findUniqueOrThrow({ where: { id } });
    expect(filled.status).toBe('FILLED');
    // Every order of this file buys 100 at 95.05 intraday, and the ledger blocks a fifth of that.
    const margin = await world.ports.store.read(({ portfolios }) =>
      portfolios.balance(world.portfolioId, 'MARGIN'),
    );
    const count = await prisma.fill.count({ where: { portfolioId: world.portfolioId } });
    expect(margin.toFixed(2)).toBe(new Decimal(1901).times(count).toFixed(2));
  });
});
