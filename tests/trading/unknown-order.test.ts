import { randomUUID } from 'node:crypto';
import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decideOnFailedJob } from '@nandax/app/administration/decide-on-failed-job.ts';
import { placeOrderJob } from '@nandax/app/jobs.ts';
import { cancelOrder } from '@nandax/app/orders/cancel-order.ts';
import { modifyOrder } from '@nandax/app/orders/modify-order.ts';
import { placeOrder, type PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import { reconcileOrders } from '@nandax/app/orders/reconcile-orders.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { ScriptedBroker } from '../kit/scripted-broker.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

const noAnswer = { kind: 'FAILED', reason: 'No answer.' } as const;
const timedOut = { kind: 'TIMED_OUT', reason: 'No answer.' } as const;

describe('an order whose broker did not answer', () => {
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
    market = {
      ...plainTerms,
      actor: testActor(world.userId),
      idempotencyKey: '',
      portfolioId: world.portfolioId,
      instrumentId,
      side: 'BUY',
      type: 'MARKET',
      product: 'MIS',
      quantity: new Decimal(10),
    };
  });
  beforeEach(async () => {
    broker = new ScriptedBroker();
    // A minute later, so that every order of this test has waited long enough.
    const clock = { now: () => new Date(Date.now() + 60_000) };
    ports = { ...world.ports, clock, brokers: { of: () => broker } };
    await world.database.prisma.order.updateMany({ data: { status: 'CANCELLED' } });
  });
  afterAll(() => world.close());

  const lost = async () => {
    const idempotencyKey = `lost ${(made += 1)}`;
    // Written a minute before the clock by which it is looked after.
    const past = { ...ports, clock: world.ports.clock };
    const order = expectOk(await placeOrder(past, { ...market, idempotencyKey }));
    broker.placements.push(timedOut);
    await submitOrder(past, order.id);
    return order;
  };
  const statusOf = async (id: string) =>
    (await ports.store.read(({ orders }) => orders.find(id)))?.status;
  const told = (clientOrderId: string) =>
    world.database.prisma.notification.count({ where: { body: { contains: clientOrderId } } });

  test('is not placed after three readings that do not show it, and its user is told once', async () => {
    const { id, clientOrderId } = await lost();
    expect(await statusOf(id)).toBe('UNKNOWN');
    await reconcileOrders(ports);
    await reconcileOrders(ports);
    expect(await statusOf(id)).toBe('UNKNOWN');
    await reconcileOrders(ports);
    expect(await statusOf(id)).toBe('NOT_PLACED');
    await reconcileOrders(ports);
    await submitOrder(ports, id);
    expect(await told(clientOrderId)).toBe(1);
    expect(broker.calls.filter((call) => call.startsWith('place'))).toHaveLength(1);
  });

  test('is not given up by readings that failed, of the order or of the book', async () => {
    const { id } = await lost();
    for (let reading = 0; reading < 5; reading += 1) {
      broker.lookups.push(noAnswer);
      await reconcileOrders(ports);
      broker.books.push(noAnswer);
      await reconcileOrders(ports);
    }
    expect(await statusOf(id)).toBe('UNKNOWN');
  });

  test('is found by its tag, in the book too, and was never sent again', async () => {
    const { id, clientOrderId } = await lost();
    const [order] = await ports.store.read(({ orders }) => orders.working(market.portfolioId));
    if (order === undefined) throw new Error('the order works');
    await broker.place(order);
    broker.lookups.push({ kind: 'ABSENT' });
    await reconcileOrders(ports);
    expect(await statusOf(id)).toBe('ACCEPTED');
    const eventsBefore = await world.database.prisma.orderEvent.count({ where: { orderId: id } });
    await reconcileOrders(ports);
    await reconcileOrders(ports);
    expect(await world.database.prisma.orderEvent.count({ where: { orderId: id } })).toBe(
      eventsBefore,
    );
    // Once by us, and once by the hand of this test.
    expect(broker.calls.filter((call) => call === `place ${clientOrderId}`)).toHaveLength(2);
  });

  test('that a crash left between the mark and the call is asked for, not sent', async () => {
    const { id } = await lost();
    await world.database.prisma.order.update({ where: { id }, data: { status: 'SUBMITTED' } });
    await reconcileOrders(ports);
    expect(await statusOf(id)).toBe('UNKNOWN');
    expect(broker.calls.filter((call) => call.startsWith('place'))).toHaveLength(1);
  });

  test('about a change or a cancel is asked again', async () => {
    const past = { ...ports, clock: world.ports.clock };
    const terms = { ...market, type: 'LIMIT', price: new Decimal(94) } as const;
    const { id } = expectOk(await placeOrder(past, { ...terms, idempotencyKey: 'to change' }));
    await submitOrder(past, id);
    const { actor } = market;
    const changes = { price: new Decimal('94.5') };
    expectOk(await modifyOrder(past, { actor, orderId: id, changes }));
    await reconcileOrders(ports);
    expect(await statusOf(id)).toBe('ACCEPTED');
    expectOk(await cancelOrder(past, { actor, orderId: id }));
    await reconcileOrders(ports);
    expect(await statusOf(id)).toBe('CANCELLED');
  });

  test('whose job an administrator put away is taken back, unless it may have left', async () => {
    const past = { ...ports, clock: world.ports.clock };
    const unsent = expectOk(await placeOrder(past, { ...market, idempotencyKey: 'never sent' }));
    const unanswered = await lost();
    for (const order of [unsent, unanswered]) {
      const job = placeOrderJob(order.id, order.clientOrderId);
      const failureId = randomUUID();
      await ports.store.transaction(({ jobFailures }) =>
        jobFailures.insert({
          ...{ id: failureId, queue: job.queue, name: job.name, jobId: job.id },
          ...{ payload: job.payload, reason: 'No answer.', attempts: 3 },
          failedAt: ports.clock.now(),
        }),
      );
      const { actor } = market;
      if (actor.kind !== 'USER') throw new Error('a person decides');
      expectOk(await decideOnFailedJob(ports, { actor, failureId, decision: 'DISCARD' }));
    }
    expect(await statusOf(unsent.id)).toBe('CANCELLED');
    expect(await statusOf(unanswered.id)).toBe('UNKNOWN');
    await reconcileOrders(ports);
    expect(broker.calls).not.toContain(`place ${unsent.clientOrderId}`);
  });
});
