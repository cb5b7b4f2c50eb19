import { describe, expect, it } from 'vitest';
import { tryTexts } from '../../tests/fuzz/language-trials.ts';

describe('any text whatsoever', () => {
  it('is a strategy that survives print and JSON, or is answered with failures inside the text', () => {
    // `npm run fuzz:language` does the same a million times.
    const { parsed, mutated, broken } = tryTexts(20_000_000, 20_000, () => 0);
    expect(broken).toEqual([]);
    expect(parsed).toBeGreaterThan(20_000 * 0.3);
    expect(mutated).toBeGreaterThan(20_000 * 0.5);
  });
});
