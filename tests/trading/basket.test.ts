import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyBrokerUpdate } from '@nandax/app/orders/apply-broker-update.ts';
import type { AskedOrder } from '@nandax/app/orders/asked-orders.ts';
import { cancelAllOrders, cancelOrder } from '@nandax/app/orders/cancel-order.ts';
import { placeBasket, type PlaceBasketInput } from '@nandax/app/orders/place-basket.ts';
import { reconcileOrders } from '@nandax/app/orders/reconcile-orders.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { OrderRecord } from '@nandax/app/ports/orders.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { requestStateOf } from '@nandax/core/order/leg-state.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { ScriptedBroker } from '../kit/scripted-broker.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

const timedOut = { kind: 'TIMED_OUT', reason: 'No answer.' } as const;

describe('a basket', () => {
  let world: TradingWorld;
  let broker: ScriptedBroker;
  let ports: TradingPorts;
  let instrumentId: string;
  let made = 0;

  beforeAll(async () => {
    world = await createTradingWorld();
    const { prisma } = world.database;
    const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    instrumentId = await world.instrument('YESBANK');
    await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
    const time = new Date('2019-07-09T09:20:00+05:30');
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime: time } });
    await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 95, time } });
  });
  beforeEach(async () => {
    broker = new ScriptedBroker();
    ports = { ...world.ports, brokers: { of: () => broker } };
    await world.database.prisma.order.updateMany({ data: { status: 'CANCELLED' } });
  });
  afterAll(() => world.close());

  const leg = (
    side: 'BUY' | 'SELL',
    quantity: number,
    more: Partial<AskedOrder> = {},
  ): AskedOrder => ({
    ...plainTerms,
    instrumentId,
    side,
    type: 'MARKET',
    product: 'MIS',
    quantity: new Decimal(quantity),
    ...more,
  });
  const place = (legs: readonly AskedOrder[], change: Partial<PlaceBasketInput> = {}) =>
    placeBasket(ports, {
      actor: testActor(world.userId),
      idempotencyKey: `basket ${(made += 1)}`,
      portfolioId: world.portfolioId,
      legs,
      ...change,
    });
  /** A hedge of 30, and two legs that sell 10 and 20. */
  const hedged = async () =>
    expectOk(await place([leg('SELL', 10), leg('SELL', 20), leg('BUY', 30)])) as [
      OrderRecord,
      OrderRecord,
      OrderRecord,
    ];
  const legsOf = ({ orderRequestId }: OrderRecord) =>
    ports.store.read(({ orders }) => orders.legs(orderRequestId));
  const standing = async (order: OrderRecord) =>
    (await legsOf(order)).map(
      ({ side, quantity, status }) => `${side} ${quantity.toFixed()} ${status}`,
    );
  /** Orders that the outbox has jobs for, in the order in which they were written. */
  const jobs = async (orders: readonly OrderRecord[]) => {
    const events = await world.database.prisma.event.findMany({
      where: { subjectId: { in: orders.map(({ id }) => id) } },
      orderBy: { sequence: 'asc' },
    });
    return events
      .filter(({ job }) => (job as { name?: string } | null)?.name === 'place-order')
      .map(({ subjectId }) => orders.findIndex(({ id }) => id === subjectId) + 1);
  };

  test('sends what buys first, and each leg when the broker has taken the one before', async () => {
    const legs = await hedged();
    expect(await standing(legs[0])).toEqual([
      'BUY 30 INITIALIZED',
      'SELL 10 INITIALIZED',
      'SELL 20 INITIALIZED',
    ]);
    expect(await jobs(legs)).toEqual([1]);
    // Whoever takes a leg up too early leaves it.
    await submitOrder(ports, legs[1].id);
    await submitOrder(ports, legs[2].id);
    expect(broker.calls).toEqual([]);

    await submitOrder(ports, legs[0].id);
    expect(await jobs(legs)).toEqual([1, 2]);
    await submitOrder(ports, legs[1].id);
    await submitOrder(ports, legs[2].id);
    expect(await jobs(legs)).toEqual([1, 2, 3]);
    expect(broker.calls).toEqual(legs.map(({ clientOrderId }) => `place ${clientOrderId}`));
    expect(requestStateOf(await legsOf(legs[0]))).toBe('LIVE');
  });

  test('stops at a leg that the broker refuses, and says which legs are live', async () => {
    const legs = await hedged();
    await submitOrder(ports, legs[0].id);
    broker.placements.push({ kind: 'REJECTED', reason: 'Insufficient funds.' });
    await submitOrder(ports, legs[1].id);
    await submitOrder(ports, legs[2].id);
    expect(await standing(legs[0])).toEqual([
      'BUY 30 ACCEPTED',
      'SELL 10 REJECTED',
      'SELL 20 DENIED',
    ]);
    const after = await legsOf(legs[0]);
    expect(after[2]).toMatchObject({
      denial: { code: 'OTHER_LEG', actual: '2' },
      reason: 'Not sent, because leg 2 of the request came to nothing.',
    });
    expect(requestStateOf(after)).toBe('PARTLY_LIVE');
    expect(broker.calls).toHaveLength(2);
  });

  test('stops what has not left where the broker takes a leg and rejects it afterwards', async () => {
    const legs = await hedged();
    await submitOrder(ports, legs[0].id);
    expect(await jobs(legs)).toEqual([1, 2]);
    await applyBrokerUpdate(
      ports,
      broker.change(legs[0].clientOrderId, { status: 'REJECTED', statusMessage: 'Circuit limit.' }),
    );
    await submitOrder(ports, legs[1].id);
    expect(await standing(legs[0])).toEqual([
      'BUY 30 REJECTED',
      'SELL 10 DENIED',
      'SELL 20 DENIED',
    ]);
  });

  test('does not let a leg leave on one word that takes and rejects the one before', async () => {
    const legs = await hedged();
    broker.placements.push(timedOut);
    await submitOrder(ports, legs[0].id);
    const [first] = await legsOf(legs[0]);
    if (first === undefined) throw new Error('the leg is gone');
    await broker.place(first);
    const word = broker.change(first.clientOrderId, { status: 'REJECTED', statusMessage: 'No.' });
    await applyBrokerUpdate(ports, word);
    expect(await jobs(legs)).toEqual([1]);
    expect(await standing(legs[0])).toEqual([
      'BUY 30 REJECTED',
      'SELL 10 DENIED',
      'SELL 20 DENIED',
    ]);
  });

  test('waits for a leg whose broker does not answer, goes on when it is found', async () => {
    const legs = await hedged();
    broker.placements.push(timedOut);
    await submitOrder(ports, legs[0].id);
    await submitOrder(ports, legs[1].id);
    expect(await standing(legs[0])).toEqual([
      'BUY 30 UNKNOWN',
      'SELL 10 INITIALIZED',
      'SELL 20 INITIALIZED',
    ]);
    await broker.place(legs[0]);
    await submitOrder(ports, legs[0].id);
    expect(await jobs(legs)).toEqual([1, 2]);
  });

  test('stops when that leg was not placed', async () => {
    const legs = await hedged();
    broker.placements.push(timedOut);
    await submitOrder(ports, legs[0].id);
    const later = { ...ports, clock: { now: () => new Date(Date.now() + 60_000) } };
    for (let reading = 0; reading < 3; reading += 1) await reconcileOrders(later);
    expect(await standing(legs[0])).toEqual([
      'BUY 30 NOT_PLACED',
      'SELL 10 DENIED',
      'SELL 20 DENIED',
    ]);
    expect(broker.calls.filter((call) => call.startsWith('place'))).toHaveLength(1);
  });

  test('goes on by reconciliation alone, leg after leg, when every job is lost', async () => {
    const legs = await hedged();
    const later = { ...ports, clock: { now: () => new Date(Date.now() + 60_000) } };
    await reconcileOrders(later);
    await reconcileOrders(later);
    expect(await standing(legs[0])).toEqual([
      'BUY 30 ACCEPTED',
      'SELL 10 ACCEPTED',
      'SELL 20 ACCEPTED',
    ]);
    expect(broker.calls).toHaveLength(3);
  });

  test('stops behind a leg that is taken back before it left', async () => {
    const legs = await hedged();
    expectOk(await cancelOrder(ports, { actor: testActor(world.userId), orderId: legs[1].id }));
    await submitOrder(ports, legs[0].id);
    expect(await standing(legs[0])).toEqual([
      'BUY 30 ACCEPTED',
      'SELL 10 CANCELLED',
      'SELL 20 DENIED',
    ]);
  });

  test('is taken back whole with all orders of its portfolio', async () => {
    const legs = await hedged();
    const { portfolioId } = world;
    const counts = expectOk(
      await cancelAllOrders(ports, { actor: testActor(world.userId), portfolioId }),
    );
    expect(counts).toEqual({ cancelled: 3, unanswered: 0 });
    expect(await standing(legs[0])).toEqual([
      'BUY 30 CANCELLED',
      'SELL 10 CANCELLED',
      'SELL 20 CANCELLED',
    ]);
  });

  test('passes whole or not at all: margin is that of all legs', async () => {
    // 40,000 units at 19 rupees of margin are 7,60,000 of the ten lakh; 15,000 more are 2,85,000.
    // Charges are 20, 131.10, 3.80, 114 and 27.882 of the one, 20, 356.25, 49.1625, 1.425 and 12.70575.
    const legs = [leg('SELL', 15_000, { product: 'MIS' }), leg('BUY', 40_000)];
    const denied = await place(legs, { idempotencyKey: 'too much' });
    expect(denied).toMatchObject({
      failure: {
        kind: 'ORDER_DENIED',
        code: 'INSUFFICIENT_MARGIN',
        limit: '239263.67475',
        actual: '285000',
        order: { legNumber: 2, side: 'SELL' },
      },
    });
    expect(await place(legs, { idempotencyKey: 'too much' })).toEqual(denied);
    if (denied.ok || denied.failure.kind !== 'ORDER_DENIED') throw new Error('it was denied');
    const { order } = denied.failure;
    expect(await standing(order)).toEqual(['BUY 40000 DENIED', 'SELL 15000 DENIED']);
    expect(await jobs(await legsOf(order))).toEqual([]);
  });

  test('only takes something off what is held where a leg asks for that', async () => {
    const idempotencyKey = `basket ${(made += 1)}`;
    const only = [leg('SELL', 10, { reduceOnly: true })];
    expect(await place(only, { idempotencyKey })).toMatchObject({
      ok: false,
      failure: { kind: 'ORDER_DENIED', code: 'NOT_REDUCING', limit: '0' },
    });
    // It is another basket than the one that may open.
    expect(await place([leg('SELL', 10)], { idempotencyKey })).toMatchObject({
      ok: false,
      failure: { kind: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expectOk(await place([leg('SELL', 10)]));
  });

  test('keeps its answer for its key when it was stopped meanwhile', async () => {
    const legs = [leg('BUY', 1), leg('BUY', 2)];
    const key = { idempotencyKey: 'answer' };
    const first = expectOk(await place(legs, key));
    broker.placements.push({ kind: 'REJECTED', reason: 'No.' });
    await submitOrder(ports, first[0]?.id ?? '');
    const again = expectOk(await place(legs, key));
    expect(again.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    expect(again.map(({ status }) => status)).toEqual(['REJECTED', 'DENIED']);
    expect(await place([leg('BUY', 1)], key)).toMatchObject({
      failure: { kind: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  test('cuts a leg above the freeze quantity and sends its slices one after the other', async () => {
    const { prisma } = world.database;
    const freeze = (freezeQuantity: number | null) =>
      prisma.instrument.update({ where: { id: instrumentId }, data: { freezeQuantity } });
    await freeze(50);
    const legs = expectOk(await place([leg('SELL', 10), leg('BUY', 70, { autoSlice: true })]));
    await freeze(null);
    expect(legs.map(({ quantity }) => quantity.toFixed())).toEqual(['50', '20', '10']);
    expect(await jobs(legs)).toEqual([1]);
  });

  test('is misshapen by name, has a bounded number of legs, and knows no stranger’s things', async () => {
    expect(await place([])).toMatchObject({ failure: { kind: 'INVALID_INPUT', field: 'legs' } });
    const many = Array.from({ length: 21 }, () => leg('BUY', 1));
    expect(await place(many)).toMatchObject({ failure: { field: 'legs' } });
    expect(await place([leg('BUY', 1), leg('BUY', 1, { type: 'LIMIT' })])).toMatchObject({
      failure: { kind: 'INVALID_INPUT', field: 'legs.1.price' },
    });
    const nowhere = '01900000-0000-7000-8000-000000000000';
    expect(await place([leg('BUY', 1, { instrumentId: nowhere })])).toMatchObject({
      failure: { kind: 'NOT_FOUND', entity: 'Instrument' },
    });
  });
});
