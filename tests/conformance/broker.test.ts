import { Decimal } from 'decimal.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cancelOrder } from '@nandax/app/orders/cancel-order.ts';
import { sendCancel } from '@nandax/app/orders/change-at-broker.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { Broker } from '@nandax/app/ports/broker.ts';
import { reconcileAccounts } from '@nandax/app/reconciliation/reconcile-accounts.ts';
import { plainTerms, type AskedTerms } from '@nandax/core/order/order.ts';
import { expectOk } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';
import { brokers, type OpenBroker } from './brokers.ts';

describe.each(brokers)('the books of the $kind broker', ({ open }) => {
  let place: OpenBroker;
  let broker: Broker;
  let made = 0;

  beforeEach(async () => {
    place = await open();
    broker = place.ports.brokers.of(place.account);
  });
  afterEach(() => place.close());

  /** An order that went all the way to the broker. */
  const order = async (terms: Partial<AskedTerms> = {}) => {
    const { ports, account, world, instrumentId } = place;
    const placed = await placeOrder(ports, {
      ...plainTerms,
      actor: testActor(world.userId),
      idempotencyKey: `order ${(made += 1)}`,
      portfolioId: account.id,
      instrumentId,
      side: 'BUY',
      type: 'MARKET',
      product: 'MIS',
      quantity: new Decimal(10),
      ...terms,
    });
    const { id, clientOrderId } = expectOk(placed);
    await submitOrder(ports, id);
    return { id, clientOrderId };
  };
  const limit = (price: number, terms: Partial<AskedTerms> = {}) =>
    order({ type: 'LIMIT', price: new Decimal(price), ...terms });

  const bookOf = async () => {
    const outcome = await broker.orderBook(place.account);
    if (outcome.kind !== 'READ') throw new Error(outcome.reason);
    return outcome.orders;
  };
  const held = async () => {
    const outcome = await broker.positions(place.account);
    if (outcome.kind !== 'READ') throw new Error(outcome.reason);
    return outcome.positions.map(
      ({ product, netQuantity }) => `${product} ${netQuantity.toFixed()}`,
    );
  };
  const money = async () => {
    const outcome = await broker.funds(place.account);
    if (outcome.kind !== 'READ') throw new Error(outcome.reason);
    const { available, utilised } = outcome.funds;
    return [available.toFixed(2), utilised.toFixed(2)];
  };

  test('the order book shows an order with its tag, its terms and what executed', async () => {
    const { clientOrderId } = await limit(98);
    expect(await bookOf()).toMatchObject([
      {
        clientOrderId,
        instrumentId: place.instrumentId,
        side: 'BUY',
        product: 'MIS',
        status: 'OPEN',
        terms: { type: 'LIMIT', quantity: new Decimal(10), price: new Decimal(98) },
        executions: [],
      },
    ]);
    await place.trade(97.5);
    expect(await bookOf()).toMatchObject([
      { status: 'COMPLETE', executions: [{ quantity: new Decimal(10) }] },
    ]);
  });

  test('the order book is that of the exchange day: the next one begins empty', async () => {
    await order({ product: 'CNC' });
    await place.trade(100);
    const rested = await limit(90);
    expect((await bookOf()).map(({ status }) => status)).toEqual(['COMPLETE', 'OPEN']);
    await place.nextDay();
    expect(await bookOf()).toEqual([]);
    // One by its tag is found whatever the day.
    expect(await broker.lookUp(rested.clientOrderId)).toMatchObject({ kind: 'FOUND' });
    const { clientOrderId } = await limit(95);
    expect((await bookOf()).map((shown) => shown.clientOrderId)).toEqual([clientOrderId]);
  });

  test('positions are what all executions come to, by product, and outlast the day', async () => {
    await order({ product: 'CNC', quantity: new Decimal(30) });
    await order({ side: 'SELL', quantity: new Decimal(20) });
    await place.trade(100);
    expect((await held()).sort()).toEqual(['CNC 30', 'MIS -20']);
    await order({ side: 'BUY', quantity: new Decimal(20) });
    await place.trade(100);
    expect(await held()).toEqual(['CNC 30']);
    await place.nextDay();
    expect(await held()).toEqual(['CNC 30']);
  });

  test('an order that waits holds money, one that is taken back gives it back', async () => {
    const [before = '', utilised = ''] = await money();
    expect(Number(before)).toBeGreaterThan(0);
    expect(utilised).toBe('0.00');
    const { id } = await limit(90, { product: 'CNC', quantity: new Decimal(100) });
    // Delivery is bought for its whole value.
    expect(await money()).toEqual([(Number(before) - 9_000).toFixed(2), '9000.00']);
    const actor = testActor(place.world.userId);
    expectOk(await cancelOrder(place.ports, { actor, orderId: id }));
    await sendCancel(place.ports, id);
    expect(await money()).toEqual([before, utilised]);
  });

  test('a position binds its margin, and sets it free when it is left; exits hold nothing', async () => {
    const [before = ''] = await money();
    await order({ quantity: new Decimal(100) });
    await place.trade(100);
    const [available = '', bound = ''] = await money();
    expect(Number(bound)).toBeGreaterThan(0);
    expect((Number(available) + Number(bound)).toFixed(2)).toBe(before);
    await limit(110, { side: 'SELL', quantity: new Decimal(100) });
    expect(await money()).toEqual([available, bound]);
    await place.trade(109);
    await place.trade(110.05);
    // A hundred at ten more.
    expect(await money()).toEqual([(Number(before) + 1_000).toFixed(2), '0.00']);
  });

  test('what the money no longer reaches for is refused in the words of brokers', async () => {
    const { ports, account, world, instrumentId } = place;
    const placed = await placeOrder(ports, {
      ...plainTerms,
      actor: testActor(world.userId),
      idempotencyKey: 'all of it',
      portfolioId: account.id,
      instrumentId,
      side: 'BUY',
      type: 'MARKET',
      product: 'CNC',
      quantity: new Decimal(9_000),
    });
    // The door let it pass at 100.
    await place.quote(120);
    const { id } = expectOk(placed);
    await submitOrder(ports, id);
    const order = await ports.store.read(({ orders }) => orders.find(id));
    expect(order).toMatchObject({ status: 'REJECTED' });
    expect(order?.reason).toBe(
      'Insufficient funds. Required margin is 1080000.00 but available margin is 1000000.00. Check the orderbook for open orders.',
    );
    expect(await held()).toEqual([]);
  });

  test('its books and ours agree through orders, fills, exits and another day', async () => {
    const { world, ports } = place;
    let now = Date.now();
    const reader = {
      ...ports,
      clock: { now: () => new Date(now) },
      fundsTolerance: new Decimal(1),
    };
    /** Two readings, so that what they show alike would be a finding. */
    const differences = async () => {
      for (let reading = 0; reading < 2; reading += 1) {
        now += 61_000;
        await reconcileAccounts(reader);
      }
      const { readAt } = await world.database.prisma.accountReading.findFirstOrThrow();
      expect(readAt).toEqual(new Date(now));
      return world.database.prisma.reconciliationFinding.findMany();
    };
    await limit(90, { product: 'CNC' });
    await order({ quantity: new Decimal(100) });
    expect(await differences()).toEqual([]);
    await place.trade(100);
    await limit(120, { side: 'SELL', quantity: new Decimal(40) });
    expect(await differences()).toEqual([]);
    await order({ side: 'SELL', quantity: new Decimal(130) });
    await place.trade(101);
    expect(await differences()).toEqual([]);
    await place.nextDay();
    await limit(95, { product: 'CNC' });
    expect(await differences()).toEqual([]);
  });

  test('an account that begins anew holds nothing of before', async () => {
    const { reset } = place;
    if (reset === null) return;
    await order({ quantity: new Decimal(100) });
    await place.trade(100);
    expect(await held()).toEqual(['MIS 100']);
    await reset(50_000);
    expect(await held()).toEqual([]);
    expect(await money()).toEqual(['50000.00', '0.00']);
    await order({ quantity: new Decimal(5) });
    await place.trade(100);
    expect(await held()).toEqual(['MIS 5']);
  });
});
