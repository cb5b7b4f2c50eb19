import { noCharges } from '@nandax/core/charges/accrued-charges.ts';
import { clientOrderIdOf } from '@nandax/core/order/client-order-id.ts';
import { initializeOrder, plainTerms } from '@nandax/core/order/order.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import type { FillRecord, OrderRecord, OrderRequestRecord } from '@nandax/app/ports/orders.ts';
import { UniqueKeyTaken, type StoreTransaction } from '@nandax/app/ports/store.ts';
import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deferred } from '../setup/deferred.ts';
import { stores, type OpenStore } from './stores.ts';

const ids = systemIds();
const at = new Date('2019-07-16T04:30:00Z');

describe.each(stores)('the store in $kind', ({ open }) => {
  let world: OpenStore;
  let order: OrderRecord;
  let request: OrderRequestRecord;

  beforeAll(async () => {
    world = await open();
  });
  beforeEach(() => {
    ({ order, request } = newOrder(world));
  });
  afterAll(() => world.close());

  const insert = async (rows: StoreTransaction, made = { request, order }) => {
    await rows.orders.insertRequest(made.request);
    await rows.orders.insert(made.order, []);
  };
  const find = () => world.store.read(({ orders }) => orders.find(order.id));

  test('nothing is left of a transaction that fails', async () => {
    const failing = world.store.transaction(async (rows) => {
      await insert(rows);
      expect((await rows.orders.find(order.id))?.status).toBe('INITIALIZED');
      throw new Error('the work failed');
    });

    await expect(failing).rejects.toThrow('the work failed');
    expect(await find()).toBeNull();
  });

  test('others see a transaction only once it is committed', async () => {
    const written = deferred();
    const seen = deferred();
    const working = world.store.transaction(async (rows) => {
      await insert(rows);
      written.resolve();
      await seen.promise;
    });
    await written.promise;
    expect(await find()).toBeNull();
    seen.resolve();
    await working;

    expect(await find()).toMatchObject({ id: order.id, clientOrderId: order.clientOrderId });
  });

  test('a portfolio has one transaction at a time, which sees what the one before wrote', async () => {
    await world.store.transaction((rows) => insert(rows));
    const locked = deferred();
    const order2 = { ...order, status: 'SUBMITTED' } as const;
    const steps: string[] = [];
    const first = world.store.transaction(async (rows) => {
      await rows.portfolios.lock(world.portfolioId);
      locked.resolve();
      await rows.orders.save(order2, { type: 'SUBMITTED' });
      // Long enough that the other one would come between if nothing held it.
      for (let read = 0; read < 5; read += 1) await rows.orders.find(order.id);
      steps.push('first done');
    });
    await locked.promise;
    const second = world.store.transaction(async (rows) => {
      await rows.portfolios.lock(world.portfolioId);
      steps.push(`second sees ${(await rows.orders.find(order.id))?.status ?? 'nothing'}`);
    });
    await Promise.all([first, second]);

    expect(steps).toEqual(['first done', 'second sees SUBMITTED']);
  });

  test('one idempotency key makes one request, also at the same instant', async () => {
    const twin = newOrder(world, request.idempotencyKey);
    const outcomes = await Promise.allSettled([
      world.store.transaction((rows) => insert(rows)),
      world.store.transaction((rows) => insert(rows, twin)),
    ]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toBeInstanceOf(UniqueKeyTaken);
    const found = await world.store.read(({ orders }) =>
      orders.findRequest(world.userId, request.idempotencyKey),
    );
    expect(found?.orders).toHaveLength(1);
  });

  test('a denial that comes after the door is kept with its numbers', async () => {
    await world.store.transaction((rows) => insert(rows));
    const denial = { code: 'BROKER_ORDERS_PER_DAY', limit: '4750', actual: '4751', scope: null };
    const denied: OrderRecord = { ...order, status: 'DENIED', reason: 'Too many.', denial };
    await world.store.transaction(({ orders }) =>
      orders.save(denied, { type: 'DENIED', reason: 'Too many.' }),
    );
    const found = await world.store.read(({ orders }) => orders.find(order.id));
    expect(found).toMatchObject({ status: 'DENIED', reason: 'Too many.', denial });
  });

  test('an execution and its ledger transaction are written once', async () => {
    await world.store.transaction((rows) => insert(rows));
    const fill = fillOf(order, 'T1', 10, 780.05);
    const book = (id: string) =>
      world.store.transaction(({ orders }) => orders.insertFill({ ...fill, id }));
    await book(fill.id);
    await expect(book(ids.uuid())).rejects.toBeInstanceOf(UniqueKeyTaken);

    const balances = (): Promise<Decimal> =>
      world.store.read(({ portfolios }) => portfolios.balance(world.portfolioId, 'CASH'));
    const before = await balances();
    const post = () => world.store.transaction(({ portfolios }) => portfolios.post(posting(fill)));
    await post();
    await expect(post()).rejects.toBeInstanceOf(UniqueKeyTaken);
    expect((await balances()).minus(before).toFixed(2)).toBe('-7800.50');
  });

  test('an order is read as it was written, with the executions that were booked', async () => {
    const filled: OrderRecord = {
      ...order,
      brokerOrderId: 'B1',
      status: 'PARTIALLY_FILLED',
      filledQuantity: new Decimal(30),
      averagePrice: new Decimal('780.0666666666667'),
    };
    await world.store.transaction(async (rows) => {
      await insert(rows);
      await rows.orders.save(filled, { type: 'ACCEPTED', brokerOrderId: 'B1' });
      await rows.orders.insertFill(fillOf(order, `${order.id}-1`, 10, 780.05));
      await rows.orders.insertFill(fillOf(order, `${order.id}-2`, 20, 780.075));
    });

    const found = await world.store.read(({ orders }) =>
      orders.findByClientOrderId(order.clientOrderId),
    );
    expect(found).toMatchObject({ brokerOrderId: 'B1', status: 'PARTIALLY_FILLED' });
    expect(found?.averagePrice?.toFixed()).toBe('780.0667');
    expect([...(found?.executions.keys() ?? [])]).toEqual([`${order.id}-1`, `${order.id}-2`]);
    const working = await world.store.read(({ orders }) => orders.working(world.portfolioId));
    expect(working.map(({ id }) => id)).toContain(order.id);
  });

  test('orders that wait for the broker are found from the age asked for', async () => {
    await world.store.transaction((rows) => insert(rows));
    const waiting = async (since: Date) =>
      (await world.store.read(({ orders }) => orders.unansweredSince(since))).map(({ id }) => id);

    expect(await waiting(new Date(at.getTime() + 1))).toContain(order.id);
    expect(await waiting(at)).not.toContain(order.id);
  });

  test('the orders of a request are read by their numbers, in whatever order they were written', async () => {
    const second = { ...newOrder(world).order, orderRequestId: request.id, legNumber: 2 };
    const first = { ...order, requestKind: 'SLICED' } as const;
    await world.store.transaction(async (rows) => {
      await rows.orders.insertRequest(request);
      await rows.orders.insert(second, []);
      await rows.orders.insert(first, []);
    });
    const legs = await world.store.read(({ orders }) => orders.legs(request.id));
    expect(legs.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(legs[0]?.requestKind).toBe('SLICED');
  });

  test('why an order was denied is kept with it, also when that came later', async () => {
    await world.store.transaction((rows) => insert(rows));
    const denial = { code: 'OTHER_LEG', limit: null, actual: '1', scope: null };
    await world.store.transaction(({ orders }) =>
      orders.save({ ...order, status: 'DENIED', denial }, { type: 'DENIED', reason: 'No.' }),
    );
    const found = await world.store.read(({ orders }) => orders.find(order.id));
    expect(found?.denial).toEqual(denial);
  });

  test('a position is one row that the last writer left', async () => {
    const { portfolioId, instrumentId } = world;
    const product = 'MIS';
    const position = {
      id: ids.uuid(),
      portfolioId,
      instrumentId,
      product,
      multiplier: new Decimal(1),
      margin: new Decimal(0),
      settled: new Decimal('-12.5'),
      buyQuantity: new Decimal(10),
      buyValue: new Decimal(7800),
      sellQuantity: new Decimal(0),
      sellValue: new Decimal(0),
      realisedPnl: new Decimal(0),
      book: {
        day: { feedId: null, date: '2026-11-20' },
        overnightQuantity: new Decimal(-4),
        overnightValue: new Decimal('40.1234'),
        dayBuyQuantity: new Decimal(3),
        dayBuyValue: new Decimal('30.5'),
        daySellQuantity: new Decimal(2),
        daySellValue: new Decimal('20.25'),
        previousDay: { feedId: portfolioId, date: '2026-11-19' },
        previousQuantity: new Decimal(-1),
      },
    } as const;
    const save = (buyQuantity: number) =>
      world.store.transaction(({ portfolios }) =>
        portfolios.savePosition({ ...position, buyQuantity: new Decimal(buyQuantity) }, at),
      );
    await save(10);
    await save(25);
    const held = await world.store.read(({ portfolios }) => portfolios.positions(portfolioId));
    expect(held.map(({ buyQuantity }) => buyQuantity.toFixed())).toEqual(['25']);
    expect(held.map(({ book }) => book)).toEqual([position.book]);
  });

  test('events are numbered without gaps, however many write at once and whoever fails', async () => {
    const append = (fails: boolean, place: number) =>
      world.store.transaction(async ({ events }) => {
        await events.append(world.userId, [draft(`A${place}`), draft(`B${place}`)], at);
        if (fails) throw new Error('the work failed');
      });
    await append(false, 0);
    await Promise.allSettled([false, true, false, true, false].map(append));
    const written = await world.store.transaction(({ events }) => events.takeUnpublished(1_000));
    const numbers = written.map(({ sequence }) => Number(sequence)).sort((a, b) => a - b);

    // Two each of the four that did not fail.
    expect(numbers).toHaveLength(8);
    expect((numbers.at(-1) ?? 0) - (numbers[0] ?? 0)).toBe(7);
  });

  test('an event that one relay holds is not given to another, and leaves once', async () => {
    await world.store.transaction(({ events }) => events.append(world.userId, [draft('C')], at));
    const taken = deferred();
    const looked = deferred();
    const holding = world.store.transaction(async ({ events }) => {
      const mine = await events.takeUnpublished(1_000);
      expect(mine.length).toBeGreaterThan(0);
      taken.resolve();
      await looked.promise;
      await events.markPublished(mine, at);
    });
    const take = () => world.store.transaction(({ events }) => events.takeUnpublished(1_000));
    await taken.promise;
    expect(await take()).toEqual([]);
    looked.resolve();
    await holding;

    expect(await take()).toEqual([]);
  });
});

function draft(type: string) {
  return { topic: 'ORDER', type, subjectId: ids.uuid(), payload: {} } as const;
}

function newOrder(
  { userId, portfolioId, instrumentId }: OpenStore,
  idempotencyKey = ids.uuid(),
): { readonly order: OrderRecord; readonly request: OrderRequestRecord } {
  const id = ids.uuid();
  const request: OrderRequestRecord = {
    id: ids.uuid(),
    userId,
    idempotencyKey,
    requestHash: '0'.repeat(64),
    kind: 'SINGLE',
    source: 'USER',
    createdAt: at,
  };
  const order: OrderRecord = {
    ...initializeOrder({
      ...plainTerms,
      clientOrderId: clientOrderIdOf(id),
      side: 'BUY',
      type: 'MARKET',
      product: 'MIS',
      quantity: new Decimal(100),
    }),
    id,
    userId,
    portfolioId,
    orderRequestId: request.id,
    requestKind: request.kind,
    legNumber: 1,
    parentOrderId: null,
    reduceOnly: false,
    instrumentId,
    runId: null,
    agentDecisionId: null,
    feedId: null,
    source: 'USER',
    intent: 'MANUAL',
    denial: null,
    reducing: false,
    referencePrice: null,
    marketTime: at,
    createdAt: at,
    updatedAt: at,
  };
  return { order, request };
}

function fillOf(order: OrderRecord, tradeId: string, quantity: number, price: number): FillRecord {
  return {
    id: ids.uuid(),
    orderId: order.id,
    userId: order.userId,
    portfolioId: order.portfolioId,
    runId: null,
    instrumentId: order.instrumentId,
    feedId: null,
    tradeId,
    side: order.side,
    product: order.product,
    quantity: new Decimal(quantity),
    price: new Decimal(price),
    executedAt: at,
    tradingDay: '2019-07-16',
    charges: noCharges,
    createdAt: at,
  };
}

function posting(fill: FillRecord) {
  const amount = fill.quantity.times(fill.price);
  return {
    id: ids.uuid(),
    portfolioId: fill.portfolioId,
    kind: 'FILL',
    reference: fill.id,
    description: 'a fill',
    postedAt: at,
    createdAt: at,
    lines: [
      { account: 'CASH', amount: amount.negated() },
      { account: 'SECURITIES', amount },
    ],
  } as const;
}
