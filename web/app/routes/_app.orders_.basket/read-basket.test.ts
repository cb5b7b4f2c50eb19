import { expect, test } from 'vitest';
import { basketOf, rowFieldOf } from './read-basket.server.ts';

function form(fields: Readonly<Record<string, string>>): FormData {
  const filled = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    filled.append(/^row\d$/.test(name) ? 'row' : name, value);
  }
  return filled;
}

test('a leg has the terms of its row, of those what its type and variety have', () => {
  const { input, rows } = basketOf(
    form({
      ...{ row0: '0', row1: '1', row2: '2' },
      // Without a quantity it asks for nothing.
      ...{ '0.quantity': '', '0.variety': 'AMO' },
      ...{ '1.quantity': '1,000', '1.variety': 'ICEBERG', '1.icebergLegs': '4' },
      ...{ '1.type': 'LIMIT', '1.price': '90', '1.marketProtectionPercent': '2' },
      ...{ '2.quantity': '10', '2.variety': 'AMO', '2.icebergLegs': '4' },
      ...{ '2.marketProtectionPercent': '2%', '2.reduceOnly': 'on' },
    }),
  );
  expect(rows).toEqual(['1', '2']);
  expect(input.legs).toMatchObject([
    { quantity: '1000', variety: 'ICEBERG', icebergLegs: 4, price: '90.00', reduceOnly: false },
    { quantity: '10', variety: 'AMO', marketProtectionPercent: '2', reduceOnly: true },
  ]);
  expect(input.legs[0]?.marketProtectionPercent).toBeUndefined();
  expect(input.legs[1]?.icebergLegs).toBeUndefined();
});

test('a failure of a leg is shown in the row that it came from', () => {
  expect(rowFieldOf('legs.0.icebergLegs', ['1', '2'])).toBe('1.icebergLegs');
  expect(rowFieldOf('portfolioId', ['1', '2'])).toBe('portfolioId');
});
