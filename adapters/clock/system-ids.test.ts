import { expect, test } from 'vitest';
import { systemIds } from './system-ids.ts';
import { uuidVersion7 } from './uuid-version-7.ts';

test('the example of RFC 9562, appendix A.6, comes out bit for bit', () => {
  // 0x017F22E279B0 ms = 2022-02-22T19:22:22Z; rand_a 0xCC3; rand_b 0x18C4DC0C0C07398F.
  const random = Uint8Array.from([0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
  expect(uuidVersion7(0x017f22e279b0, 0xcc3, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

test('identifiers of one source rise, within a millisecond and when the clock is set back', () => {
  const clock = [1000, 1000, 1000, 400, 1001];
  const ids = systemIds(() => clock.shift() ?? 1001);
  const minted = Array.from({ length: 6000 }, () => ids.uuid());
  expect([...minted].sort()).toEqual(minted);
  expect(new Set(minted).size).toBe(6000);
});
