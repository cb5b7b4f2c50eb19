import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cancelOrder } from '@nandax/app/orders/cancel-order.ts';
import { sendCancel } from '@nandax/app/orders/change-at-broker.ts';
import { placeOrder, type PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import { reconcileOrders } from '@nandax/app/orders/reconcile-orders.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { JobHeld } from '@nandax/app/ports/queue.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { TrafficLimits } from '@nandax/core/traffic/traffic.ts';
import { openMarket } from '../kit/open-market.ts';
import { ScriptedBroker } from '../kit/scripted-broker.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

/** Two a second, and five a day, of which two are kept for exits. */
const limits: TrafficLimits = {
  SECOND: { most: 2, keptForExits: 0 },
  MINUTE: { most: 100, keptForExits: 10 },
  DAY: { most: 5, keptForExits: 2 },
  READS: { most: 100, keptForExits: 0 },
  marginMs: 150,
};

describe('a broker that takes so many orders', () => {
  let world: TradingWorld;
  let broker: ScriptedBroker;
  let ports: TradingPorts;
  let order: PlaceOrderInput;
  let now: Date;
  let made = 0;

  beforeAll(async () => {
    world = await createTradingWorld();
    await openMarket(world, 'YESBANK', '93.50');
    order = {
      ...plainTerms,
      actor: testActor(world.userId),
      idempotencyKey: '',
      portfolioId: world.portfolioId,
      instrumentId: await world.instrument('YESBANK'),
      side: 'BUY',
      type: 'MARKET',
      product: 'MIS',
      quantity: new Decimal(10),
    };
  });
  beforeEach(async () => {
    broker = new ScriptedBroker();
    broker.traffic = {
      account: `account ${(made += 1)}`,
      limitsAt: () => Promise.resolve(limits),
    };
    now = new Date('2026-12-01T10:00:00.100+05:30');
    ports = { ...world.ports, clock: { now: () => now }, brokers: { of: () => broker } };
    await world.database.prisma.order.updateMany({ data: { status: 'CANCELLED' } });
  });
  afterAll(() => world.close());

  const place = async (change: Partial<PlaceOrderInput> = {}) =>
    expectOk(
      await placeOrder(ports, { ...order, idempotencyKey: `key ${(made += 1)}`, ...change }),
    );
  const send = async (id: string): Promise<Date | 'left'> => {
    try {
      await submitOrder(ports, id);
      return 'left';
    } catch (error) {
      if (error instanceof JobHeld) return error.until;
      throw error;
    }
  };
  const read = async (id: string) => {
    const found = await ports.store.read(({ orders }) => orders.find(id));
    if (found === null) throw new Error('the order is gone');
    return found;
  };
  const placed = () => broker.calls.filter((call) => call.startsWith('place')).length;
  const at = (time: string): void => void (now = new Date(`2026-12-01T${time}+05:30`));

  test('what is over its second stays as it was, and leaves once in the next', async () => {
    for (let sent = 0; sent < 2; sent += 1) expect(await send((await place()).id)).toBe('left');
    const third = await place();
    const next = new Date('2026-12-01T10:00:01+05:30');
    expect(await send(third.id)).toEqual(next);
    expect((await read(third.id)).status).toBe('INITIALIZED');
    // Its job comes again in that second; so does the look after orders that wait, after a while.
    at('10:00:20');
    await reconcileOrders(ports);
    const events = await world.database.prisma.orderEvent.findMany({
      where: { orderId: third.id },
      orderBy: { number: 'asc' },
      select: { statusAfter: true },
    });
    expect(events.map(({ statusAfter }) => statusAfter)).toEqual(['SUBMITTED', 'ACCEPTED']);
    expect(placed()).toBe(3);
  });

  test('at the cap of the day entries end with the numbers, and exits and cancels still leave', async () => {
    const entries = [];
    for (const time of ['10:00:00', '10:00:01', '10:00:02']) {
      at(time);
      const { id } = await place();
      entries.push(id);
      expect(await send(id)).toBe('left');
    }
    at('10:00:03');
    const over = await place();
    expect(await send(over.id)).toBe('left');
    expect(await read(over.id)).toMatchObject({
      status: 'DENIED',
      denial: { code: 'BROKER_ORDERS_PER_DAY', limit: '3', actual: '4', scope: null },
      reason:
        "It would be order 4 of the account in this day; the broker's limit, less what is kept for exits, is 3.",
    });
    expect(placed()).toBe(3);
    const { prisma } = world.database;
    const told = await prisma.notification.findFirstOrThrow({
      where: { body: { contains: over.clientOrderId } },
    });
    expect(told.level).toBe('WARNING');

    // Ten units are held, which a square-off leaves.
    const [first = ''] = entries;
    const { clientOrderId } = await read(first);
    broker.change(clientOrderId, {
      status: 'COMPLETE',
      executions: [
        {
          tradeId: `T ${clientOrderId}`,
          quantity: new Decimal(10),
          price: new Decimal('93.5'),
          executedAt: now,
        },
      ],
    });
    // An entry that was accepted is asked after like any that waits for an answer.
    await world.database.prisma.order.update({ where: { id: first }, data: { status: 'UNKNOWN' } });
    await submitOrder(ports, first);
    expect((await read(first)).status).toBe('FILLED');
    at('10:00:04');
    for (let sent = 0; sent < 2; sent += 1) {
      const exit = await place({ side: 'SELL', quantity: new Decimal(5) });
      expect(exit.reducing).toBe(true);
      expect(await send(exit.id)).toBe('left');
      expect((await read(exit.id)).status).toBe('ACCEPTED');
    }
    expect(placed()).toBe(5);

    const [, second = ''] = entries;
    at('10:00:05');
    expectOk(await cancelOrder(ports, { actor: order.actor, orderId: second }));
    await sendCancel(ports, second);
    expect((await read(second)).status).toBe('CANCELLED');
  });

  test('what waited for a lock until its second was over is counted in the one that it leaves in', async () => {
    const { id } = await place();
    // The portfolio's lock is had 900 ms after the count, in the last moments of the second.
    const { store } = ports;
    let transactions = 0;
    const slow: TradingPorts = {
      ...ports,
      store: {
        ...store,
        transaction: (work) => {
          transactions += 1;
          if (transactions === 2) at('10:00:00.950');
          return store.transaction(work);
        },
      },
    };
    await expect(submitOrder(slow, id)).rejects.toMatchObject({
      until: new Date('2026-12-01T10:00:01+05:30'),
    });
    expect((await read(id)).status).toBe('INITIALIZED');
    expect(placed()).toBe(0);
    at('10:00:01');
    expect(await send(id)).toBe('left');
    expect((await read(id)).status).toBe('ACCEPTED');
    // It is one order of the day's five, although it was let go twice.
    const account = broker.traffic?.account ?? '';
    expect((await ports.traffic.read(account))?.counts.DAY.entries).toBe(1);
  });
});
