import { describe, expect, it } from 'vitest';
import { normal, seededRandom, shuffle } from './seeded-random.ts';

describe('seeded numbers', () => {
  it('are the same for a seed and others for another seed or stream', () => {
    const of = (seed: number, stream?: number) => {
      const random = seededRandom(seed, stream);
      return Array.from({ length: 20 }, () => random.next());
    };
    expect(of(7)).toEqual(of(7));
    expect(new Set([of(7), of(8), of(7, 1), of(7 + 2 ** 33)].map(String)).size).toBe(4);
    // Neighbouring seeds and streams must not begin alike.
    const firsts = Array.from({ length: 1000 }, (_, seed) => seededRandom(seed).next());
    expect(new Set(firsts).size).toBe(1000);
    expect(firsts.reduce((sum, value) => sum + value, 0) / 1000).toBeCloseTo(0.5, 1);
  });

  it('lie evenly between 0 and 1', () => {
    const random = seededRandom(1);
    const counts = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 100_000; draw += 1) {
      const bin = random.below(10);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    // Chi square with 9 degrees of freedom is above 27.9 once in a thousand.
    const chi = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chi).toBeLessThan(27.9);
  });

  it('shuffle into every order equally often, and lose nothing', () => {
    const random = seededRandom(3);
    const seen = new Map<string, number>();
    for (let draw = 0; draw < 24_000; draw += 1) {
      const items = Int32Array.of(1, 2, 3, 4);
      shuffle(items, random);
      const order = items.join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(24);
    // Chi square with 23 degrees of freedom is above 49.7 once in a thousand.
    const chi = [...seen.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chi).toBeLessThan(49.7);
    expect([...seen.keys()].every((order) => /^(?!.*(.).*\1)[1-4]{4}$/.test(order))).toBe(true);
  });

  it('are spread normally where that is asked for', () => {
    const random = seededRandom(5);
    const drawn = Array.from({ length: 100_000 }, () => normal(random));
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const variance = drawn.reduce((sum, value) => sum + value ** 2, 0) / drawn.length;
    expect([mean, variance]).toEqual([expect.closeTo(0, 1), expect.closeTo(1, 1)]);
    // 95 % lie within 1.96 deviations, give or take four deviations of that share.
    const within = drawn.filter((value) => Math.abs(value) < 1.96).length / drawn.length;
    expect(Math.abs(within - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / drawn.length));
  });
});
