import { afterAll, beforeAll, expect, test } from 'vitest';
import { LimitsWorld } from '../kit/limits-world.ts';
import { deferred } from '../setup/deferred.ts';

let stage: LimitsWorld;

beforeAll(async () => {
  stage = await LimitsWorld.create();
});

afterAll(() => stage.close());

/** More than a test's client has connections. */
const crowd = 20;

test('orders that crowd before one portfolio leave a connection to those of another', async () => {
  const { world, first, portfolioIds } = stage;
  const [held, released] = [deferred(), deferred()];
  const holder = world.ports.store.transaction(async ({ portfolios }) => {
    await portfolios.lock(first);
    held.resolve();
    await released.promise;
  });
  await held.promise;
  const waiting = Array.from({ length: crowd }, () => stage.place(first));

  // The holder gives up after its own patience; until then the crowd cannot move.
  expect(await stage.place(portfolioIds[1] ?? '')).toMatchObject({ ok: true });
  const { prisma } = stage;
  expect(await prisma.order.count({ where: { portfolioId: first } })).toBe(0);

  released.resolve();
  await holder;
  for (const answer of await Promise.all(waiting)) expect(answer).toMatchObject({ ok: true });
  expect(await prisma.order.count({ where: { portfolioId: first } })).toBe(crowd);
});
