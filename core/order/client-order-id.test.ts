import { describe, expect, it } from 'vitest';
import { clientOrderIdFrom } from './client-order-id.ts';

describe('a client order id', () => {
  it('has 20 letters and digits, one for each byte', () => {
    const bytes = Uint8Array.from([
      0, 1, 9, 10, 17, 18, 31, 32, 255, 64, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5,
    ]);
    expect(clientOrderIdFrom(bytes)).toBe('019AHJZ0Z05555555555');
  });

  it('takes each of its 32 characters from exactly 8 of the 256 bytes, so none is likelier', () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte += 1) {
      const character = clientOrderIdFrom(new Uint8Array(20).fill(byte)).charAt(0);
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    expect(counts.size).toBe(32);
    expect(new Set(counts.values())).toEqual(new Set([8]));
    expect([...counts.keys()].join('')).toMatch(/^[0-9A-Z]+$/);
  });

  it('is not made from too few bytes', () => {
    expect(() => clientOrderIdFrom(new Uint8Array(19))).toThrow('20 bytes needed, 19 given');
  });
});
