import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { placeOrder, type PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { OrderRecord } from '@nandax/app/ports/orders.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { requestStateOf } from '@nandax/core/order/leg-state.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { noLimits, type RiskLimits } from '@nandax/core/risk/risk-limits.ts';
import { ScriptedBroker } from '../kit/scripted-broker.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

describe('an order above the freeze quantity', () => {
  let world: TradingWorld;
  let broker: ScriptedBroker;
  let ports: TradingPorts;
  let market: PlaceOrderInput;
  let made = 0;

  beforeAll(async () => {
    world = await createTradingWorld();
    const { prisma } = world.database;
    const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    const instrumentId = await world.instrument('YESBANK');
    await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
    const time = new Date('2019-07-09T09:20:00+05:30');
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime: time } });
    await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 95, time } });
    await prisma.instrument.update({ where: { id: instrumentId }, data: { freezeQuantity: 50 } });
    market = {
      ...plainTerms,
      actor: testActor(world.userId),
      idempotencyKey: '',
      portfolioId: world.portfolioId,
      instrumentId,
      side: 'BUY',
      type: 'MARKET',
      product: 'MIS',
      quantity: new Decimal(120),
      autoSlice: true,
    };
  });
  beforeEach(async () => {
    broker = new ScriptedBroker();
    ports = { ...world.ports, brokers: { of: () => broker } };
    await world.database.prisma.riskLimits.deleteMany();
    await world.database.prisma.riskCounter.deleteMany();
    await world.database.prisma.order.updateMany({ data: { status: 'CANCELLED' } });
  });
  afterAll(() => world.close());

  const place = (change: Partial<PlaceOrderInput> = {}) =>
    placeOrder(ports, { ...market, idempotencyKey: `sliced ${(made += 1)}`, ...change });
  const slicesOf = ({ orderRequestId }: OrderRecord) =>
    ports.store.read(({ orders }) => orders.legs(orderRequestId));
  const limit = (limits: Partial<RiskLimits>) =>
    ports.store.transaction(({ risk }) =>
      risk.saveLimits(
        { scope: 'USER', scopeId: world.userId, limits: { ...noLimits, ...limits } },
        new Date(),
      ),
    );
  const printed = (orders: readonly OrderRecord[]) =>
    orders.map(({ quantity, status }) => `${quantity.toFixed()} ${status}`);

  test('leaves in slices, the largest first, which hang on one request', async () => {
    const order = expectOk(await place());
    const slices = await slicesOf(order);
    expect(printed(slices)).toEqual(['50 INITIALIZED', '50 INITIALIZED', '20 INITIALIZED']);
    expect(slices.map(({ requestKind }) => requestKind)).toEqual(['SLICED', 'SLICED', 'SLICED']);
    const ids = slices.map(({ id }) => id);
    const jobs = await world.database.prisma.event.findMany({
      where: { subjectId: { in: ids }, type: 'ORDER_INITIALIZED' },
    });
    // All may leave at once: each has its job.
    expect(jobs.every(({ job }) => job !== null)).toBe(true);
    expect(jobs).toHaveLength(3);
  });

  test('is made once for its key, and is another request without slicing', async () => {
    const calls = Array.from({ length: 20 }, () => place({ idempotencyKey: 'sliced at once' }));
    const orders = (await Promise.all(calls)).map(expectOk);
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1);
    expect(await slicesOf(orders[0] ?? fail())).toHaveLength(3);
    expect(await place({ idempotencyKey: 'sliced at once', autoSlice: false })).toMatchObject({
      failure: { kind: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  test('is denied where nobody asked for slices, and the denial says how', async () => {
    expect(await place({ autoSlice: false })).toMatchObject({
      failure: {
        code: 'FREEZE_QUANTITY',
        limit: '50',
        actual: '120',
        order: {
          reason:
            'One order may carry 50 units; this one has 120. With autoSlice it leaves as 3 orders.',
        },
      },
    });
    expect(await place({ variety: 'ICEBERG', icebergLegs: 2 })).toMatchObject({
      failure: { kind: 'INVALID_INPUT', field: 'autoSlice' },
    });
  });

  test('of one slice is an order like any other', async () => {
    const order = expectOk(await place({ quantity: new Decimal(50) }));
    expect(order.requestKind).toBe('SINGLE');
    expect(await slicesOf(order)).toHaveLength(1);
  });

  test('is denied with the numbers where it would be more slices than the broker takes', async () => {
    const denied = await place({ quantity: new Decimal(501) });
    expect(denied).toMatchObject({
      failure: { code: 'SLICES', limit: '10', actual: '11', order: { status: 'DENIED' } },
    });
    expect(expectOk(await place({ quantity: new Decimal(500) })).requestKind).toBe('SLICED');
  });

  test('passes whole or not at all: margin is that of all slices', async () => {
    // A fifth of 95 is 19 rupees a unit. Two slices of 20,000 take 7,60,000 of the ten lakh, and all three
    // 160.191 each of charges: 20 of brokerage, 65.55, 1.90 and 57 of fees and duty, 15.741 of tax.
    const { prisma } = world.database;
    const freeze = (freezeQuantity: number) =>
      prisma.instrument.update({ where: { id: market.instrumentId }, data: { freezeQuantity } });
    await freeze(20_000);
    const denied = await place({ idempotencyKey: 'too much', quantity: new Decimal(60_000) });
    await freeze(50);
    expect(denied).toMatchObject({
      failure: {
        code: 'INSUFFICIENT_MARGIN',
        limit: '239519.427',
        actual: '380000',
        order: {
          reason:
            'Slice 3 of 3: The order needs a margin of 380000.00 rupees; 239519.43 is available.',
        },
      },
    });
    if (denied.ok || denied.failure.kind !== 'ORDER_DENIED') throw new Error('it was denied');
    const slices = await slicesOf(denied.failure.order);
    expect(printed(slices)).toEqual(['20000 DENIED', '20000 DENIED', '20000 DENIED']);
    expect(slices[0]).toMatchObject({
      denial: { code: 'OTHER_LEG', actual: '3' },
      reason: 'Not sent, because leg 3 of the request came to nothing.',
    });
    expect(requestStateOf(slices)).toBe('DENIED');
    // Nothing of it ties up margin, and its key keeps its answer.
    expect(await place({ idempotencyKey: 'too much', quantity: new Decimal(60_000) })).toEqual(
      denied,
    );
    expectOk(await place());
  });

  test('meets limits on an order slice by slice, on a trade as a whole, on the count with each', async () => {
    await limit({ maxOrderQuantity: new Decimal(50), maxOrderValue: new Decimal(4_750) });
    expectOk(await place());
    // 120 units at 19 rupees tie up 2,280: two slices 1,900, and the third 380 more.
    await limit({ maxCapitalPerTrade: new Decimal(2_279) });
    expect(await place()).toMatchObject({
      failure: { code: 'MAX_CAPITAL_PER_TRADE', limit: '2279', actual: '2280', scope: 'USER' },
    });
    await limit({ maxCapitalPerTrade: new Decimal(2_280) });
    expectOk(await place());
    await world.database.prisma.riskCounter.deleteMany();
    await limit({ maxOrdersPerDay: new Decimal(2) });
    expect(await place()).toMatchObject({
      failure: { code: 'MAX_ORDERS_PER_DAY', limit: '2', actual: '3' },
    });
    // What was denied counts for nothing: two orders are still to be had.
    expectOk(await place({ quantity: new Decimal(100) }));
    expect(await place({ quantity: new Decimal(50) })).toMatchObject({
      failure: { code: 'MAX_ORDERS_PER_DAY', actual: '3' },
    });
  });

  test('stays as it is where the broker refuses one slice, and says which are live', async () => {
    const slices = await slicesOf(expectOk(await place()));
    broker.placements.push(
      { kind: 'ACCEPTED', brokerOrderId: 'B1' },
      { kind: 'REJECTED', reason: 'Insufficient funds.' },
      { kind: 'ACCEPTED', brokerOrderId: 'B3' },
    );
    for (const { id } of slices) await submitOrder(ports, id);
    const after = await slicesOf(slices[0] ?? fail());
    expect(printed(after)).toEqual(['50 ACCEPTED', '50 REJECTED', '20 ACCEPTED']);
    expect(requestStateOf(after)).toBe('PARTLY_LIVE');
  });
});

function fail(): never {
  throw new Error('there is no order');
}
