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
  ['validity', 'IOC'],
  ['validity', 'TTL'],
  ['disclosedQuantity', '100'],
  ['tag', 'mine'],
])('what a bracket cannot be is refused beside its field, not left out: %s %s', (name, value) => {
  expect(misfitOfBracket(orderOf(form({ [name]: value })))?.field).toBe(name);
});

test('a plain day order may be the entry of a bracket', () => {
  expect(misfitOfBracket(orderOf(form({ quantity: '10' })))).toBeNull();
});
