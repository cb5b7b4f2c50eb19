import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyBrokerUpdate } from '@nandax/app/orders/apply-broker-update.ts';
import { cancelAllOrders, cancelOrder } from '@nandax/app/orders/cancel-order.ts';
import { sendCancel, sendModification } from '@nandax/app/orders/change-at-broker.ts';
import { exitPosition } from '@nandax/app/orders/exit-position.ts';
import { modifyOrder } from '@nandax/app/orders/modify-order.ts';
import { placeOrder, type PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { placeBracket, type PlaceBracketInput } from '@nandax/app/protection/place-bracket.ts';
import { removeProtection } from '@nandax/app/protection/remove-protection.ts';
import { setProtectiveStop } from '@nandax/app/protection/set-protective-stop.ts';
import { sweepProtections } from '@nandax/app/protection/sweep-protections.ts';
import { ProtectionWatch } from '@nandax/app/protection/watch-protections.ts';
import { flattenPortfolio } from '@nandax/app/risk/flatten-portfolio.ts';
import type { FeedLease } from '@nandax/app/ports/feeds.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { connectionOf } from '../kit/broker-connection.ts';
import { ScriptedBroker } from '../kit/scripted-broker.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

const opening = new Date('2019-07-09T09:20:00+05:30');

describe('a long position in a share at 100.00', () => {
  let world: TradingWorld;
  let broker: ScriptedBroker;
  let ports: TradingPorts;
  let lease: FeedLease;
  let instrumentId: string;
  let now = opening.getTime();
  let made = 0;

  beforeAll(async () => {
    world = await createTradingWorld();
    const { prisma } = world.database;
    const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    instrumentId = await world.instrument('YESBANK');
    // Live money: on paper the feed's owner puts back what is missing, not the sweep.
    const brokerConnectionId = await connectionOf(world, world.userId);
    await prisma.portfolio.update({
      where: { id: world.portfolioId },
      data: { feedId, kind: 'LIVE', brokerConnectionId },
    });
    const agreedAt = new Date();
    await prisma.accountReading.create({
      data: { portfolioId: world.portfolioId, readAt: agreedAt, agreedAt },
    });
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime: opening } });
    await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 100, time: opening } });
    const taken = await world.ports.store.transaction(({ feeds }) =>
      feeds.acquireLease(feedId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
    );
    if (taken === null) throw new Error('the lease must be free');
    lease = taken;
  });

  beforeEach(async () => {
    const { prisma } = world.database;
    broker = new ScriptedBroker();
    ports = { ...world.ports, brokers: { of: () => broker } };
    await prisma.protectionOrder.deleteMany();
    await prisma.protection.deleteMany();
    await prisma.notification.deleteMany();
    await prisma.tradingState.deleteMany();
    await prisma.riskLimits.deleteMany({ where: { scopeId: world.userId } });
    await prisma.feed.updateMany({ data: { marketTime: opening } });
    await prisma.quote.updateMany({ data: { lastPrice: 100, lowerBand: null, upperBand: null } });
    await prisma.position.deleteMany();
    await prisma.trade.deleteMany();
    await prisma.order.updateMany({ data: { status: 'REJECTED' } });
  });

  afterAll(() => world.close());

  const actor = () => testActor(world.userId);
  const place = () => ({ portfolioId: world.portfolioId, instrumentId, product: 'MIS' as const });

  /** What the queue's workers do with all that waits to be said to the broker. */
  const send = async () => {
    const waiting = await world.database.prisma.order.findMany({
      where: { status: { in: ['INITIALIZED', 'MODIFY_PENDING', 'CANCEL_PENDING'] } },
      orderBy: { id: 'asc' },
    });
    for (const { id, status } of waiting) {
      if (status === 'INITIALIZED') await submitOrder(ports, id);
      else if (status === 'MODIFY_PENDING') await sendModification(ports, id);
      else await sendCancel(ports, id);
      await expectNeverMoreThanHeld();
    }
    if (waiting.length > 0) await send();
  };

  /** Units of sales that the broker has and that may still execute are at most what is held. */
  const expectNeverMoreThanHeld = async () => {
    const positions = await world.ports.store.read(({ portfolios }) =>
      portfolios.positions(world.portfolioId),
    );
    const held = positions.reduce(
      (sum, { buyQuantity, sellQuantity }) => sum + Number(buyQuantity.minus(sellQuantity)),
      0,
    );
    const sales = await world.database.prisma.order.findMany({ where: { side: 'SELL' } });
    const resting = sales.reduce((sum, { clientOrderId }) => {
      const state = broker.book.get(clientOrderId);
      if (state?.status !== 'OPEN' && state?.status !== 'TRIGGER_PENDING') return sum;
      const filled = state.executions.reduce((units, one) => units + Number(one.quantity), 0);
      return sum + Number(state.terms.quantity) - filled;
    }, 0);
    expect(resting, 'units that sales may still take off').toBeLessThanOrEqual(held);
  };

  /** More units of an order trade, and the broker says so, twice. */
  const fill = async (clientOrderId: string, quantity: number, price = 100) => {
    const { executions, terms } = broker.change(clientOrderId, {});
    const all = [
      ...executions,
      {
        tradeId: `trade ${(made += 1)}`,
        quantity: new Decimal(quantity),
        price: new Decimal(price),
        executedAt: new Date((now += 1_000)),
      },
    ];
    const filled = all.reduce((sum, one) => sum.plus(one.quantity), new Decimal(0));
    const status = filled.equals(terms.quantity) ? 'COMPLETE' : 'OPEN';
    const state = broker.change(clientOrderId, { executions: all, status });
    await applyBrokerUpdate(ports, state);
    await applyBrokerUpdate(ports, state);
    await send();
  };

  const bracket = async (input: Partial<PlaceBracketInput> = {}) => {
    const entry = expectOk(
      await placeBracket(ports, {
        ...plainTerms,
        actor: actor(),
        idempotencyKey: `bracket ${(made += 1)}`,
        ...place(),
        side: 'BUY',
        type: 'LIMIT',
        price: new Decimal(100),
        quantity: new Decimal(10),
        stopPrice: new Decimal(95),
        targetPrice: new Decimal(110),
        ...input,
      }),
    );
    await send();
    return entry;
  };

  const order = async (
    side: 'BUY' | 'SELL',
    quantity: number,
    terms: Partial<PlaceOrderInput> = {},
  ) => {
    const placed = expectOk(
      await placeOrder(ports, {
        ...plainTerms,
        actor: actor(),
        idempotencyKey: `order ${(made += 1)}`,
        ...place(),
        side,
        type: 'MARKET',
        quantity: new Decimal(quantity),
        ...terms,
      }),
    );
    await send();
    return placed;
  };

  /** 10 units at 100.00, bought by hand. */
  const held = async () => {
    const entry = await order('BUY', 10);
    await fill(entry.clientOrderId, 10);
  };

  const setStop = (stopPrice: number | null = 95, stopPercent: number | null = null) =>
    setProtectiveStop(ports, {
      actor: actor(),
      ...place(),
      stopPrice: stopPrice === null ? null : new Decimal(stopPrice),
      stopPercent: stopPercent === null ? null : new Decimal(stopPercent),
      targetPrice: null,
    });

  const leave = () =>
    exitPosition(ports, {
      actor: actor(),
      idempotencyKey: `exit ${(made += 1)}`,
      ...place(),
      quantity: null,
    });

  const statusOf = async (id: string) =>
    (await world.database.prisma.order.findUniqueOrThrow({ where: { id } })).status;

  const protection = () => world.database.prisma.protection.findFirstOrThrow();

  /** The protection's exits in short, oldest first: `SL_M 10 ACCEPTED`. */
  const exits = async () => {
    const found = await world.database.prisma.order.findMany({
      where: { protects: { isNot: null } },
      orderBy: { id: 'asc' },
    });
    return found.map(({ type, quantity, status }) => `${type} ${Number(quantity)} ${status}`);
  };

  const lastExit = () =>
    world.database.prisma.order.findFirstOrThrow({
      where: { protects: { isNot: null } },
      orderBy: { id: 'desc' },
    });

  const trade = async (...prices: number[]) => {
    const watch = new ProtectionWatch(ports, lease, [instrumentId], () => Promise.resolve());
    await watch.hear(
      prices.map((price) => ({ instrument: 0, time: (now += 1_000), price, volume: null })),
      opening,
    );
    await send();
  };

  const alerts = async () =>
    (await world.database.prisma.notification.findMany({ where: { level: 'ERROR' } })).map(
      ({ title, body }) => `${title}. ${body}`,
    );

  test('of a bracket: the stop rests as the entry fills, for the units filled', async () => {
    const entry = await bracket();
    expect(await exits()).toEqual([]);
    await fill(entry.clientOrderId, 4);
    expect(await exits()).toEqual(['SL_M 4 ACCEPTED']);
    expect(await lastExit()).toMatchObject({
      side: 'SELL',
      source: 'PROTECTIVE_STOP',
      parentOrderId: entry.id,
    });
    await fill(entry.clientOrderId, 6);
    expect(await exits()).toEqual(['SL_M 10 ACCEPTED']);
    expect((await lastExit()).triggerPrice?.toFixed(2)).toBe('95.00');
    expect(broker.calls.filter((call) => call.startsWith('place'))).toHaveLength(2);
  });

  test('of a bracket: what of the entry is taken back needs no stop', async () => {
    const entry = await bracket();
    await fill(entry.clientOrderId, 4);
    expectOk(await cancelOrder(ports, { actor: actor(), orderId: entry.id }));
    await send();
    await trade(100);
    expect(await exits()).toEqual(['SL_M 4 ACCEPTED']);
    await fill((await lastExit()).clientOrderId, 4, 95);
    expect(await protection()).toMatchObject({
      status: 'ENDED',
      endReason: 'The position was left.',
    });
    const [closed] = await world.database.prisma.trade.findMany();
    expect(closed).toMatchObject({ status: 'CLOSED', exitReason: 'STOP_LOSS' });
    expect(closed?.grossPnl?.toFixed(2)).toBe('-20.00');
  });

  test('of a bracket: an entry that is refused leaves nothing', async () => {
    broker.placements.push({ kind: 'REJECTED', reason: 'No.' });
    await bracket();
    expect(await exits()).toEqual([]);
    expect(await protection()).toMatchObject({
      status: 'ENDED',
      endReason: 'The entry is REJECTED and did not fill.',
    });
    const wrong = { stopPrice: new Decimal(101) };
    await expect(bracket(wrong)).rejects.toThrow('The stop must be on the losing side of 100.00.');
    await expect(bracket({ quantity: new Decimal(1e6) })).rejects.toThrow('ORDER_DENIED');
    expect(await world.database.prisma.protection.count()).toBe(1);
  });

  test('of a bracket: the target takes the place of the stop, so that never both fill', async () => {
    const entry = await bracket();
    await trade(111);
    await fill(entry.clientOrderId, 10);
    // It traded before the entry filled: that was no target.
    expect(await protection()).toMatchObject({ phase: 'STOP' });
    await trade(105, 110);
    expect(await exits()).toEqual(['LIMIT 10 ACCEPTED']);
    expect((await lastExit()).price?.toFixed(2)).toBe('110.00');
    await fill((await lastExit()).clientOrderId, 10, 110);
    expect(await protection()).toMatchObject({ status: 'ENDED' });
    const [closed] = await world.database.prisma.trade.findMany();
    expect(closed).toMatchObject({ exitReason: 'TAKE_PROFIT' });
    expect(closed?.grossPnl?.toFixed(2)).toBe('100.00');
    expect(broker.book.size).toBe(2);
  });

  test('of a bracket: a price that falls back through the stop sends the target to the market', async () => {
    const entry = await bracket();
    await fill(entry.clientOrderId, 10);
    await trade(110);
    await trade(100, 95);
    expect(await exits()).toEqual(['MARKET 10 ACCEPTED']);
  });

  test('is protected by a stop that follows its quantity and goes when it is flat', async () => {
    await held();
    expectOk(await setStop());
    await send();
    expect(await exits()).toEqual(['SL_M 10 ACCEPTED']);
    const more = await order('BUY', 5);
    await fill(more.clientOrderId, 5);
    expect(await exits()).toEqual(['SL_M 15 ACCEPTED']);
    // Leaving by hand passes the door while the stop rests, and the stop makes room.
    const some = await order('SELL', 6);
    expect(await exits()).toEqual(['SL_M 9 ACCEPTED']);
    await fill(some.clientOrderId, 6);
    const rest = await order('SELL', 9);
    await fill(rest.clientOrderId, 9);
    expect(await exits()).toEqual(['SL_M 9 CANCELLED']);
    await trade(100);
    expect(await protection()).toMatchObject({ status: 'ENDED' });
    expect(await alerts()).toEqual([]);
  });

  test('is protected at a percent of its price, and at another one when it is set again', async () => {
    await held();
    // 7 percent below 100.00 is 93.00.
    expectOk(await setStop(null, 7));
    await send();
    expect((await lastExit()).triggerPrice?.toFixed(2)).toBe('93.00');
    expectOk(await setStop(96));
    await send();
    expect((await lastExit()).triggerPrice?.toFixed(2)).toBe('96.00');
    expect(await exits()).toHaveLength(1);
    expect(await setStop(101)).toMatchObject({ failure: { field: 'stopPrice' } });
    expect(await setStop(95, 5)).toMatchObject({ failure: { field: 'stopPrice' } });
  });

  test('leaves at the market, with an alert, where its stop is refused by the broker', async () => {
    await held();
    broker.placements.push({ kind: 'REJECTED', reason: 'Stops are off today.' });
    expectOk(await setStop());
    await send();
    expect(await exits()).toEqual(['SL_M 10 REJECTED', 'MARKET 10 ACCEPTED']);
    expect(await alerts()).toEqual([
      'ALERT: the stop of YESBANK could not be placed. The stop at 95.00 was refused: Stops are off today. The position leaves at the market.',
    ]);
    await fill((await lastExit()).clientOrderId, 10, 99);
    expect(await protection()).toMatchObject({ status: 'ENDED' });
  });

  test('leaves at the market where the price is beyond its stop by the time it fills', async () => {
    const entry = await bracket();
    const { prisma } = world.database;
    await prisma.quote.updateMany({ data: { lastPrice: 94 } });
    await fill(entry.clientOrderId, 10);
    expect(await exits()).toEqual(['SL_M 10 DENIED', 'MARKET 10 ACCEPTED']);
    expect(await alerts()).toHaveLength(1);
    await prisma.quote.updateMany({ data: { lastPrice: 100 } });
  });

  test('whose emergency exit is refused too is tried again at every look, and alerted', async () => {
    await held();
    const refused = { kind: 'REJECTED', reason: 'The exchange is away.' } as const;
    broker.placements.push(refused, refused);
    expectOk(await setStop());
    await send();
    expect(await exits()).toEqual(['SL_M 10 REJECTED', 'MARKET 10 REJECTED']);
    expect((await alerts())[1]).toContain('The position is not protected; it is tried again.');
    await sweepProtections(ports);
    // Not at once: the market's clock stands still.
    expect(await exits()).toHaveLength(2);
    await world.database.prisma.feed.updateMany({
      data: { marketTime: new Date(opening.getTime() + 60_000) },
    });
    await sweepProtections(ports);
    await send();
    expect(await exits()).toContain('MARKET 10 ACCEPTED');
  });

  test('gets its stop back when another hand cancels it at the broker', async () => {
    await held();
    expectOk(await setStop());
    await send();
    broker.change((await lastExit()).clientOrderId, { status: 'CANCELLED' });
    await sweepProtections(ports);
    await send();
    expect(await exits()).toEqual(['SL_M 10 CANCELLED', 'SL_M 10 ACCEPTED']);
    // Nothing changed: nothing is done.
    const asked = () => broker.calls.filter((call) => call !== 'read the book').length;
    const before = asked();
    await sweepProtections(ports);
    await send();
    expect(asked()).toBe(before);
    // A book that cannot be read says nothing.
    broker.change((await lastExit()).clientOrderId, { status: 'CANCELLED' });
    broker.books.push({ kind: 'FAILED', reason: 'Away.' });
    await sweepProtections(ports);
    expect(await exits()).toEqual(['SL_M 10 CANCELLED', 'SL_M 10 ACCEPTED']);
  });

  test('stays without a stop that its user took away', async () => {
    await held();
    const set = expectOk(await setStop());
    await send();
    const own = { actor: actor(), protectionId: set.id };
    expectOk(await removeProtection(ports, own));
    expectOk(await removeProtection(ports, own));
    await send();
    await sweepProtections(ports);
    await trade(100);
    expect(await exits()).toEqual(['SL_M 10 CANCELLED']);
    expect(await protection()).toMatchObject({ status: 'REMOVED' });

    expectOk(await setStop());
    await send();
    expectOk(await cancelOrder(ports, { actor: actor(), orderId: (await lastExit()).id }));
    await send();
    await sweepProtections(ports);
    expect((await exits()).at(-1)).toBe('SL_M 10 CANCELLED');
    const stranger = testActor('01900000-0000-7000-8000-000000000000');
    expect(await removeProtection(ports, { ...own, actor: stranger })).toMatchObject({
      failure: { kind: 'NOT_FOUND' },
    });
  });

  test('gets its stop where entries are blocked and only reducing is allowed', async () => {
    const entry = await bracket();
    await world.database.prisma.tradingState.create({
      data: { scope: 'USER', scopeId: world.userId, state: 'REDUCING', updatedAt: new Date() },
    });
    await world.database.prisma.riskLimits.create({
      data: {
        scope: 'USER',
        scopeId: world.userId,
        maxOrderQuantity: 1,
        maxOrdersPerDay: 1,
        updatedAt: new Date(),
      },
    });
    await fill(entry.clientOrderId, 4);
    expect(await exits()).toEqual(['SL_M 4 ACCEPTED']);
    await fill(entry.clientOrderId, 6);
    expect(await exits()).toEqual(['SL_M 10 ACCEPTED']);
  });

  test('of a cover order: its stop rests for what fills, moves with it, and is not to be taken away', async () => {
    const entry = await order('BUY', 10, {
      variety: 'CO',
      type: 'LIMIT',
      price: new Decimal(100),
      triggerPrice: new Decimal(95),
    });
    const changes = { triggerPrice: new Decimal(96) };
    expectOk(await modifyOrder(ports, { actor: actor(), orderId: entry.id, changes }));
    await send();
    await fill(entry.clientOrderId, 4);
    expect(await exits()).toEqual(['SL_M 4 ACCEPTED']);
    const stop = await lastExit();
    expect(stop).toMatchObject({ parentOrderId: entry.id, source: 'PROTECTIVE_STOP' });
    expect(stop.triggerPrice?.toFixed(2)).toBe('96.00');
    const { id } = await protection();
    const stays = { failure: { kind: 'ILLEGAL_STATE' } };
    expect(await removeProtection(ports, { actor: actor(), protectionId: id })).toMatchObject(
      stays,
    );
    expect(await cancelOrder(ports, { actor: actor(), orderId: stop.id })).toMatchObject(stays);
    const all = { actor: actor(), portfolioId: world.portfolioId };
    expect(await cancelAllOrders(ports, all)).toMatchObject({ value: { cancelled: 1 } });
    await send();
    expect(await exits()).toEqual(['SL_M 4 ACCEPTED']);
    const [exit] = expectOk(await leave());
    await send();
    await fill(exit?.clientOrderId ?? '', 4);
    expect(await protection()).toMatchObject({ status: 'ENDED' });
    expect(await exits()).toEqual(['SL_M 4 CANCELLED']);
    await expect(
      order('BUY', 10, { variety: 'CO', triggerPrice: new Decimal(101) }),
    ).rejects.toThrow('STOP_LEG_PRICE');
  });

  test('is left by hand only when its stop has been taken back', async () => {
    await held();
    expectOk(await setStop());
    await send();
    const stop = await lastExit();
    const [exit] = expectOk(await leave());
    if (exit === undefined) throw new Error('an exit was let through');
    expect(exit.quantity.toNumber()).toBe(10);
    await submitOrder(ports, exit.id);
    expect(await statusOf(exit.id)).toBe('INITIALIZED');
    expect(await statusOf(stop.id)).toBe('CANCEL_PENDING');
    // Asked again it waits on; the broker's word about the stop brings the job that sends it.
    await submitOrder(ports, exit.id);
    await sendCancel(ports, stop.id);
    const woken = await world.database.prisma.event.findFirstOrThrow({
      where: { subjectId: exit.id },
      orderBy: { sequence: 'desc' },
    });
    expect(woken.job).toMatchObject({ name: 'place-order', payload: { orderId: exit.id } });
    expect(woken.job).not.toMatchObject({ id: `place-${exit.clientOrderId}` });
    await send();
    expect(await statusOf(exit.id)).toBe('ACCEPTED');
    const spoken = broker.calls.filter((call) => !call.startsWith('look up')).slice(-2);
    expect(spoken).toEqual([`cancel ${stop.clientOrderId}`, `place ${exit.clientOrderId}`]);
    await fill(exit.clientOrderId, 10);
    expect(await protection()).toMatchObject({ status: 'ENDED' });
  });

  test('lets an order that rests take more of it only when its stop has made room', async () => {
    await held();
    expectOk(await setStop());
    await send();
    const target = await order('SELL', 2, { type: 'LIMIT', price: new Decimal(110) });
    expect(await exits()).toEqual(['SL_M 8 ACCEPTED']);
    const changes = { quantity: new Decimal(7) };
    expectOk(await modifyOrder(ports, { actor: actor(), orderId: target.id, changes }));
    await sendModification(ports, target.id);
    expect(await statusOf(target.id)).toBe('MODIFY_PENDING');
    expect(await exits()).toEqual(['SL_M 8 MODIFY_PENDING']);
    await send();
    expect(await exits()).toEqual(['SL_M 3 ACCEPTED']);
    const spoken = broker.calls.filter((call) => call.startsWith('modify')).slice(-2);
    const stop = await lastExit();
    expect(spoken).toEqual([`modify ${stop.clientOrderId}`, `modify ${target.clientOrderId}`]);
    expect(broker.book.get(target.clientOrderId)?.terms.quantity.toNumber()).toBe(7);
  });

  test('is not sold twice where the stop fills while an exit by hand waits for it', async () => {
    await held();
    expectOk(await setStop());
    await send();
    const stop = await lastExit();
    const [exit] = expectOk(await leave());
    if (exit === undefined) throw new Error('an exit was let through');
    await submitOrder(ports, exit.id);
    broker.requests.push({ kind: 'REJECTED', reason: 'It is complete.' });
    const execution = {
      tradeId: `trade ${(made += 1)}`,
      quantity: new Decimal(10),
      price: new Decimal(95),
      executedAt: new Date((now += 1_000)),
    };
    broker.change(stop.clientOrderId, { status: 'COMPLETE', executions: [execution] });
    await send();
    expect(await statusOf(stop.id)).toBe('FILLED');
    const denied = await world.database.prisma.order.findUniqueOrThrow({ where: { id: exit.id } });
    expect(denied).toMatchObject({
      status: 'DENIED',
      denial: { code: 'NOT_REDUCING', limit: '0' },
    });
    expect(broker.book.has(exit.clientOrderId)).toBe(false);
    const told = await world.database.prisma.notification.findFirstOrThrow();
    expect(told).toMatchObject({ level: 'WARNING' });
    expect(told.body).toContain('only 0 units of it are still held');
  });

  test('of several brackets: each stop is for its own units, and an exit by hand takes of the last', async () => {
    const one = await bracket();
    const other = await bracket({ stopPrice: new Decimal(97) });
    await fill(one.clientOrderId, 10);
    await fill(other.clientOrderId, 10);
    expect(await exits()).toEqual(['SL_M 10 ACCEPTED', 'SL_M 10 ACCEPTED']);
    const some = await order('SELL', 5);
    expect(await statusOf(some.id)).toBe('ACCEPTED');
    expect(await exits()).toEqual(['SL_M 10 ACCEPTED', 'SL_M 5 ACCEPTED']);
    expectOk(await cancelOrder(ports, { actor: actor(), orderId: some.id }));
    await send();
    expect(await exits()).toEqual(['SL_M 10 ACCEPTED', 'SL_M 10 ACCEPTED']);
    await trade(110);
    expect(await exits()).toEqual(['LIMIT 10 ACCEPTED', 'LIMIT 10 ACCEPTED']);
  });

  test('is flattened by the kill switch: first its stop is taken back, and it does not come again', async () => {
    await held();
    expectOk(await setStop());
    await send();
    await world.database.prisma.tradingState.create({
      data: { scope: 'USER', scopeId: world.userId, state: 'REDUCING', updatedAt: new Date() },
    });
    await flattenPortfolio(ports, world.portfolioId);
    await send();
    await flattenPortfolio(ports, world.portfolioId);
    await send();
    expect(await exits()).toEqual(['SL_M 10 CANCELLED']);
    const exit = await world.database.prisma.order.findFirstOrThrow({
      where: { source: 'KILL_SWITCH', status: 'ACCEPTED' },
    });
    await fill(exit.clientOrderId, 10);
    await sweepProtections(ports);
    expect(await flattenPortfolio(ports, world.portfolioId)).toMatchObject({ flat: true });
    expect(await protection()).toMatchObject({
      status: 'REMOVED',
      endReason: 'The kill switch was pulled.',
    });
    expect(await exits()).toHaveLength(1);
  });

  test('keeps a stop that cannot rest today with us, and leaves when its price trades', async () => {
    await held();
    await world.database.prisma.quote.updateMany({ data: { lowerBand: 96 } });
    expectOk(await setStop(95));
    await send();
    await trade(99);
    // Beyond the day's band nothing is taken: no emergency, and no second try before tomorrow.
    expect(await exits()).toEqual(['SL_M 10 DENIED']);
    expect(await protection()).toMatchObject({ status: 'ACTIVE', phase: 'STOP' });
    expect(await alerts()).toEqual([]);
    await trade(95);
    expect(await exits()).toEqual(['SL_M 10 DENIED', 'MARKET 10 ACCEPTED']);
  });

  test('has a stop that is changed by setting it anew, and by nothing else', async () => {
    await held();
    expectOk(await setStop());
    await send();
    const changes = { triggerPrice: new Decimal(90) };
    const { id } = await lastExit();
    expect(await modifyOrder(ports, { actor: actor(), orderId: id, changes })).toMatchObject({
      failure: { kind: 'ILLEGAL_STATE' },
    });
  });
});
