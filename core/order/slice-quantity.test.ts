import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliceQuantity } from './slice-quantity.ts';

/** NIFTY of 2026: lots of 65, 1,800 units frozen, so 27 lots or 1,755 units in an order. */
const nifty = { type: 'FUTURE', lotSize: 65, freezeQuantity: 1_800 };

function sliced(quantity: number, instrument = nifty, most = 10): readonly string[] | string {
  const slices = sliceQuantity(new Decimal(quantity), instrument, most);
  if (slices.ok) return slices.value.map((slice) => slice.toFixed());
  const { code, limit, actual } = slices.failure;
  return `${code} ${limit?.toFixed() ?? ''} ${actual?.toFixed() ?? ''}`;
}

describe('a quantity above the freeze quantity', () => {
  it.each([
    [65, ['65']],
    [1_755, ['1755']],
    [1_820, ['1755', '65']],
    [3_510, ['1755', '1755']],
    [4_550, ['1755', '1755', '1040']],
  ])('of %i units leaves as %j', (quantity, expected) => {
    expect(sliced(quantity)).toEqual(expected);
  });

  it('leaves in as many orders as the broker takes and in no more', () => {
    expect(sliced(17_550)).toHaveLength(10);
    expect(sliced(17_615)).toBe('SLICES 10 11');
    // However large it is, nothing is made of it.
    expect(sliced(1e15)).toBe('SLICES 10 569800569801');
  });

  it('stays whole where no freeze quantity is known', () => {
    const share = { type: 'EQUITY', lotSize: 1, freezeQuantity: null };
    expect(sliceQuantity(new Decimal(1_000_000), share, 10)).toEqual({
      ok: true,
      value: [new Decimal(1_000_000)],
    });
  });

  it('cannot leave where one lot is more than an order may carry', () => {
    expect(sliced(65, { ...nifty, freezeQuantity: 64 })).toBe('FREEZE_QUANTITY 0 65');
  });

  it('loses no unit, in whole lots within the freeze quantity, the largest first', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 1, max: 400 }),
        (lotSize, beyondOneLot, lots) => {
          const freezeQuantity = lotSize + beyondOneLot;
          const quantity = new Decimal(lots * lotSize);
          const slices = sliceQuantity(quantity, { ...nifty, lotSize, freezeQuantity }, 400);
          if (!slices.ok) throw new Error(slices.failure.code);
          const units = slices.value.map((slice) => slice.toNumber());
          expect(units.reduce((sum, unit) => sum + unit, 0)).toBe(quantity.toNumber());
          expect(units.every((unit) => unit > 0 && unit % lotSize === 0)).toBe(true);
          expect(Math.max(...units)).toBeLessThanOrEqual(freezeQuantity);
          expect(units).toEqual([...units].sort((one, other) => other - one));
          // As few as can be: one slice fewer would not hold it.
          const largest = Math.floor(freezeQuantity / lotSize) * lotSize;
          expect((units.length - 1) * largest).toBeLessThan(quantity.toNumber());
        },
      ),
    );
  });
});
