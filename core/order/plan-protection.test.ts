import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import { initializeOrder, plainTerms } from './order.ts';
import { exitTermsOf, planProtection, type ProtectiveOrder } from './plan-protection.ts';

const prices = { side: 'SELL', stopPrice: new Decimal(95), targetPrice: new Decimal(110) } as const;
const share = { type: 'EQUITY', tickSize: new Decimal('0.05') };
const limits = { largestOrder: new Decimal(100), modificationsPerOrder: 25 };
const stop = exitTermsOf('STOP', prices, share);
const target = exitTermsOf('TARGET', prices, share);
const exit = exitTermsOf('EXIT', prices, share);

/** A stop for `quantity` units at 95.00 that rests, of which `filled` have executed. */
function resting(id: string, quantity: number, change: Partial<ProtectiveOrder> = {}) {
  const order = initializeOrder({
    ...plainTerms,
    ...stop,
    clientOrderId: id,
    side: 'SELL',
    product: 'MIS',
    quantity: new Decimal(quantity),
  });
  return { ...order, id, status: 'ACCEPTED', ...change } as const;
}

/** The steps in short: `PLACE 10`, `a SL_M 10`, `CANCEL a`. */
function plan(
  wanted: number,
  terms: Parameters<typeof planProtection>[1],
  working: readonly ProtectiveOrder[],
): string[] {
  return planProtection(new Decimal(wanted), terms, working, limits).map((step) => {
    if (step.kind === 'PLACE') return `PLACE ${step.quantity.toFixed()}`;
    if (step.kind === 'CANCEL') return `CANCEL ${step.orderId}`;
    return `${step.orderId} ${step.terms.type} ${step.terms.quantity.toFixed()}`;
  });
}

describe('the exits of a protection', () => {
  test('rest for the units that are held, and are left alone when they do', () => {
    expect(plan(10, stop, [])).toEqual(['PLACE 10']);
    expect(plan(10, stop, [resting('a', 10)])).toEqual([]);
    expect(plan(0, stop, [])).toEqual([]);
  });

  test('grow and shrink with them by a change of what rests', () => {
    expect(plan(15, stop, [resting('a', 10)])).toEqual(['a SL_M 15']);
    expect(plan(4, stop, [resting('a', 10)])).toEqual(['a SL_M 4']);
    // Of 10 units 3 have left: 7 rest, 5 are to.
    const filled = { filledQuantity: new Decimal(3), status: 'PARTIALLY_FILLED' } as const;
    expect(plan(5, stop, [resting('a', 10, filled)])).toEqual(['a SL_M 8']);
  });

  test('of several the youngest shrink first', () => {
    const both = [resting('a', 10), resting('b', 10)];
    expect(plan(13, stop, both)).toEqual(['b SL_M 3']);
    expect(plan(10, stop, both)).toEqual(['CANCEL b']);
    expect(plan(6, stop, both)).toEqual(['CANCEL b', 'a SL_M 6']);
    expect(plan(0, stop, both)).toEqual(['CANCEL a', 'CANCEL b']);
  });

  test('turn into a LIMIT order at the target, and to the market behind it', () => {
    expect(plan(10, target, [resting('a', 10)])).toEqual(['a LIMIT 10']);
    const limit = resting('a', 10, { ...target });
    expect(plan(10, exit, [limit])).toEqual(['a MARKET 10']);
    expect(plan(12, target, [resting('a', 10)])).toEqual(['a LIMIT 12']);
  });

  test('wait while the broker owes an answer', () => {
    for (const status of ['INITIALIZED', 'SUBMITTED', 'UNKNOWN', 'MODIFY_PENDING'] as const) {
      expect(plan(15, stop, [resting('a', 10, { status })])).toEqual([]);
    }
    expect(plan(0, stop, [resting('a', 10, { status: 'INITIALIZED' })])).toEqual(['CANCEL a']);
    expect(plan(0, stop, [resting('a', 10, { status: 'CANCEL_PENDING' })])).toEqual([]);
  });

  test('are joined by another where the broker takes no further change of one', () => {
    const changedOften = resting('a', 10, { modificationCount: 25 });
    expect(plan(15, stop, [changedOften])).toEqual(['PLACE 5']);
    expect(plan(4, stop, [changedOften])).toEqual(['CANCEL a']);
    expect(plan(10, target, [changedOften])).toEqual(['CANCEL a']);
  });

  test('keep to what one order may carry', () => {
    expect(plan(120, stop, [])).toEqual(['PLACE 100']);
    expect(plan(120, stop, [resting('a', 100)])).toEqual(['PLACE 20']);
  });

  test('of options have a limit behind their trigger', () => {
    const option = { type: 'CALL_OPTION', tickSize: new Decimal('0.05') };
    const limit = (side: 'BUY' | 'SELL', stopPrice: number) =>
      exitTermsOf('STOP', { ...prices, side, stopPrice: new Decimal(stopPrice) }, option);
    // 95 % of 20.15 is 19.1425, and 105 % is 21.1575: the tick further away.
    expect(limit('SELL', 20.15)).toMatchObject({ type: 'SL', price: new Decimal('19.1') });
    expect(limit('BUY', 20.15)).toMatchObject({ type: 'SL', price: new Decimal('21.2') });
    expect(limit('SELL', 0.05).price?.toFixed()).toBe('0.05');
    // Woken, it is left to its limit, and taken from it when the position is to leave at any price.
    const woken = resting('a', 10, { ...limit('SELL', 95), triggered: true });
    expect(plan(10, limit('SELL', 95), [woken])).toEqual([]);
    expect(plan(10, exit, [woken])).toEqual(['a MARKET 10']);
  });

  test('are not touched when they are on their way out', () => {
    expect(plan(10, target, [resting('a', 10, { triggered: true })])).toEqual([]);
  });
});
