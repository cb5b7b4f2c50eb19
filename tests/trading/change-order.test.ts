import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyBrokerUpdate } from '@nandax/app/orders/apply-broker-update.ts';
import { cancelAllOrders, cancelOrder } from '@nandax/app/orders/cancel-order.ts';
import { sendCancel, sendModification } from '@nandax/app/orders/change-at-broker.ts';
import { modifyOrder, type ModifyOrderInput } from '@nandax/app/orders/modify-order.ts';
import { placeOrder, type PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { noLimits, type RiskLimits } from '@nandax/core/risk/risk-limits.ts';
import { ScriptedBroker } from '../kit/scripted-broker.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

describe('an order that is changed or taken back', () => {
  let world: TradingWorld;
  let broker: ScriptedBroker;
  let ports: TradingPorts;
  let limit: PlaceOrderInput;
  let made = 0;
  const stranger = testActor('01900000-0000-7000-8000-000000000000');

  beforeAll(async () => {
    world = await createTradingWorld();
    const { prisma } = world.database;
    const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    const instrumentId = await world.instrument('YESBANK');
    await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
    const time = new Date('2019-07-09T09:20:00+05:30');
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime: time } });
    await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 95, time } });
    limit = {
      ...plainTerms,
      actor: testActor(world.userId),
      idempotencyKey: '',
      portfolioId: world.portfolioId,
      instrumentId,
      side: 'BUY',
      type: 'LIMIT',
      price: new Decimal(94),
      product: 'MIS',
      quantity: new Decimal(100),
    };
  });
  beforeEach(() => {
    broker = new ScriptedBroker();
    ports = { ...world.ports, brokers: { of: () => broker } };
  });
  afterAll(() => world.close());

  const place = async () => {
    const idempotencyKey = `order ${(made += 1)}`;
    return expectOk(await placeOrder(ports, { ...limit, idempotencyKey }));
  };
  const working = async () => {
    const order = await place();
    await submitOrder(ports, order.id);
    return order;
  };
  const read = async (id: string) => {
    const order = await ports.store.read(({ orders }) => orders.find(id));
    if (order === null) throw new Error('the order is gone');
    return order;
  };
  const modify = (orderId: string, changes: ModifyOrderInput['changes']) =>
    modifyOrder(ports, { actor: limit.actor, orderId, changes });
  const cancel = (orderId: string) => cancelOrder(ports, { actor: limit.actor, orderId });
  const limits = (set: Partial<RiskLimits>) =>
    world.ports.store.transaction(({ risk }) =>
      risk.saveLimits(
        { scope: 'PORTFOLIO', scopeId: limit.portfolioId, limits: { ...noLimits, ...set } },
        new Date(),
      ),
    );
  const trade = (quantity: number, tradeId: string) => ({
    tradeId,
    quantity: new Decimal(quantity),
    price: new Decimal(94),
    executedAt: new Date('2019-07-09T09:21:00+05:30'),
  });

  test('has its new terms when the broker has taken them, and not before', async () => {
    const { id, clientOrderId } = await working();
    const asked = expectOk(await modify(id, { price: new Decimal('94.5') }));
    expect(asked).toMatchObject({ status: 'MODIFY_PENDING', modificationCount: 1 });
    expect(asked.price?.toFixed(2)).toBe('94.00');

    await sendModification(ports, id);
    await sendModification(ports, id);
    const after = await read(id);
    expect(after).toMatchObject({ status: 'ACCEPTED', requestedTerms: null });
    expect(after.price?.toFixed(2)).toBe('94.50');
    expect(broker.calls.filter((call) => call === `modify ${clientOrderId}`)).toHaveLength(1);
  });

  test('that shows its legs does not come to show a quantity, or to lapse at once', async () => {
    const variety = { variety: 'ICEBERG', icebergLegs: 2, quantity: new Decimal(10) } as const;
    const { id } = expectOk(
      await placeOrder(ports, { ...limit, ...variety, idempotencyKey: `order ${(made += 1)}` }),
    );
    await submitOrder(ports, id);
    const refused = { failure: { kind: 'INVALID_INPUT', field: 'variety' } };
    expect(await modify(id, { validity: 'IOC' })).toMatchObject(refused);
    expect(await modify(id, { disclosedQuantity: new Decimal(5) })).toMatchObject(refused);
    expectOk(await modify(id, { quantity: new Decimal(20) }));
  });

  test('that brings its own stop does not become a stop itself', async () => {
    const cover = { variety: 'CO', product: 'MIS', triggerPrice: new Decimal(90) } as const;
    const { id } = expectOk(
      await placeOrder(ports, { ...limit, ...cover, idempotencyKey: `order ${(made += 1)}` }),
    );
    await submitOrder(ports, id);
    const refused = { failure: { kind: 'INVALID_INPUT', field: 'variety' } };
    expect(await modify(id, { type: 'SL' })).toMatchObject(refused);
    expect(await modify(id, { type: 'SL_M', price: null })).toMatchObject(refused);
    expectOk(await modify(id, { price: new Decimal('94.05') }));
  });

  test('that was triggered is judged without its trigger, which has had its say', async () => {
    const { prisma } = world.database;
    const { instrumentId } = limit;
    const stop = { type: 'SL', triggerPrice: new Decimal(96), price: new Decimal(97) } as const;
    const { id, clientOrderId } = expectOk(
      await placeOrder(ports, { ...limit, ...stop, idempotencyKey: `order ${(made += 1)}` }),
    );
    await submitOrder(ports, id);
    const shown = (lastPrice: number, lowerBand: number, upperBand: number) =>
      prisma.quote.updateMany({
        where: { instrumentId },
        data: { lastPrice, lowerBand, upperBand },
      });
    try {
      // The last price is past the trigger and the day's range begins above it.
      await shown(100, 98, 110);
      expect(await modify(id, { price: new Decimal(101) })).toMatchObject({
        failure: { code: 'TRIGGER_PRICE_PASSED', limit: new Decimal(100), actual: new Decimal(96) },
      });
      await applyBrokerUpdate(ports, broker.change(clientOrderId, { status: 'OPEN' }));
      expect(await modify(id, { price: new Decimal(111) })).toMatchObject({
        failure: { code: 'PRICE_BAND', limit: new Decimal(110), actual: new Decimal(111) },
      });
      expectOk(await modify(id, { price: new Decimal(101) }));
      await sendModification(ports, id);
      expect(await read(id)).toMatchObject({ status: 'ACCEPTED', triggered: true });
      expect((await read(id)).price?.toFixed(2)).toBe('101.00');

      // As a limit order it is no stop any more; made one again, its trigger waits anew.
      expectOk(await modify(id, { type: 'LIMIT', triggerPrice: null }));
      await sendModification(ports, id);
      expect(await read(id)).toMatchObject({ status: 'ACCEPTED', triggered: false });
      expect(await modify(id, { type: 'SL', triggerPrice: new Decimal(99) })).toMatchObject({
        failure: { code: 'TRIGGER_PRICE_PASSED', limit: new Decimal(100), actual: new Decimal(99) },
      });
    } finally {
      await prisma.quote.updateMany({
        where: { instrumentId },
        data: { lastPrice: 95, lowerBand: null, upperBand: null },
      });
    }
  });

  test('stays as it is where the broker refuses the change, and says why', async () => {
    const { id } = await working();
    expectOk(await modify(id, { quantity: new Decimal(200) }));
    broker.requests.push({ kind: 'REJECTED', reason: 'Order cannot be modified.' });
    await sendModification(ports, id);
    const after = await read(id);
    expect(after).toMatchObject({ status: 'ACCEPTED', reason: 'Order cannot be modified.' });
    expect(after.quantity.toFixed()).toBe('100');
  });

  test('passes the judgement of a new order with its new terms, or is denied with the numbers', async () => {
    const { id } = await working();
    // A fifth of 1,00,000 shares at 94 is more than there is; 100 of them are the order's own.
    const denied = await modify(id, { quantity: new Decimal(100_000) });
    expect(denied).toMatchObject({
      failure: { kind: 'MODIFICATION_DENIED', code: 'INSUFFICIENT_MARGIN', order: { id } },
    });
    expect(await modify(id, { price: new Decimal('94.03') })).toMatchObject({
      failure: { code: 'TICK_SIZE' },
    });
    expect(await modify(id, { price: null })).toMatchObject({
      failure: { kind: 'INVALID_INPUT', field: 'price' },
    });
    expect(await modify(id, {})).toMatchObject({ failure: { kind: 'INVALID_INPUT' } });
    expect(await read(id)).toMatchObject({ status: 'ACCEPTED', modificationCount: 0 });
  });

  test('counts once against what may be in the market, whatever it becomes', async () => {
    const { prisma } = world.database;
    await prisma.fill.deleteMany();
    await prisma.trade.deleteMany();
    await prisma.position.deleteMany();
    await prisma.order.deleteMany();
    // A hundred at 94 is 9,400 of 10,000.
    await limits({
      maxTotalExposure: new Decimal(10_000),
      maxInstrumentExposure: new Decimal(10_000),
      maxOpenPositions: new Decimal(1),
    });
    const { id } = await working();
    expectOk(await modify(id, { price: new Decimal('94.05') }));
    await sendModification(ports, id);
    expect(await modify(id, { price: new Decimal('100.05') })).toMatchObject({
      failure: {
        code: 'MAX_INSTRUMENT_EXPOSURE',
        limit: new Decimal(10_000),
        actual: new Decimal(10_005),
      },
    });
    expectOk(await modify(id, { quantity: new Decimal(50) }));
    await sendModification(ports, id);
    // With 4,702.50 on its way, another 5,297.50 has room: 56 at 94 is 5,264.
    const another = await placeOrder(ports, {
      ...limit,
      idempotencyKey: 'the rest of the room',
      quantity: new Decimal(56),
    });
    expect(another.ok).toBe(true);
    expect(await modify(id, { quantity: new Decimal(51) })).toMatchObject({
      // 51 at 94.05 beside the 5,264.
      failure: { code: 'MAX_INSTRUMENT_EXPOSURE', actual: new Decimal('10060.55') },
    });
    await limits({});
  });

  test('is no new order of the day when it changes', async () => {
    await limits({
      maxOrdersPerDay: new Decimal(1),
      maxOrdersPerMinute: new Decimal(1),
      maxOrdersPerSecond: new Decimal(1),
    });
    const { id } = await working();
    expect(await placeOrder(ports, { ...limit, idempotencyKey: 'one too many' })).toMatchObject({
      failure: { limit: '1', actual: '2' },
    });
    expectOk(await modify(id, { price: new Decimal('94.5') }));
    await sendModification(ports, id);
    expectOk(await modify(id, { quantity: new Decimal(101) }));
    const day = await world.database.prisma.riskCounter.findFirst({ where: { span: 'DAY' } });
    expect(day?.count).toBe(1);
    await limits({});
  });

  test('is changed as often as the broker takes it, and no more', async () => {
    const { id } = await working();
    await world.database.prisma.order.update({ where: { id }, data: { modificationCount: 25 } });
    expect(await modify(id, { quantity: new Decimal(101) })).toMatchObject({
      failure: { code: 'MODIFICATIONS', limit: new Decimal(25), actual: new Decimal(26) },
    });
  });

  test('that may only reduce is not changed into one that opens, and its change counts at once', async () => {
    const held = await working();
    const executions = [trade(100, 'what is held')];
    await applyBrokerUpdate(
      ports,
      broker.change(held.clientOrderId, { status: 'COMPLETE', executions }),
    );
    await cancelAllOrders(ports, { actor: limit.actor, portfolioId: limit.portfolioId });
    const exit = (idempotencyKey: string, quantity: number) =>
      placeOrder(ports, {
        ...limit,
        idempotencyKey,
        side: 'SELL',
        price: new Decimal(96),
        quantity: new Decimal(quantity),
        reduceOnly: true,
      });
    expect(await exit('more than is held', 101)).toMatchObject({
      failure: { kind: 'ORDER_DENIED', code: 'NOT_REDUCING', limit: '100', actual: '101' },
    });
    const { id } = expectOk(await exit('some of it', 60));
    await submitOrder(ports, id);
    expect(await modify(id, { quantity: new Decimal(101) })).toMatchObject({
      failure: { code: 'NOT_REDUCING', limit: new Decimal(100), actual: new Decimal(101) },
    });
    // Until the broker has answered, all of it may come.
    expectOk(await modify(id, { quantity: new Decimal(90) }));
    expect(await exit('what seems free', 40)).toMatchObject({
      failure: { code: 'NOT_REDUCING', limit: '10', actual: '40' },
    });
    expectOk(await exit('what is free', 10));
  });

  test('waits for one answer at a time', async () => {
    const { id } = await working();
    expectOk(await modify(id, { quantity: new Decimal(101) }));
    expect(await modify(id, { quantity: new Decimal(102) })).toMatchObject({
      failure: { kind: 'ILLEGAL_STATE', state: 'MODIFY_PENDING' },
    });
  });

  test('is taken back by the broker, and what traded before stays', async () => {
    const { id, clientOrderId } = await working();
    broker.change(clientOrderId, { executions: [trade(40, 'before the cancel')] });
    expect(expectOk(await cancel(id)).status).toBe('CANCEL_PENDING');
    expect(expectOk(await cancel(id)).status).toBe('CANCEL_PENDING');
    await sendCancel(ports, id);
    const after = await read(id);
    expect(after.status).toBe('CANCELLED');
    expect(after.filledQuantity.toFixed()).toBe('40');
    expect(await cancel(id)).toMatchObject({
      failure: { kind: 'ILLEGAL_STATE', state: 'CANCELLED' },
    });
  });

  test('is asked back again when the broker did not answer, and fills if that came first', async () => {
    const { id, clientOrderId } = await working();
    expectOk(await cancel(id));
    broker.requests.push({ kind: 'TIMED_OUT', reason: 'No answer.' });
    await expect(sendCancel(ports, id)).rejects.toThrow('No answer.');
    const executions = [trade(100, 'ahead of the cancel')];
    await applyBrokerUpdate(
      ports,
      broker.change(clientOrderId, { status: 'COMPLETE', executions }),
    );
    expect((await read(id)).status).toBe('FILLED');
    await sendCancel(ports, id);
    expect(broker.calls.filter((call) => call.startsWith('cancel'))).toHaveLength(1);
  });

  test('works on where the broker refuses the cancel, and can be asked back again', async () => {
    const { id } = await working();
    expectOk(await cancel(id));
    broker.requests.push({ kind: 'REJECTED', reason: 'It is being processed.' });
    await sendCancel(ports, id);
    expect(await read(id)).toMatchObject({ status: 'ACCEPTED', reason: 'It is being processed.' });
    expectOk(await cancel(id));
    await sendCancel(ports, id);
    expect((await read(id)).status).toBe('CANCELLED');
  });

  test('keeps an execution as it was told first; another word about it is refused and logged', async () => {
    const { id, clientOrderId } = await working();
    const told = (price: number) =>
      applyBrokerUpdate(
        { ...ports, log: { ...ports.log, error: (fields) => refused.push(fields) } },
        broker.change(clientOrderId, {
          executions: [{ ...trade(40, 'told twice'), price: new Decimal(price) }],
        }),
      );
    const refused: unknown[] = [];
    await told(94);
    await told(94);
    expect(refused).toEqual([]);
    await told(93);
    expect(refused).toMatchObject([{ clientOrderId, failure: { code: 'EXECUTION_CHANGED' } }]);
    const after = await read(id);
    expect(after.averagePrice?.toFixed(2)).toBe('94.00');
    expect(after.filledQuantity.toFixed()).toBe('40');
  });

  test('never leaves when it is taken back before it was sent', async () => {
    const { id } = await place();
    expect(expectOk(await cancel(id)).status).toBe('CANCELLED');
    await submitOrder(ports, id);
    expect(broker.calls).toEqual([]);
  });

  test('goes with all the others of its portfolio, except where the broker owes an answer', async () => {
    const unanswered = await place();
    broker.placements.push({ kind: 'TIMED_OUT', reason: 'No answer.' });
    await submitOrder(ports, unanswered.id);
    const [first, second] = [await working(), await working()];
    const { actor, portfolioId } = limit;
    const counts = expectOk(await cancelAllOrders(ports, { actor, portfolioId }));
    expect(counts.unanswered).toBe(1);
    expect(counts.cancelled).toBeGreaterThanOrEqual(2);
    for (const { id } of [first, second]) await sendCancel(ports, id);
    expect((await read(first.id)).status).toBe('CANCELLED');
    expect((await read(second.id)).status).toBe('CANCELLED');
    expect((await read(unanswered.id)).status).toBe('UNKNOWN');
  });

  test('does not exist for a stranger', async () => {
    const { id } = await working();
    const missing = { failure: { kind: 'NOT_FOUND' } };
    expect(await cancelOrder(ports, { actor: stranger, orderId: id })).toMatchObject(missing);
    const changes = { quantity: new Decimal(1) };
    expect(await modifyOrder(ports, { actor: stranger, orderId: id, changes })).toMatchObject(
      missing,
    );
    const { portfolioId } = limit;
    expect(await cancelAllOrders(ports, { actor: stranger, portfolioId })).toMatchObject(missing);
  });
});
