import { expect, test } from 'vitest';
import { bracketOf, misfitOfBracket, orderOf } from './read-order.server.ts';

function form(fields: Readonly<Record<string, string>>): FormData {
  const filled = new FormData();
  for (const [name, value] of Object.entries(fields)) filled.set(name, value);
  return filled;
}

test('a stop or a target makes a bracket of an order', () => {
  const plain = form({ quantity: '1,000' });
  expect(bracketOf(plain, orderOf(plain))).toBeNull();
  const stopped = form({ quantity: '1,000', stopPrice: '90.00' });
  expect(bracketOf(stopped, orderOf(stopped))).toMatchObject({
    quantity: '1000',
    stopPrice: '90.00',
  });
});

test.each([
  ['variety', 'CO'],
  ['variety', 'AMO'],
  ['variety', 'ICEBERG'],
  ['reduceOnly', 'on'],
  ['marketProtectionPercent', '2'],
  ['validity', 'IOC'],
  ['validity', 'TTL'],
  ['disclosedQuantity', '100'],
  ['tag', 'mine'],
])('what a bracket cannot be is refused beside its field, not left out: %s %s', (name, value) => {
  expect(misfitOfBracket(orderOf(form({ [name]: value })))?.field).toBe(name);
});

test('the stop of a cover order is its trigger, whatever stands in the field of other stops', () => {
  const cover = form({ variety: 'CO', coverTrigger: '90', triggerPrice: '80', type: 'LIMIT' });
  expect(orderOf(cover)).toMatchObject({ variety: 'CO', triggerPrice: '90.00' });
  const plain = form({ coverTrigger: '90', triggerPrice: '80', type: 'SL_M' });
  expect(orderOf(plain)).toMatchObject({ variety: 'REGULAR', triggerPrice: '80.00' });
});

test('an iceberg has its legs and shows no quantity of its own; other orders have none', () => {
  const typed = { icebergLegs: '4', disclosedQuantity: '100' };
  const iceberg = orderOf(form({ ...typed, variety: 'ICEBERG' }));
  expect(iceberg).toMatchObject({ variety: 'ICEBERG', icebergLegs: 4 });
  expect(iceberg.disclosedQuantity).toBeUndefined();
  const afterMarket = orderOf(form({ ...typed, variety: 'AMO' }));
  expect(afterMarket).toMatchObject({ variety: 'AMO', disclosedQuantity: '100' });
  expect(afterMarket.icebergLegs).toBeUndefined();
});

test('a protection is of orders that may fill at any price, as a percentage is typed', () => {
  const typed = { marketProtectionPercent: '2.5 %', triggerPrice: '90', price: '91' };
  expect(orderOf(form({ ...typed, type: 'MARKET' })).marketProtectionPercent).toBe('2.5');
  expect(orderOf(form({ ...typed, type: 'SL_M' })).marketProtectionPercent).toBe('2.5');
  expect(orderOf(form({ ...typed, type: 'LIMIT' })).marketProtectionPercent).toBeUndefined();
  expect(orderOf(form({ ...typed, type: 'SL' })).marketProtectionPercent).toBeUndefined();
});

test('a plain day order may be the entry of a bracket', () => {
  expect(misfitOfBracket(orderOf(form({ quantity: '10' })))).toBeNull();
});
