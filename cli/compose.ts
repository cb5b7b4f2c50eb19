import type { AuditAnchor, AuditTrail } from '@nandax/app/ports/audit.ts';
import type { AccountStore, PasswordHasher, PasswordJudge } from '@nandax/app/ports/accounts.ts';
import type { Bus } from '@nandax/app/ports/bus.ts';
import type { HistoryFileReader, MarketDataStore } from '@nandax/app/ports/market-data.ts';
import type { Store } from '@nandax/app/ports/store.ts';
import type { KeptKeyRing, SealedTexts } from '@nandax/app/ports/secrets.ts';
import type { Clock, IdSource } from '@nandax/app/ports/world.ts';
import { fileAnchor } from '@nandax/adapters/audit/file-anchor.ts';
import { passwordHasher } from '@nandax/adapters/auth/password-hasher.ts';
import { zxcvbnJudge } from '@nandax/adapters/auth/password-judge.ts';
import { createBus } from '@nandax/adapters/bus/create-bus.ts';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import type { Environment } from '@nandax/adapters/env/environment.ts';
import { createLog } from '@nandax/adapters/log/pino-log.ts';
import { dataFolder } from '@nandax/adapters/postgres/data-folder.ts';
import type { OpenDatabase } from '@nandax/adapters/postgres/open-database.ts';
import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import { prismaAuditTrail } from '@nandax/adapters/prisma/audit/audit-trail.ts';
import { createPrisma } from '@nandax/adapters/prisma/client.ts';
import { marketDataStore } from '@nandax/adapters/prisma/market-data/market-data-store.ts';
import { prismaSealedTexts } from '@nandax/adapters/prisma/secrets/sealed-texts.ts';
import { prismaStore } from '@nandax/adapters/prisma/trading/store.ts';
import { installationKeyRing } from '@nandax/adapters/secrets/installation-key-ring.ts';
import { keptKeyRing } from '@nandax/adapters/secrets/kept-key-ring.ts';
import { createSealer } from '@nandax/adapters/secrets/sealer.ts';
import { threadHistoryReader } from '@nandax/adapters/threads/thread-history-reader.ts';

/** What the commands need from the world, on one open database. */
export interface CommandPorts {
  readonly accounts: AccountStore;
  readonly passwords: PasswordHasher;
  readonly passwordJudge: PasswordJudge;
  readonly marketData: MarketDataStore;
  readonly historyFiles: HistoryFileReader;
  readonly store: Store;
  readonly auditTrail: AuditTrail;
  readonly auditAnchor: AuditAnchor;
  /** Null: NANDAX_KEY_RING gives it. */
  readonly keyRing: KeptKeyRing | null;
  readonly sealedTexts: SealedTexts;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Puts the parts together for the time of `use`. */
export async function withCommandPorts<T>(
  environment: Environment,
  database: OpenDatabase,
  use: (ports: CommandPorts) => Promise<T>,
): Promise<T> {
  const prisma = createPrisma(database.url, { maxConnections: 4 });
  const ids = systemIds();
  const ring = installationKeyRing(environment.keyRing, dataFolder(environment.home));
  const sealer = createSealer(ring);
  const bus = createBus({
    redisUrl: environment.redisUrl,
    directUrl: database.directUrl,
    // A command speaks to a person; its own log would be in their way.
    log: createLog({ process: 'cli', level: 'silent' }),
  });
  try {
    return await use({
      accounts: accountStore(prisma, { sealer, ids }),
      passwords: passwordHasher(),
      passwordJudge: zxcvbnJudge(),
      marketData: marketDataStore(prisma),
      historyFiles: threadHistoryReader,
      store: prismaStore(prisma, { sealer, ids }),
      auditTrail: prismaAuditTrail(prisma),
      auditAnchor: fileAnchor(ring, dataFolder(environment.home)),
      keyRing: environment.keyRing === undefined ? keptKeyRing(dataFolder(environment.home)) : null,
      sealedTexts: prismaSealedTexts(prisma, sealer, ring),
      bus,
      clock: systemClock,
      ids,
    });
  } finally {
    await bus.close();
    await prisma.$disconnect();
  }
}
