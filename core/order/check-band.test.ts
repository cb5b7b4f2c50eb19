import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { checkBand, describeBandDenial } from './check-band.ts';

const range = { lower: new Decimal('70.65'), upper: new Decimal('86.35') };
const asked = (price: number | null, triggerPrice: number | null = null) =>
  checkBand(
    {
      price: price === null ? null : new Decimal(price),
      triggerPrice: triggerPrice === null ? null : new Decimal(triggerPrice),
    },
    range,
  );

test('prices at the ends of the range are taken, those beyond refused with the end', () => {
  expect(asked(70.65)).toBeNull();
  expect(asked(86.35)).toBeNull();
  expect(asked(null)).toBeNull();
  expect(asked(70.6)).toEqual({
    code: 'PRICE_BAND',
    limit: range.lower,
    actual: new Decimal(70.6),
  });
  expect(asked(80, 86.4)).toMatchObject({ limit: range.upper, actual: new Decimal(86.4) });
  expect(checkBand({ price: new Decimal(1), triggerPrice: null }, null)).toBeNull();
});

test('says it in the broker’s words', () => {
  const said = (price: number) => {
    const denial = asked(price);
    return denial === null ? null : describeBandDenial(denial);
  };
  expect(said(70)).toBe(
    'Your order price is lower than the current lower circuit limit of 70.65. Place an order within the daily range.',
  );
  expect(said(87)).toContain('higher than the current upper circuit limit of 86.35.');
});
