import { readFileSync } from 'node:fs';
import type { GraphQLSchema } from 'graphql';
import { ringAccessTokens } from '@nandax/adapters/auth/access-tokens.ts';
import { luciaSessions } from '@nandax/adapters/auth/lucia-sessions.ts';
import { passwordHasher } from '@nandax/adapters/auth/password-hasher.ts';
import { zxcvbnJudge } from '@nandax/adapters/auth/password-judge.ts';
import { qrCodes } from '@nandax/adapters/auth/qr-code.ts';
import { osloTotp } from '@nandax/adapters/auth/totp.ts';
import { webAuthn } from '@nandax/adapters/auth/webauthn.ts';
import { createBus } from '@nandax/adapters/bus/create-bus.ts';
import { systemClock, systemPause } from '@nandax/adapters/clock/system-clock.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import type { Environment } from '@nandax/adapters/env/environment.ts';
import { settingsOf } from '@nandax/adapters/env/settings.ts';
import { createLimits } from '@nandax/adapters/limits/create-limits.ts';
import { createLog } from '@nandax/adapters/log/pino-log.ts';
import { dataFolder } from '@nandax/adapters/postgres/data-folder.ts';
import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import { credentialReads } from '@nandax/adapters/prisma/accounts/credential-reads.ts';
import { prismaLetterBox } from '@nandax/adapters/prisma/accounts/letter-box.ts';
import { prismaPersonalData } from '@nandax/adapters/prisma/audit/user-keys.ts';
import { createPrisma } from '@nandax/adapters/prisma/client.ts';
import { marketDataStore } from '@nandax/adapters/prisma/market-data/market-data-store.ts';
import { prismaReads } from '@nandax/adapters/prisma/reads/prisma-reads.ts';
import { strategyStore } from '@nandax/adapters/prisma/strategies/strategy-store.ts';
import { prismaHistory } from '@nandax/adapters/prisma/trading/history.ts';
import { prismaStore } from '@nandax/adapters/prisma/trading/store.ts';
import { installationKeyRing } from '@nandax/adapters/secrets/installation-key-ring.ts';
import { createSealer } from '@nandax/adapters/secrets/sealer.ts';
import { threadHistoryReader } from '@nandax/adapters/threads/thread-history-reader.ts';
import { Hub } from './hub/hub.ts';
import type { ApiPorts } from './ports.ts';
import { createSchema } from './schema.ts';
import { startServer, type ApiServer } from './server.ts';

/** Where the API listens when nothing else is asked for. */
const defaultPort = 3001;
/** By how much a statement may outlast its operation, milliseconds. */
const statementGraceMs = 1_000;

/** Puts the API together from its parts and starts it; `schema` in place of the contract's own. */
export async function startApi(
  environment: Environment,
  schema?: GraphQLSchema,
): Promise<ApiServer> {
  const { databaseUrl, directUrl, redisUrl, logLevel, secret, apiPort } = environment;
  const { operationTimeoutSeconds } = environment;
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set.');
  const log = createLog({ process: 'api', level: logLevel });
  const prisma = createPrisma(databaseUrl, {
    maxConnections: 20,
    // An operation that was given up leaves no statement behind that holds a connection for long. A
    // pooler (DIRECT_URL goes past it) may refuse the setting; there the server has to have it.
    statementTimeoutMs:
      directUrl === databaseUrl ? operationTimeoutSeconds * 1000 + statementGraceMs : undefined,
  });
  const bus = createBus({ redisUrl, directUrl: directUrl ?? databaseUrl, log });
  const clock = systemClock;
  const ids = systemIds();
  const ring = installationKeyRing(environment.keyRing, dataFolder(environment.home));
  const sealer = createSealer(ring);
  const limits = createLimits({ redisUrl, prisma, log });
  const settings = settingsOf(environment, environment.port ?? 3000);
  const personalData = prismaPersonalData(prisma, sealer);
  const ports: ApiPorts = {
    clock,
    ids,
    log,
    bus,
    store: prismaStore(prisma, { sealer, ids }),
    history: prismaHistory(prisma, clock),
    accounts: accountStore(prisma, { sealer, ids }),
    passwords: passwordHasher(),
    passwordJudge: zxcvbnJudge(),
    webSessions: luciaSessions(prisma, { clock, days: environment.sessionDays }),
    accessTokens: ringAccessTokens(ring),
    credentials: credentialReads(prisma),
    rateLimits: limits.rateLimits,
    failedAttempts: limits.failedAttempts,
    totp: osloTotp(),
    qrCodes,
    passkeys: webAuthn(settings.publicUrl),
    sealer,
    personalData,
    letterBox: prismaLetterBox(prisma, sealer),
    settings,
    pause: systemPause,
    strategies: strategyStore(prisma, { sealer, ids }),
    marketData: marketDataStore(prisma),
    historyFiles: threadHistoryReader,
    reads: prismaReads(prisma, personalData),
    version: readVersion(),
  };
  const hub = new Hub(ports);
  const server = await startServer({
    schema: schema ?? (await createSchema()),
    ports,
    hub,
    port: apiPort ?? defaultPort,
    secret,
    allowedOrigins: environment.corsOrigins,
    introspection: environment.introspection,
    hideSuggestions: environment.production,
    operationTimeoutSeconds,
  });
  log.info({ port: server.port }, 'api ready');
  return {
    port: server.port,
    async close() {
      await server.close();
      await hub.close();
      await bus.close();
      limits.close();
      await prisma.$disconnect();
    },
  };
}

function readVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };
  return version;
}
