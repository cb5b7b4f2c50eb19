import { expect, inject, test } from 'vitest';
import { expectNothingLost } from './expect-nothing-lost.ts';

const redisUrl = inject('redisUrl');

test.skipIf(redisUrl === null)(
  'workers killed with SIGKILL on the way of an order lose, double and misbook none: Redis',
  async () => {
    // A logical database of its own keeps other tests' jobs out of this story.
    const { kills } = await expectNothingLost('Redis', `${redisUrl ?? ''}/10`);
    expect(kills).toBeGreaterThan(0);
  },
  7_200_000,
);
