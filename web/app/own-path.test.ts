import { expect, test } from 'vitest';

import { ownPath } from './own-path.ts';

test('a path of this site is followed, with its query', () => {
  expect(ownPath('/runs/abc?x=1')).toBe('/runs/abc?x=1');
});

test.each([
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  ' //evil.example',
  'javascript:alert(1)',
])('%j leads to the dashboard', (next) => {
  expect(ownPath(next)).toBe('/');
});
