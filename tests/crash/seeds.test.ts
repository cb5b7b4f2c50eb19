import { expect, test } from 'vitest';
import { describeFailure, playSeeds } from '../kit/simulation/play-seeds.ts';
import { cellCount, playSeed } from '../kit/simulation/seeded-story.ts';

test('killed at any step, under any fault of the broker, no order is lost, doubled or unbooked', async () => {
  const { coverage, failed } = await playSeeds(6 * cellCount);

  expect(failed.map(describeFailure)).toEqual([]);
  expect(coverage.emptyCells()).toEqual([]);
});

test('a seed fixes the whole story', async () => {
  // A story with kills and late answers, so that there is much that could differ.
  for (const seed of [2, 401, 1_201]) {
    const first = await playSeed(seed);
    expect(first.kills).toBeGreaterThan(0);
    expect(await playSeed(seed)).toEqual(first);
  }
});

test('the judge sees a broker that takes an order twice', async () => {
  // The product hands an order over again only where the broker knows its tags; this one does not.
  const problems: string[] = [];
  for (let seed = 0; seed < cellCount; seed += 1) {
    problems.push(...(await playSeed(seed, { knowsTags: false })).problems);
  }
  expect(problems.some((problem) => /is 2 orders at the broker/.test(problem))).toBe(true);
});
