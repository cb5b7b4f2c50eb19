import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cancelAllOrders, cancelOrder } from '@nandax/app/orders/cancel-order.ts';
import { modifyOrder } from '@nandax/app/orders/modify-order.ts';
import { removeProtection } from '@nandax/app/protection/remove-protection.ts';
import { ProtectedPosition } from '../kit/protected-position.ts';
import { expectOk } from '../kit/trading-world.ts';

describe('an entry in a share at 100.00', () => {
  let at: ProtectedPosition;

  beforeAll(async () => {
    at = await ProtectedPosition.open();
  });
  beforeEach(() => at.reset());
  afterAll(() => at.close());

  test('of a bracket: the stop rests as the entry fills, for the units filled', async () => {
    const entry = await at.bracket();
    expect(await at.exits()).toEqual([]);
    await at.fill(entry.clientOrderId, 4);
    expect(await at.exits()).toEqual(['SL_M 4 ACCEPTED']);
    expect(await at.lastExit()).toMatchObject({
      side: 'SELL',
      source: 'PROTECTIVE_STOP',
      parentOrderId: entry.id,
    });
    await at.fill(entry.clientOrderId, 6);
    expect(await at.exits()).toEqual(['SL_M 10 ACCEPTED']);
    expect((await at.lastExit()).triggerPrice?.toFixed(2)).toBe('95.00');
    expect(at.broker.calls.filter((call) => call.startsWith('place'))).toHaveLength(2);
  });

  test('of a bracket: what of the entry is taken back needs no stop', async () => {
    const entry = await at.bracket();
    await at.fill(entry.clientOrderId, 4);
    expectOk(await cancelOrder(at.ports, { actor: at.actor(), orderId: entry.id }));
    await at.send();
    await at.trade(100);
    expect(await at.exits()).toEqual(['SL_M 4 ACCEPTED']);
    await at.fill((await at.lastExit()).clientOrderId, 4, 95);
    expect(await at.protection()).toMatchObject({
      status: 'ENDED',
      endReason: 'The position was left.',
    });
    const [closed] = await at.prisma.trade.findMany();
    expect(closed).toMatchObject({ status: 'CLOSED', exitReason: 'STOP_LOSS' });
    expect(closed?.grossPnl?.toFixed(2)).toBe('-20.00');
  });

  test('of a bracket: an entry that is refused leaves nothing', async () => {
    at.broker.placements.push({ kind: 'REJECTED', reason: 'No.' });
    await at.bracket();
    expect(await at.exits()).toEqual([]);
    expect(await at.protection()).toMatchObject({
      status: 'ENDED',
      endReason: 'The entry is REJECTED and did not fill.',
    });
    const wrong = { stopPrice: new Decimal(101) };
    await expect(at.bracket(wrong)).rejects.toThrow(
      'The stop must be on the losing side of 100.00.',
    );
    await expect(at.bracket({ quantity: new Decimal(1e6) })).rejects.toThrow('ORDER_DENIED');
    expect(await at.prisma.protection.count()).toBe(1);
  });

  test('of a bracket: the target takes the place of the stop, so that never both fill', async () => {
    const entry = await at.bracket();
    await at.trade(111);
    await at.fill(entry.clientOrderId, 10);
    // It traded before the entry filled: that was no target.
    expect(await at.protection()).toMatchObject({ phase: 'STOP' });
    await at.trade(105, 110);
    expect(await at.exits()).toEqual(['LIMIT 10 ACCEPTED']);
    expect((await at.lastExit()).price?.toFixed(2)).toBe('110.00');
    await at.fill((await at.lastExit()).clientOrderId, 10, 110);
    expect(await at.protection()).toMatchObject({ status: 'ENDED' });
    const [closed] = await at.prisma.trade.findMany();
    expect(closed).toMatchObject({ exitReason: 'TAKE_PROFIT' });
    expect(closed?.grossPnl?.toFixed(2)).toBe('100.00');
    expect(at.broker.book.size).toBe(2);
  });

  test('of a bracket: a price that falls back through the stop sends the target to the market', async () => {
    const entry = await at.bracket();
    await at.fill(entry.clientOrderId, 10);
    await at.trade(110);
    await at.trade(100, 95);
    expect(await at.exits()).toEqual(['MARKET 10 ACCEPTED']);
  });

  test('leaves at the market where the price is beyond its stop by the time it fills', async () => {
    const entry = await at.bracket();
    const { prisma } = at;
    await prisma.quote.updateMany({ data: { lastPrice: 94 } });
    await at.fill(entry.clientOrderId, 10);
    expect(await at.exits()).toEqual(['SL_M 10 DENIED', 'MARKET 10 ACCEPTED']);
    expect(await at.alerts()).toHaveLength(1);
    await prisma.quote.updateMany({ data: { lastPrice: 100 } });
  });

  test('gets its stop where entries are blocked and only reducing is allowed', async () => {
    const entry = await at.bracket();
    await at.prisma.tradingState.create({
      data: { scope: 'USER', scopeId: at.userId, state: 'REDUCING', updatedAt: new Date() },
    });
    await at.prisma.riskLimits.create({
      data: {
        scope: 'USER',
        scopeId: at.userId,
        maxOrderQuantity: 1,
        maxOrdersPerDay: 1,
        updatedAt: new Date(),
      },
    });
    await at.fill(entry.clientOrderId, 4);
    expect(await at.exits()).toEqual(['SL_M 4 ACCEPTED']);
    await at.fill(entry.clientOrderId, 6);
    expect(await at.exits()).toEqual(['SL_M 10 ACCEPTED']);
  });

  test('of a cover order: its stop rests for what fills, moves with it, and is not to be taken away', async () => {
    const entry = await at.order('BUY', 10, {
      variety: 'CO',
      type: 'LIMIT',
      price: new Decimal(100),
      triggerPrice: new Decimal(95),
    });
    const changes = { triggerPrice: new Decimal(96) };
    expectOk(await modifyOrder(at.ports, { actor: at.actor(), orderId: entry.id, changes }));
    await at.send();
    await at.fill(entry.clientOrderId, 4);
    expect(await at.exits()).toEqual(['SL_M 4 ACCEPTED']);
    const stop = await at.lastExit();
    expect(stop).toMatchObject({ parentOrderId: entry.id, source: 'PROTECTIVE_STOP' });
    expect(stop.triggerPrice?.toFixed(2)).toBe('96.00');
    const { id } = await at.protection();
    const stays = { failure: { kind: 'ILLEGAL_STATE' } };
    expect(await removeProtection(at.ports, { actor: at.actor(), protectionId: id })).toMatchObject(
      stays,
    );
    expect(await cancelOrder(at.ports, { actor: at.actor(), orderId: stop.id })).toMatchObject(
      stays,
    );
    const all = { actor: at.actor(), portfolioId: at.portfolioId };
    expect(await cancelAllOrders(at.ports, all)).toMatchObject({ value: { cancelled: 1 } });
    await at.send();
    expect(await at.exits()).toEqual(['SL_M 4 ACCEPTED']);
    const [exit] = expectOk(await at.leave());
    await at.send();
    await at.fill(exit?.clientOrderId ?? '', 4);
    expect(await at.protection()).toMatchObject({ status: 'ENDED' });
    expect(await at.exits()).toEqual(['SL_M 4 CANCELLED']);
    await expect(
      at.order('BUY', 10, { variety: 'CO', triggerPrice: new Decimal(101) }),
    ).rejects.toThrow('STOP_LEG_PRICE');
  });

  test('of several brackets: each stop is for its own units, and an exit by hand takes of the last', async () => {
    const one = await at.bracket();
    const other = await at.bracket({ stopPrice: new Decimal(97) });
    await at.fill(one.clientOrderId, 10);
    await at.fill(other.clientOrderId, 10);
    expect(await at.exits()).toEqual(['SL_M 10 ACCEPTED', 'SL_M 10 ACCEPTED']);
    const some = await at.order('SELL', 5);
    expect(await at.statusOf(some.id)).toBe('ACCEPTED');
    expect(await at.exits()).toEqual(['SL_M 10 ACCEPTED', 'SL_M 5 ACCEPTED']);
    expectOk(await cancelOrder(at.ports, { actor: at.actor(), orderId: some.id }));
    await at.send();
    expect(await at.exits()).toEqual(['SL_M 10 ACCEPTED', 'SL_M 10 ACCEPTED']);
    await at.trade(110);
    expect(await at.exits()).toEqual(['LIMIT 10 ACCEPTED', 'LIMIT 10 ACCEPTED']);
  });
});
