import { expect, test } from 'vitest';

import { formatCount } from './names.ts';

test('a count is grouped as lakh and crore', () => {
  expect(['0', '999', '1000', '12345', '123456', '12345678'].map(formatCount)).toEqual([
    '0',
    '999',
    '1,000',
    '12,345',
    '1,23,456',
    '1,23,45,678',
  ]);
});
