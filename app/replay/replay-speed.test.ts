import { expect, test } from 'vitest';
import { checkSpeed } from './replay-speed.ts';

test('a pace is between a thousandth and a hundred thousand times real time, or none', () => {
  for (const speed of [null, 0.001, 1, 100_000]) expect(checkSpeed(speed)).toBeNull();
  // 0.0004 would be kept as 0.000.
  for (const speed of [0.0004, 0, -1, NaN, Infinity, 100_001]) {
    expect(checkSpeed(speed)).toMatchObject({ kind: 'INVALID_INPUT', field: 'speed' });
  }
});
