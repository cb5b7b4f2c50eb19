import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sendCancel, sendModification } from '@nandax/app/orders/change-at-broker.ts';
import { modifyOrder } from '@nandax/app/orders/modify-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { sweepProtections } from '@nandax/app/protection/sweep-protections.ts';
import { flattenPortfolio } from '@nandax/app/risk/flatten-portfolio.ts';
import { ProtectedPosition } from '../kit/protected-position.ts';
import { expectOk } from '../kit/trading-world.ts';

describe('a long position in a share at 100.00 that a stop protects', () => {
  let at: ProtectedPosition;

  beforeAll(async () => {
    at = await ProtectedPosition.open();
  });
  beforeEach(() => at.reset());
  afterAll(() => at.close());

  test('is left by hand only when its stop has been taken back', async () => {
    await at.held();
    expectOk(await at.setStop());
    await at.send();
    const stop = await at.lastExit();
    const [exit] = expectOk(await at.leave());
    if (exit === undefined) throw new Error('an exit was let through');
    expect(exit.quantity.toNumber()).toBe(10);
    await submitOrder(at.ports, exit.id);
    expect(await at.statusOf(exit.id)).toBe('INITIALIZED');
    expect(await at.statusOf(stop.id)).toBe('CANCEL_PENDING');
    // Asked again it waits on; the broker's word about the stop brings the job that sends it.
    await submitOrder(at.ports, exit.id);
    await sendCancel(at.ports, stop.id);
    const woken = await at.prisma.event.findFirstOrThrow({
      where: { subjectId: exit.id },
      orderBy: { sequence: 'desc' },
    });
    expect(woken.job).toMatchObject({ name: 'place-order', payload: { orderId: exit.id } });
    expect(woken.job).not.toMatchObject({ id: `place-${exit.clientOrderId}` });
    await at.send();
    expect(await at.statusOf(exit.id)).toBe('ACCEPTED');
    const spoken = at.broker.calls.filter((call) => !call.startsWith('look up')).slice(-2);
    expect(spoken).toEqual([`cancel ${stop.clientOrderId}`, `place ${exit.clientOrderId}`]);
    await at.fill(exit.clientOrderId, 10);
    expect(await at.protection()).toMatchObject({ status: 'ENDED' });
  });

  test('lets an order that rests take more of it only when its stop has made room', async () => {
    await at.held();
    expectOk(await at.setStop());
    await at.send();
    const target = await at.order('SELL', 2, { type: 'LIMIT', price: new Decimal(110) });
    expect(await at.exits()).toEqual(['SL_M 8 ACCEPTED']);
    const changes = { quantity: new Decimal(7) };
    expectOk(await modifyOrder(at.ports, { actor: at.actor(), orderId: target.id, changes }));
    await sendModification(at.ports, target.id);
    expect(await at.statusOf(target.id)).toBe('MODIFY_PENDING');
    expect(await at.exits()).toEqual(['SL_M 8 MODIFY_PENDING']);
    await at.send();
    expect(await at.exits()).toEqual(['SL_M 3 ACCEPTED']);
    const spoken = at.broker.calls.filter((call) => call.startsWith('modify')).slice(-2);
    const stop = await at.lastExit();
    expect(spoken).toEqual([`modify ${stop.clientOrderId}`, `modify ${target.clientOrderId}`]);
    expect(at.broker.book.get(target.clientOrderId)?.terms.quantity.toNumber()).toBe(7);
  });

  test('is not sold twice where the stop fills while an exit by hand waits for it', async () => {
    await at.held();
    expectOk(await at.setStop());
    await at.send();
    const stop = await at.lastExit();
    const [exit] = expectOk(await at.leave());
    if (exit === undefined) throw new Error('an exit was let through');
    await submitOrder(at.ports, exit.id);
    at.broker.requests.push({ kind: 'REJECTED', reason: 'It is complete.' });
    const execution = at.execution(10, 95);
    at.broker.change(stop.clientOrderId, { status: 'COMPLETE', executions: [execution] });
    await at.send();
    expect(await at.statusOf(stop.id)).toBe('FILLED');
    const denied = await at.prisma.order.findUniqueOrThrow({ where: { id: exit.id } });
    expect(denied).toMatchObject({
      status: 'DENIED',
      denial: { code: 'NOT_REDUCING', limit: '0' },
    });
    expect(at.broker.book.has(exit.clientOrderId)).toBe(false);
    const told = await at.prisma.notification.findFirstOrThrow();
    expect(told).toMatchObject({ level: 'WARNING' });
    expect(told.body).toContain('only 0 units of it are still held');
  });

  test('is flattened by the kill switch: first its stop is taken back, and it does not come again', async () => {
    await at.held();
    expectOk(await at.setStop());
    await at.send();
    await at.prisma.tradingState.create({
      data: { scope: 'USER', scopeId: at.userId, state: 'REDUCING', updatedAt: new Date() },
    });
    await flattenPortfolio(at.ports, at.portfolioId);
    await at.send();
    await flattenPortfolio(at.ports, at.portfolioId);
    await at.send();
    expect(await at.exits()).toEqual(['SL_M 10 CANCELLED']);
    const exit = await at.prisma.order.findFirstOrThrow({
      where: { source: 'KILL_SWITCH', status: 'ACCEPTED' },
    });
    await at.fill(exit.clientOrderId, 10);
    await sweepProtections(at.ports);
    expect(await flattenPortfolio(at.ports, at.portfolioId)).toMatchObject({ flat: true });
    expect(await at.protection()).toMatchObject({
      status: 'REMOVED',
      endReason: 'The kill switch was pulled.',
    });
    expect(await at.exits()).toHaveLength(1);
  });
});
