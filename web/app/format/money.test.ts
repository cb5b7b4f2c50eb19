import { describe, expect, test } from 'vitest';

import {
  addMoney,
  formatDecimal,
  formatQuantity,
  formatPercent,
  formatRatio,
  formatReading,
  formatRupees,
  formatSignedRupees,
  groupDigits,
} from './money.ts';

describe('figures as Indian traders read them', () => {
  test.each([
    ['0', '0'],
    ['999', '999'],
    ['1000', '1,000'],
    ['100000', '1,00,000'],
    ['12345678', '1,23,45,678'],
  ])('groups %s as %s', (digits, grouped) => {
    expect(groupDigits(digits)).toBe(grouped);
  });

  test('an amount keeps every paisa, however large', () => {
    expect(formatRupees('90071992547409931.07')).toBe('₹90,07,19,92,54,74,09,931.07');
  });

  test('a price shows two decimals, and more only where the tick is finer', () => {
    expect(formatDecimal('95.3000')).toBe('95.30');
    expect(formatDecimal('83.1275')).toBe('83.1275');
  });

  test('a gain has a plus, a loss a minus, zero neither', () => {
    expect(formatSignedRupees('1250.00')).toBe('+₹1,250.00');
    expect(formatSignedRupees('-1250.00')).toBe('−₹1,250.00');
    expect(formatSignedRupees('-0.00')).toBe('₹0.00');
  });

  test('a quantity drops the decimals it does not use', () => {
    expect(formatQuantity('1050.000000')).toBe('1,050');
    expect(formatQuantity('-0.25')).toBe('−0.25');
  });

  test('a ratio that does not exist is a dash', () => {
    expect(formatRatio(null)).toBe('–');
    expect(formatRatio('-3.456', ' %')).toBe('−3.46 %');
    expect([formatPercent(-1.234), formatPercent(-0.001), formatPercent(-142.6, 0)]).toEqual([
      '−1.23%',
      '0.00%',
      '−143%',
    ]);
  });

  test('a reading of an indicator has no more decimals than help', () => {
    expect(formatReading('91.91666666666661')).toBe('91.9167');
    expect(formatReading('-0.5')).toBe('−0.5');
  });

  test('amounts add up to the paisa', () => {
    expect(addMoney('0.10', '0.20', '-0.31')).toBe('-0.01');
  });
});
