import { Decimal as DecimalNumber } from 'decimal.js';
import { expect, test } from 'vitest';
import { Count, DateTime, Decimal, Money, Price, Quantity } from './scalars.ts';

test('amounts are written with the decimals of their kind, half up, and never in exponents', () => {
  expect(Money.serialize(new DecimalNumber('1234.565'))).toBe('1234.57');
  expect(Money.serialize(new DecimalNumber('-0.005'))).toBe('-0.01');
  expect(Price.serialize(161.05)).toBe('161.0500');
  expect(Quantity.serialize(new DecimalNumber('1e21'))).toBe('1000000000000000000000');
  expect(Decimal.serialize(0.5)).toBe('0.5');
  expect(() => Decimal.serialize(Number.NaN)).toThrow(RangeError);
});

test('amounts are read exactly, and refused in any other form', () => {
  expect(Money.parseValue('1000000.00')).toEqual(new DecimalNumber(1_000_000));
  for (const text of [
    '1e6',
    '1,000',
    '.5',
    '1.005',
    '',
    ' 1',
    'NaN',
    `1${'0'.repeat(18)}`,
    1,
    null,
  ]) {
    expect(() => Money.parseValue(text)).toThrow('is no Money');
  }
});

test('an instant is read with its offset, and a day that does not exist is none', () => {
  expect(DateTime.parseValue('2019-07-09T09:15:00+05:30')).toEqual(
    new Date('2019-07-09T03:45:00.000Z'),
  );
  for (const text of ['2019-07-09', '2019-07-09T09:15:00', '2019-02-30T00:00:00Z', 'now']) {
    expect(() => DateTime.parseValue(text)).toThrow('is no DateTime');
  }
  expect(DateTime.serialize(new Date('2019-07-09T03:45:00Z'))).toBe('2019-07-09T03:45:00.000Z');
});

test('a count goes to the last number of 64 bits and no further', () => {
  expect(Count.parseValue('9223372036854775807')).toBe(9_223_372_036_854_775_807n);
  expect(() => Count.parseValue('9223372036854775808')).toThrow('is no Count');
  expect(() => Count.parseValue('-1')).toThrow('is no Count');
  expect(Count.serialize(12n)).toBe('12');
  expect(() => Count.serialize(1.5)).toThrow(TypeError);
});
