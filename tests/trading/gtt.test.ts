import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { cancelGtt } from '@nandax/app/gtt/cancel-gtt.ts';
import { modifyGtt } from '@nandax/app/gtt/modify-gtt.ts';
import { placeGtt, type PlaceGttInput } from '@nandax/app/gtt/place-gtt.ts';
import { GttWatch } from '@nandax/app/gtt/watch-gtts.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { LeaseLost, type FeedLease } from '@nandax/app/ports/feeds.ts';
import { PaperExchange } from '@nandax/app/replay/paper-exchange.ts';
import { stopReplay } from '@nandax/app/replay/stop-replay.ts';
import { activateKillSwitch } from '@nandax/app/risk/kill-switch.ts';
import { sweepKillSwitches } from '@nandax/app/risk/sweep-kill-switch.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

const opening = new Date('2019-07-09T09:20:00+05:30');

function leg(triggerPrice: number, price = triggerPrice, quantity = 10) {
  return {
    triggerPrice: new Decimal(triggerPrice),
    price: new Decimal(price),
    quantity: new Decimal(quantity),
  };
}

describe('GTTs in a share at 100.00', () => {
  let world: TradingWorld;
  let instrumentId: string;
  let feedId: string;
  let lease: FeedLease;
  let watch: GttWatch;
  let exchange: PaperExchange;
  let now: number;
  let number = 0;

  beforeAll(async () => {
    world = await createTradingWorld();
    instrumentId = await world.instrument('YESBANK');
  });

  afterAll(() => world.close());

  beforeEach(async () => {
    const { prisma } = world.database;
    const { store } = world.ports;
    feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime: opening } });
    await prisma.quote.create({
      data: { feedId, instrumentId, lastPrice: 100, time: opening },
    });
    now = opening.getTime();
    lease = await takeLease();
    watch = watchOf(lease);
    const record = await store.read(({ runs }) => runs.findInstrument(instrumentId));
    if (record === null) throw new Error('the share must be there');
    exchange = new PaperExchange(world.ports, lease, [record], { origin: 'TICKS' });
  });

  /** Each story begins with nothing held and nothing waiting. */
  afterEach(async () => {
    const { prisma } = world.database;
    await prisma.gtt.deleteMany();
    await prisma.notification.deleteMany();
    await prisma.tradingState.deleteMany();
    await prisma.position.deleteMany();
    await prisma.trade.deleteMany();
    await prisma.order.updateMany({ data: { status: 'FILLED' } });
    await prisma.simulatedOrder.updateMany({ data: { status: 'COMPLETE' } });
  });

  async function takeLease(): Promise<FeedLease> {
    await world.database.prisma.feed.update({ where: { id: feedId }, data: { leaseOwner: null } });
    const taken = await world.ports.store.transaction(({ feeds }) =>
      feeds.acquireLease(feedId, `owner ${(number += 1)}`, new Date(), new Date(Date.now() + 6e5)),
    );
    if (taken === null) throw new Error('the lease must be free');
    return taken;
  }

  const watchOf = (held: FeedLease) =>
    new GttWatch(world.ports, held, [instrumentId], () => Promise.resolve());

  /** The share trades at these prices, a second apart; returns the ticks. */
  const ticksAt = (...prices: number[]) =>
    prices.map((price) => ({ instrument: 0, time: (now += 1_000), price, volume: null }));

  const trade = async (...prices: number[]) => {
    const ticks = ticksAt(...prices);
    await exchange.match(ticks);
    return watch.hear(ticks, new Date(now));
  };

  const place = (input: Partial<PlaceGttInput>) =>
    placeGtt(world.ports, {
      actor: testActor(world.userId),
      idempotencyKey: `gtt ${(number += 1)}`,
      portfolioId: world.portfolioId,
      instrumentId,
      side: 'BUY',
      product: 'CNC',
      legs: [leg(95)],
      ...input,
    });

  const buy = async (quantity: number, product: Product = 'CNC') => {
    const order = await placeOrder(world.ports, {
      ...plainTerms,
      actor: testActor(world.userId),
      idempotencyKey: `order ${(number += 1)}`,
      portfolioId: world.portfolioId,
      instrumentId,
      side: 'BUY',
      type: 'MARKET',
      product,
      quantity: new Decimal(quantity),
    });
    await submitOrder(world.ports, expectOk(order).id);
    await trade(100);
  };

  const gttOrders = () =>
    world.database.prisma.order.findMany({ where: { source: 'GTT', feedId } });

  const stored = (id: string) =>
    world.database.prisma.gtt.findUniqueOrThrow({ where: { id }, include: { legs: true } });

  test('one that was refused stays refused for its key, though the price moved away', async () => {
    // 99.80 is 0.20 % below 100; the broker takes 0.25 %.
    const near = { idempotencyKey: 'near', legs: [leg(99.8)] };
    const denied = await place(near);
    expect(denied).toMatchObject({ failure: { kind: 'GTT_DENIED', code: 'TRIGGER_TOO_NEAR' } });
    await world.database.prisma.quote.updateMany({ where: { feedId }, data: { lastPrice: 110 } });
    expect(await place(near)).toEqual(denied);
    expect(await place({ ...near, legs: [leg(90)] })).toMatchObject({
      failure: { kind: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expectOk(await place({ legs: [leg(99.8)] }));
  });

  test('one fires once, however often its tick is played and by however many owners', async () => {
    const gtt = expectOk(await place({ legs: [leg(95, 95.5)] }));
    expect(gtt).toMatchObject({ status: 'ACTIVE', legs: [{ direction: 'AT_OR_BELOW' }] });
    expect(await trade(99, 95.05)).toBe(false);

    const ticks = ticksAt(94.9, 95.2);
    const at = new Date(now);
    // Two processes believe that the feed is theirs, and the minute is played again.
    const heir = await takeLease();
    const outcomes = await Promise.allSettled([
      watch.hear(ticks, at),
      watchOf(heir).hear(ticks, at),
    ]);
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(failed.every(({ reason }) => reason instanceof LeaseLost)).toBe(true);
    expect(await watchOf(heir).hear(ticks, at)).toBe(false);

    const [order, ...more] = await gttOrders();
    expect(more).toEqual([]);
    expect(order).toMatchObject({ side: 'BUY', type: 'LIMIT', status: 'INITIALIZED' });
    expect(order?.marketTime).toEqual(at);
    expect(await stored(gtt.id)).toMatchObject({
      status: 'TRIGGERED',
      endedAt: at,
      legs: [{ orderId: order?.id }],
    });
    const told = await world.database.prisma.notification.findMany();
    expect(told).toMatchObject([
      {
        level: 'INFORMATION',
        title: 'GTT of YESBANK triggered',
        body: 'The last price met the trigger 95.00. The order BUY 10 YESBANK at 95.50 is on its way; triggered is not filled.',
      },
    ]);

    // It fills at its limit or better, at the next tick.
    lease = heir;
    await submitOrder(world.ports, order?.id ?? '');
    const record = await world.ports.store.read(({ runs }) => runs.findInstrument(instrumentId));
    const heirs = record === null ? [] : [record];
    await new PaperExchange(world.ports, heir, heirs, { origin: 'TICKS' }).match(ticksAt(95.3));
    expect(await gttOrders()).toMatchObject([{ status: 'FILLED' }]);
    const log = await world.database.prisma.event.findMany({
      where: { topic: 'GTT', subjectId: gtt.id },
      orderBy: { sequence: 'asc' },
    });
    expect(log.map(({ type }) => type)).toEqual(['GTT_PLACED', 'GTT_TRIGGERED']);
  });

  test('of two legs the first to see its price ends the other', async () => {
    await buy(10);
    const gtt = expectOk(await place({ side: 'SELL', legs: [leg(95, 94.5), leg(105, 104.5)] }));
    // Both prices trade in one batch of ticks: the upper one first.
    await trade(101, 105.05, 95);
    await trade(94, 106);
    expect(await gttOrders()).toMatchObject([{ side: 'SELL', status: 'INITIALIZED' }]);
    const { legs, status } = await stored(gtt.id);
    expect(status).toBe('TRIGGERED');
    expect(legs.map(({ orderId }) => orderId !== null)).toEqual([false, true]);
  });

  test('one whose order the door refuses says so, and its user is told', async () => {
    const gtt = expectOk(await place({ side: 'SELL', legs: [leg(105, 104.95)] }));
    await trade(105);
    expect(await gttOrders()).toMatchObject([{ status: 'DENIED' }]);
    expect(await stored(gtt.id)).toMatchObject({
      status: 'REJECTED',
      endReason: 'Delivery of 10 was offered for sale, but only 0 can be sold.',
    });
    const [told] = await world.database.prisma.notification.findMany();
    expect(told).toMatchObject({ level: 'WARNING' });
    expect(told?.body).toContain('The order SELL 10 YESBANK at 104.95 was refused: Delivery of 10');
  });

  test('an exit passes where only reducing is allowed, an entry does not', async () => {
    await buy(10);
    const exit = expectOk(await place({ side: 'SELL', legs: [leg(95, 94)] }));
    const entry = expectOk(await place({ side: 'BUY', legs: [leg(95, 96)] }));
    await world.database.prisma.tradingState.create({
      data: { scope: 'USER', scopeId: world.userId, state: 'REDUCING', updatedAt: new Date() },
    });
    await trade(95);
    expect(await stored(exit.id)).toMatchObject({ status: 'TRIGGERED' });
    expect(await stored(entry.id)).toMatchObject({ status: 'REJECTED' });
    expect(await place({})).toMatchObject({
      failure: { kind: 'ILLEGAL_STATE', state: 'REDUCING' },
    });
  });

  test('the kill switch takes all of them back', async () => {
    await buy(10);
    const exit = expectOk(await place({ side: 'SELL', legs: [leg(95, 94)] }));
    const entry = expectOk(await place({ side: 'BUY', legs: [leg(105)] }));
    expectOk(
      await activateKillSwitch(world.ports, {
        actor: testActor(world.userId),
        administrates: false,
        target: { scope: 'USER', portfolioId: null },
        reason: 'Enough',
      }),
    );
    await sweepKillSwitches(world.ports);
    await trade(94, 106);
    expect(await gttOrders()).toEqual([]);
    for (const { id } of [exit, entry]) {
      expect(await stored(id)).toMatchObject({
        status: 'CANCELLED',
        endReason: 'The kill switch was pulled.',
      });
    }
  });

  test('ten calls at once with one key make one, and the key stands for nothing else', async () => {
    const key = { idempotencyKey: 'the same' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => place(key)));
    expect(new Set(answers.map((answer) => expectOk(answer).id)).size).toBe(1);
    expect(await world.database.prisma.gtt.count()).toBe(1);
    expect(await place({ ...key, legs: [leg(94)] })).toMatchObject({
      failure: { kind: 'IDEMPOTENCY_KEY_REUSED' },
    });
    // Ended or not, the key gives the same GTT.
    await trade(95);
    expect(expectOk(await place(key))).toMatchObject({ status: 'TRIGGERED' });
  });

  test('one is changed and taken back while it waits, and not afterwards', async () => {
    const gtt = expectOk(await place({}));
    const own = { actor: testActor(world.userId), gttId: gtt.id };
    const near = await modifyGtt(world.ports, { ...own, legs: [leg(99.9)] });
    expect(near).toMatchObject({ failure: { kind: 'GTT_DENIED', code: 'TRIGGER_TOO_NEAR' } });
    const two = await modifyGtt(world.ports, { ...own, legs: [leg(95), leg(105)] });
    expect(two).toMatchObject({ failure: { kind: 'INVALID_INPUT', field: 'legs' } });
    expectOk(await modifyGtt(world.ports, { ...own, legs: [leg(105, 106, 20)] }));
    await trade(95);
    expect(await stored(gtt.id)).toMatchObject({
      status: 'ACTIVE',
      legs: [{ direction: 'AT_OR_ABOVE' }],
    });

    const stranger = { actor: testActor('01900000-0000-7000-8000-000000000000'), gttId: gtt.id };
    for (const answer of [
      await cancelGtt(world.ports, stranger),
      await modifyGtt(world.ports, { ...stranger, legs: [leg(105)] }),
    ]) {
      expect(answer).toMatchObject({ failure: { kind: 'NOT_FOUND', entity: 'Gtt' } });
    }
    expectOk(await cancelGtt(world.ports, own));
    expectOk(await cancelGtt(world.ports, own));
    await trade(105);
    expect(await gttOrders()).toEqual([]);
    expect(await modifyGtt(world.ports, { ...own, legs: [leg(110)] })).toMatchObject({
      failure: { kind: 'ILLEGAL_STATE', state: 'CANCELLED' },
    });
    const audited = await world.database.prisma.auditEvent.findMany({
      where: { entityId: gtt.id },
      orderBy: { position: 'asc' },
    });
    expect(audited.map(({ action }) => action)).toEqual([
      'GTT_PLACED',
      'GTT_CHANGED',
      'GTT_CANCELLED',
    ]);
  });

  test('the 501st is refused, as is one without a price or a feed', async () => {
    const { prisma } = world.database;
    const one = expectOk(await place({}));
    const { idempotencyKey: _, legs: __, ...row } = await stored(one.id);
    await prisma.gtt.createMany({
      data: Array.from({ length: 499 }, (___, index) => ({
        ...row,
        id: world.ports.ids.uuid(),
        idempotencyKey: `many ${index}`,
      })),
    });
    const refused = await place({});
    expect(refused).toMatchObject({ failure: { code: 'ACTIVE_TRIGGERS' } });
    if (refused.ok || refused.failure.kind !== 'GTT_DENIED') throw new Error('it must be refused');
    expect(refused.failure.message).toBe(
      'It would be active GTT 501; the broker keeps 500 of an account.',
    );
    await prisma.quote.deleteMany({ where: { feedId } });
    expect(await place({})).toMatchObject({ failure: { code: 'NO_REFERENCE_PRICE' } });
    await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId: null } });
    expect(await place({})).toMatchObject({ failure: { kind: 'ILLEGAL_STATE', state: 'NO_FEED' } });
  });

  test('one lapses after a year of the market clock, or with its feed', async () => {
    const gtt = expectOk(await place({}));
    expect(gtt.expiresAt).toEqual(new Date('2020-07-08T09:20:00+05:30'));
    now = gtt.expiresAt.getTime();
    await trade(94);
    expect(await gttOrders()).toEqual([]);
    expect(await stored(gtt.id)).toMatchObject({ status: 'EXPIRED' });

    const other = expectOk(await place({}));
    expectOk(await stopReplay(world.ports, { userId: world.userId, replaySessionId: feedId }));
    expect(await stored(other.id)).toMatchObject({
      status: 'EXPIRED',
      endReason: 'The replay has ended.',
    });
  });
});
