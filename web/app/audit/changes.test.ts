import { expect, test } from 'vitest';

import { changesOf } from './changes.ts';

test('what changed is told with both sides, and what stayed is left out', () => {
  expect(changesOf({ role: 'USER', tier: 'FREE' }, { role: 'ADMIN', tier: 'FREE' })).toEqual([
    { name: 'role', before: 'user', after: 'admin' },
  ]);
});

test('what was made or is gone has one side only', () => {
  expect(changesOf(null, { sessionsEnded: 2, scopes: ['read', 'paper:trade'] })).toEqual([
    { name: 'sessions ended', before: null, after: '2' },
    { name: 'scopes', before: null, after: 'read, paper:trade' },
  ]);
  expect(changesOf({ name: 'Old' }, null)).toEqual([{ name: 'name', before: 'Old', after: null }]);
});

test('an enumeration reads as words, an instant as exchange time, a text as it is, and an id not at all', () => {
  const after = {
    method: 'PASSWORD_AND_PASSKEY',
    expiresAt: '2027-02-23T03:23:30.393Z',
    name: 'Work laptop',
    product: 'MIS',
    portfolioId: '01a210ca-15e0-7000-ad9f-51f6b2a1e327',
  };
  expect(changesOf(null, after).map((change) => change.after)).toEqual([
    'password and passkey',
    '23 Feb 2027, 08:53 IST',
    'Work laptop',
    'MIS',
  ]);
});

test('nothing to tell is nothing', () => {
  expect(changesOf(null, null)).toEqual([]);
  expect(changesOf({ speed: null }, {})).toEqual([]);
});
