import { createPrisma } from '@nandax/adapters/prisma/client.ts';
import { strategyStore } from '@nandax/adapters/prisma/strategies/strategy-store.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testTools } from '../setup/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { deferred } from '../setup/deferred.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a transaction outlasts a slow row’s lock, and another a crowded pool, beyond the limits of Prisma', async () => {
  const prisma = createPrisma(database.url, { maxConnections: 1, connectTimeoutMs: 60_000 });
  const store = strategyStore(prisma, testTools);
  const userId = '00000000-0000-0000-0000-000000000000';
  const begun = deferred();
  try {
    // Prisma would end it after five seconds, and let nobody wait for a connection longer than two.
    const slow = store.transaction(async ({ strategies }) => {
      begun.resolve();
      await database.prisma.$queryRaw`SELECT 1 FROM pg_sleep(6)`;
      return strategies.visibleInstruments([], userId);
    });
    await begun.promise;
    const waiting = store.transaction(({ strategies }) =>
      strategies.visibleInstruments([], userId),
    );
    expect(await Promise.all([slow, waiting])).toEqual([[], []]);
  } finally {
    await prisma.$disconnect();
  }
});
