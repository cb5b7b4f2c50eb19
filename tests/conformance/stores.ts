import { prismaStore } from '@nandax/adapters/prisma/trading/store.ts';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import type { Store } from '@nandax/app/ports/store.ts';
import { seedReferenceData } from '../../prisma/seed-reference-data.ts';
import { MemoryDatabase } from '../kit/memory/memory-database.ts';
import { memoryStore } from '../kit/memory/memory-store.ts';
import { listed, portfolioId, seedDatabase, traderId } from '../kit/simulation/trading-data.ts';
import { createTestUser, testTools } from '../setup/accounts.ts';
import { createTestDatabase } from '../setup/database.ts';

/** A store with one trader, her paper portfolio and an instrument. */
export interface OpenStore {
  readonly store: Store;
  readonly userId: string;
  readonly portfolioId: string;
  readonly instrumentId: string;
  close(): Promise<void>;
}

/** The stores that must behave alike: what the seeds prove in memory then holds in PostgreSQL. */
export const stores: readonly { readonly kind: string; readonly open: () => Promise<OpenStore> }[] =
  [
    {
      kind: 'memory',
      async open() {
        const database = new MemoryDatabase();
        await seedDatabase(database);
        const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
        const store = memoryStore(database, {
          turn,
          async until(condition) {
            while (!condition()) await turn();
          },
        });
        const instrumentId = listed[0].id;
        return {
          store,
          userId: traderId,
          portfolioId,
          instrumentId,
          close: () => Promise.resolve(),
        };
      },
    },
    {
      kind: 'PostgreSQL',
      async open() {
        const database = await createTestDatabase();
        const { prisma, url } = database;
        await seedReferenceData(url, { ids: systemIds(), clock: systemClock });
        const { id: userId } = await createTestUser(prisma, 'trader');
        const portfolio = await prisma.portfolio.findFirstOrThrow({ where: { userId } });
        const instrument = await prisma.instrument.findFirstOrThrow({ where: { exchange: 'NSE' } });
        return {
          store: prismaStore(prisma, testTools),
          userId,
          portfolioId: portfolio.id,
          instrumentId: instrument.id,
          close: () => database.drop(),
        };
      },
    },
  ];
