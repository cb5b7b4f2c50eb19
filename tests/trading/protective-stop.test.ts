import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cancelOrder } from '@nandax/app/orders/cancel-order.ts';
import { modifyOrder } from '@nandax/app/orders/modify-order.ts';
import { removeProtection } from '@nandax/app/protection/remove-protection.ts';
import { sweepProtections } from '@nandax/app/protection/sweep-protections.ts';
import { opening, ProtectedPosition } from '../kit/protected-position.ts';
import { expectOk } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

describe('a long position in a share at 100.00', () => {
  let at: ProtectedPosition;

  beforeAll(async () => {
    at = await ProtectedPosition.open();
  });
  beforeEach(() => at.reset());
  afterAll(() => at.close());

  test('is protected by a stop that follows its quantity and goes when it is flat', async () => {
    await at.held();
    expectOk(await at.setStop());
    await at.send();
    expect(await at.exits()).toEqual(['SL_M 10 ACCEPTED']);
    const more = await at.order('BUY', 5);
    await at.fill(more.clientOrderId, 5);
    expect(await at.exits()).toEqual(['SL_M 15 ACCEPTED']);
    // Leaving by hand passes the door while the stop rests, and the stop makes room.
    const some = await at.order('SELL', 6);
    expect(await at.exits()).toEqual(['SL_M 9 ACCEPTED']);
    await at.fill(some.clientOrderId, 6);
    const rest = await at.order('SELL', 9);
    await at.fill(rest.clientOrderId, 9);
    expect(await at.exits()).toEqual(['SL_M 9 CANCELLED']);
    await at.trade(100);
    expect(await at.protection()).toMatchObject({ status: 'ENDED' });
    expect(await at.alerts()).toEqual([]);
  });

  test('is protected at a percent of its price, and at another one when it is set again', async () => {
    await at.held();
    // 7 percent below 100.00 is 93.00.
    expectOk(await at.setStop(null, 7));
    await at.send();
    expect((await at.lastExit()).triggerPrice?.toFixed(2)).toBe('93.00');
    expectOk(await at.setStop(96));
    await at.send();
    expect((await at.lastExit()).triggerPrice?.toFixed(2)).toBe('96.00');
    expect(await at.exits()).toHaveLength(1);
    expect(await at.setStop(101)).toMatchObject({ failure: { field: 'stopPrice' } });
    expect(await at.setStop(95, 5)).toMatchObject({ failure: { field: 'stopPrice' } });
  });

  test('keeps its stop where the broker refuses another one, and its user is told once', async () => {
    await at.held();
    expectOk(await at.setStop(95));
    await at.send();
    at.broker.requests.push({ kind: 'REJECTED', reason: 'Too near.' });
    expectOk(await at.setStop(96));
    await at.send();
    const rests = async () => {
      const { triggerPrice, statusMessage } = await at.lastExit();
      const { stopPrice, phase } = await at.protection();
      return [triggerPrice?.toFixed(2), statusMessage, stopPrice.toFixed(2), phase];
    };
    expect(await rests()).toEqual(['95.00', 'Too near.', '95.00', 'STOP']);
    const calls = () => at.broker.calls.filter((call) => call !== 'read the book').length;
    const before = calls();
    await sweepProtections(at.ports);
    await at.trade(100);
    await at.trade(99);
    expect(calls(), 'no look asks again for what was refused').toBe(before);
    expect(await rests()).toEqual(['95.00', 'Too near.', '95.00', 'STOP']);
    const told = await at.prisma.notification.findMany();
    expect(told.map(({ level, body }) => `${level} ${body}`)).toEqual([
      'WARNING The change to stop 96.00, no target was refused: Too near. It stays at stop 95.00, no target.',
    ]);
    // The same prices again change nothing; others are asked for.
    expectOk(await at.setStop(95));
    await at.send();
    expect(calls()).toBe(before);
    expectOk(await at.setStop(97));
    await at.send();
    expect((await at.lastExit()).triggerPrice?.toFixed(2)).toBe('97.00');
  });

  test('is told at once where another stop is none that the door takes, and keeps its own', async () => {
    await at.held();
    expectOk(await at.setStop(95));
    await at.send();
    await at.prisma.quote.updateMany({ data: { lowerBand: 94 } });
    expect(await at.setStop(93)).toMatchObject({
      failure: { kind: 'MODIFICATION_DENIED', code: 'PRICE_BAND' },
    });
    await at.send();
    expect((await at.lastExit()).triggerPrice?.toFixed(2)).toBe('95.00');
    expect((await at.protection()).stopPrice.toFixed(2)).toBe('95.00');
  });

  test('whose stop may not grow with it is told so, once, however often it is looked at', async () => {
    await at.held();
    expectOk(await at.setStop());
    await at.send();
    const more = await at.order('BUY', 5);
    // Since then the exchange has it in other ticks.
    await at.prisma.instrument.updateMany({ data: { tickSize: 3 } });
    try {
      await at.fill(more.clientOrderId, 5);
      await sweepProtections(at.ports);
      await at.trade(100, 101);
      await at.trade(99);
      expect(await at.exits()).toEqual(['SL_M 10 ACCEPTED']);
      const alert =
        'ALERT: what protects YESBANK could not be changed. The change to 15 units, stop 95.00 was refused: The price 95 is not a positive multiple of the tick size 3. It stays at 10 units, stop 95.00.';
      expect(await at.alerts()).toEqual([alert]);
    } finally {
      await at.prisma.instrument.updateMany({ data: { tickSize: '0.05' } });
    }
  });

  test('leaves at the market, with an alert, where its stop is refused by the broker', async () => {
    await at.held();
    at.broker.placements.push({ kind: 'REJECTED', reason: 'Stops are off today.' });
    expectOk(await at.setStop());
    await at.send();
    expect(await at.exits()).toEqual(['SL_M 10 REJECTED', 'MARKET 10 ACCEPTED']);
    expect(await at.alerts()).toEqual([
      'ALERT: the stop of YESBANK could not be placed. The stop at 95.00 was refused: Stops are off today. The position leaves at the market.',
    ]);
    await at.fill((await at.lastExit()).clientOrderId, 10, 99);
    expect(await at.protection()).toMatchObject({ status: 'ENDED' });
  });

  test('whose emergency exit is refused too is tried again at every look, and alerted', async () => {
    await at.held();
    const refused = { kind: 'REJECTED', reason: 'The exchange is away.' } as const;
    at.broker.placements.push(refused, refused);
    expectOk(await at.setStop());
    await at.send();
    expect(await at.exits()).toEqual(['SL_M 10 REJECTED', 'MARKET 10 REJECTED']);
    expect((await at.alerts())[1]).toContain('The position is not protected; it is tried again.');
    await sweepProtections(at.ports);
    // Not at once: the market's clock stands still.
    expect(await at.exits()).toHaveLength(2);
    await at.prisma.feed.updateMany({
      data: { marketTime: new Date(opening.getTime() + 60_000) },
    });
    await sweepProtections(at.ports);
    await at.send();
    expect(await at.exits()).toContain('MARKET 10 ACCEPTED');
  });

  test('gets its stop back when another hand cancels it at the broker', async () => {
    await at.held();
    expectOk(await at.setStop());
    await at.send();
    at.broker.change((await at.lastExit()).clientOrderId, { status: 'CANCELLED' });
    await sweepProtections(at.ports);
    await at.send();
    expect(await at.exits()).toEqual(['SL_M 10 CANCELLED', 'SL_M 10 ACCEPTED']);
    // Nothing changed: nothing is done.
    const asked = () => at.broker.calls.filter((call) => call !== 'read the book').length;
    const before = asked();
    await sweepProtections(at.ports);
    await at.send();
    expect(asked()).toBe(before);
    // A book that cannot be read says nothing.
    at.broker.change((await at.lastExit()).clientOrderId, { status: 'CANCELLED' });
    at.broker.books.push({ kind: 'FAILED', reason: 'Away.' });
    await sweepProtections(at.ports);
    expect(await at.exits()).toEqual(['SL_M 10 CANCELLED', 'SL_M 10 ACCEPTED']);
  });

  test('stays without a stop that its user took away', async () => {
    await at.held();
    const set = expectOk(await at.setStop());
    await at.send();
    const own = { actor: at.actor(), protectionId: set.id };
    expectOk(await removeProtection(at.ports, own));
    expectOk(await removeProtection(at.ports, own));
    await at.send();
    await sweepProtections(at.ports);
    await at.trade(100);
    expect(await at.exits()).toEqual(['SL_M 10 CANCELLED']);
    expect(await at.protection()).toMatchObject({ status: 'REMOVED' });

    expectOk(await at.setStop());
    await at.send();
    expectOk(await cancelOrder(at.ports, { actor: at.actor(), orderId: (await at.lastExit()).id }));
    await at.send();
    await sweepProtections(at.ports);
    expect((await at.exits()).at(-1)).toBe('SL_M 10 CANCELLED');
    const stranger = testActor('01900000-0000-7000-8000-000000000000');
    expect(await removeProtection(at.ports, { ...own, actor: stranger })).toMatchObject({
      failure: { kind: 'NOT_FOUND' },
    });
  });

  test('keeps a stop that cannot rest today with us, and leaves when its price trades', async () => {
    await at.held();
    await at.prisma.quote.updateMany({ data: { lowerBand: 96 } });
    expectOk(await at.setStop(95));
    await at.send();
    await at.trade(99);
    // Beyond the day's band nothing is taken: no emergency, and no second try before tomorrow.
    expect(await at.exits()).toEqual(['SL_M 10 DENIED']);
    expect(await at.protection()).toMatchObject({ status: 'ACTIVE', phase: 'STOP' });
    expect(await at.alerts()).toEqual([]);
    await at.trade(95);
    expect(await at.exits()).toEqual(['SL_M 10 DENIED', 'MARKET 10 ACCEPTED']);
  });

  test('has a stop whose order is not changed by hand', async () => {
    await at.held();
    expectOk(await at.setStop());
    await at.send();
    const changes = { triggerPrice: new Decimal(90) };
    const { id } = await at.lastExit();
    expect(await modifyOrder(at.ports, { actor: at.actor(), orderId: id, changes })).toMatchObject({
      failure: { kind: 'ILLEGAL_STATE' },
    });
  });
});
