import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { Broker, BrokerOrder } from '@nandax/app/ports/broker.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { activateKillSwitch, releaseKillSwitch } from '@nandax/app/risk/kill-switch.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

let world: TradingWorld;
let broker: Broker;
/** What a worker has that dies between its mark and the broker's answer. */
let dying: TradingPorts;
let sent: BrokerOrder[];

beforeAll(async () => {
  world = await createTradingWorld();
  const { prisma } = world.database;
  const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
  const instrumentId = await world.instrument('YESBANK');
  await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
  const time = new Date('2019-07-09T09:20:00+05:30');
  await prisma.feed.update({ where: { id: feedId }, data: { marketTime: time } });
  await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 95, time } });
  broker = world.ports.brokers.of({ id: world.portfolioId, kind: 'PAPER', feedId });
  sent = [];
  const place = (order: BrokerOrder) => {
    sent.push(order);
    return Promise.reject(new Error('The worker was killed.'));
  };
  const atItsEnd = Object.assign(Object.create(broker) as Broker, { place });
  dying = { ...world.ports, brokers: { of: () => atItsEnd } };
});
afterAll(() => world.close());

/** An order that was marked SUBMITTED by a worker that never called the broker. */
async function marked(idempotencyKey: string): Promise<string> {
  const { id } = expectOk(
    await placeOrder(world.ports, {
      ...plainTerms,
      actor: testActor(world.userId),
      idempotencyKey,
      portfolioId: world.portfolioId,
      instrumentId: await world.instrument('YESBANK'),
      side: 'BUY',
      type: 'MARKET',
      product: 'MIS',
      quantity: new Decimal(10),
    }),
  );
  await expect(submitOrder(dying, id)).rejects.toThrow('The worker was killed.');
  expect(await statusOf(id)).toBe('SUBMITTED');
  return id;
}

async function statusOf(id: string): Promise<string> {
  const order = await world.database.prisma.order.findUniqueOrThrow({ where: { id } });
  return order.status;
}

test('an order whose sender died before the call is sent by the next one', async () => {
  const id = await marked('sent again');
  await submitOrder(world.ports, id);
  expect(await statusOf(id)).toBe('ACCEPTED');
});

test('it does not leave after the kill switch, nor when its sender was only held up', async () => {
  const id = await marked('shut meanwhile');
  const held = sent.at(-1);
  if (held === undefined) throw new Error('the sender had an order in hand');
  const actor = testActor(world.userId);
  const target = { scope: 'PORTFOLIO', portfolioId: world.portfolioId } as const;
  const pulled = { actor, administrates: false, target };
  expectOk(await activateKillSwitch(world.ports, { ...pulled, reason: 'Enough for today.' }));
  await submitOrder(world.ports, id);
  const { status, denial } = await world.database.prisma.order.findUniqueOrThrow({ where: { id } });
  expect(status).toBe('DENIED');
  expect(denial).toMatchObject({ code: expect.stringMatching(/HALTED|REDUCING/) as unknown });
  expect(await broker.lookUp(held.clientOrderId)).toEqual({ kind: 'ABSENT' });
  // The paused process wakes up with the order still in its hand.
  expect(await broker.place(held)).toMatchObject({ kind: 'NOT_TAKEN' });
  expect(await broker.lookUp(held.clientOrderId)).toEqual({ kind: 'ABSENT' });
  expectOk(await releaseKillSwitch(world.ports, pulled));
});
