import { expect, test } from 'vitest';
import { changesOf } from './change-order.server.ts';

function form(fields: Readonly<Record<string, string>>): FormData {
  const filled = new FormData();
  for (const [name, value] of Object.entries(fields)) filled.set(name, value);
  return filled;
}

test('a change says every term, and takes away what its type and validity do not have', () => {
  const typed = {
    ...{ quantity: '1,000', price: '90', triggerPrice: '89.5', validityMinutes: '5' },
    ...{ disclosedQuantity: '', marketProtectionPercent: '2 %' },
  };
  expect(changesOf(form({ ...typed, type: 'MARKET', validity: 'DAY' }))).toEqual({
    type: 'MARKET',
    quantity: '1000',
    price: null,
    triggerPrice: null,
    validity: 'DAY',
    validityMinutes: null,
    disclosedQuantity: null,
    marketProtectionPercent: '2',
  });
  expect(changesOf(form({ ...typed, type: 'SL', validity: 'TTL' }))).toMatchObject({
    price: '90.00',
    triggerPrice: '89.5',
    validityMinutes: 5,
    marketProtectionPercent: null,
  });
});

test('a cover order keeps the trigger of its stop, whatever its type', () => {
  const cover = form({ variety: 'CO', type: 'MARKET', triggerPrice: '85' });
  expect(changesOf(cover)).toMatchObject({ type: 'MARKET', triggerPrice: '85.00' });
});
