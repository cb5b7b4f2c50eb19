import { readFileSync } from 'node:fs';
import { argon2idHasher } from '@nandax/adapters/auth/argon2id-hasher.ts';
import { luciaSessions } from '@nandax/adapters/auth/lucia-sessions.ts';
import { createBus } from '@nandax/adapters/bus/create-bus.ts';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import type { Environment } from '@nandax/adapters/env/environment.ts';
import { createLog } from '@nandax/adapters/log/pino-log.ts';
import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import { createPrisma } from '@nandax/adapters/prisma/client.ts';
import { marketDataStore } from '@nandax/adapters/prisma/market-data/market-data-store.ts';
import { prismaReads } from '@nandax/adapters/prisma/reads/prisma-reads.ts';
import { strategyStore } from '@nandax/adapters/prisma/strategies/strategy-store.ts';
import { prismaHistory } from '@nandax/adapters/prisma/trading/history.ts';
import { prismaStore } from '@nandax/adapters/prisma/trading/store.ts';
import { threadHistoryReader } from '@nandax/adapters/threads/thread-history-reader.ts';
import { Hub } from './hub/hub.ts';
import type { ApiPorts } from './ports.ts';
import { createSchema } from './schema.ts';
import { startServer, type ApiServer } from './server.ts';

/** Where the API listens when nothing else is asked for. */
const defaultPort = 3001;

/** Puts the API together from its parts and starts it. */
export async function startApi(environment: Environment): Promise<ApiServer> {
  const { databaseUrl, directUrl, redisUrl, logLevel, secret, apiPort } = environment;
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set.');
  const log = createLog({ process: 'api', level: logLevel });
  const prisma = createPrisma(databaseUrl, { maxConnections: 20 });
  const bus = createBus({ redisUrl, directUrl: directUrl ?? databaseUrl, log });
  const clock = systemClock;
  const ports: ApiPorts = {
    clock,
    ids: systemIds(),
    log,
    bus,
    store: prismaStore(prisma),
    history: prismaHistory(prisma, clock),
    accounts: accountStore(prisma),
    passwords: argon2idHasher(),
    sessions: luciaSessions(prisma, clock),
    strategies: strategyStore(prisma),
    marketData: marketDataStore(prisma),
    historyFiles: threadHistoryReader,
    reads: prismaReads(prisma),
    version: readVersion(),
  };
  const hub = new Hub(ports);
  const server = await startServer({
    schema: await createSchema(),
    ports,
    hub,
    port: apiPort ?? defaultPort,
    secret,
  });
  log.info({ port: server.port }, 'api ready');
  return {
    port: server.port,
    async close() {
      await server.close();
      await hub.close();
      await bus.close();
      await prisma.$disconnect();
    },
  };
}

function readVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };
  return version;
}
