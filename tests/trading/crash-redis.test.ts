import { expect, inject, test } from 'vitest';
import { playWithCrashes, undisturbed } from '../kit/crash-story.ts';

const redisUrl = inject('redisUrl');

test.skipIf(redisUrl === null)(
  'twenty kills of the worker change no trade: queue and bus on Redis',
  async () => {
    const { kills, killsBetweenSubmittedAndFill, disturbed } = await playWithCrashes(
      // A logical database of its own keeps other tests' jobs out of this story.
      `${redisUrl ?? ''}/9`,
    );

    expect(kills).toBe(20);
    expect(killsBetweenSubmittedAndFill).toBeGreaterThanOrEqual(4);
    expect(disturbed).toEqual(undisturbed());
  },
  600_000,
);
