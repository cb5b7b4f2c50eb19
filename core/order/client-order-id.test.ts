import { expect, test } from 'vitest';
import { clientOrderIdOf } from './client-order-id.ts';

test('has twenty characters that carry the first hundred bits', () => {
  // 0x019 = 0000 0001 1001: the first five bits are 0, the next five 00110 = 6.
  expect(clientOrderIdOf('01900000-0000-7000-8000-000000000000')).toMatch(
    /^06[0-9A-HJKMNP-TV-Z]{18}$/,
  );
  expect(clientOrderIdOf('ffffffff-ffff-ffff-ffff-ffffffffffff')).toBe('Z'.repeat(20));
  expect(clientOrderIdOf('00000000-0000-0000-0000-00000fffffff')).toBe('0'.repeat(20));
  expect(clientOrderIdOf('00000000-0000-0000-0000-000010000000')).toBe(`${'0'.repeat(19)}1`);
});

test('sorts as the UUIDs do', () => {
  const uuids = [
    '01939a2b-0000-7000-8000-0000000000ff',
    '01939a2b-0000-7001-8000-000000000000',
    '01939a2b-0001-7000-8000-000000000000',
    '01939a2c-0000-7000-8000-000000000000',
  ];
  const ids = uuids.map(clientOrderIdOf);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(4);
});

test('refuses what is no UUID', () => {
  expect(() => clientOrderIdOf('not a uuid')).toThrow(RangeError);
});
