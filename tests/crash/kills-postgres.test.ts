import { expect, test } from 'vitest';
import { expectNothingLost } from './expect-nothing-lost.ts';

test('workers killed with SIGKILL on the way of an order lose, double and misbook none: PostgreSQL', async () => {
  const { kills } = await expectNothingLost('PostgreSQL', undefined);
  expect(kills).toBeGreaterThan(0);
}, 7_200_000);
