import { expect, inject, test } from 'vitest';
import { expectNothingLost } from './expect-nothing-lost.ts';

const redisUrl = inject('redisUrl');
// Who asks for a number of kills asks for them on Redis too: leaving them out is no success.
const isFullForm = process.env['CRASH_KILLS'] !== undefined;

test.skipIf(redisUrl === null && !isFullForm)(
  'workers killed with SIGKILL on the way of an order lose, double and misbook none: Redis',
  async () => {
    // A logical database of its own keeps other tests' jobs out of this story.
    if (redisUrl === null) throw new Error('redis-server is not installed: no kills on Redis');
    const { kills } = await expectNothingLost('Redis', `${redisUrl}/10`);
    expect(kills).toBeGreaterThan(0);
  },
  7_200_000,
);
