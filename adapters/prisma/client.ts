import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';

/**
 * How long an interactive transaction waits for a connection (the pool may give up sooner) and may then
 * last, milliseconds, unless its store says more. Prisma's own limits, 2 and 5 seconds, measure how busy
 * the machine is: work that a crowd or a row's lock holds up for longer would fail though nothing is
 * wrong with it. What has to end sooner has a deadline of its own, as the API's operations do. The
 * limits are the client's, so that no store is left with Prisma's.
 */
const patience = { maxWait: 30_000, timeout: 30_000 } as const;

/** Settings of a client; the pool is node-postgres's. */
export interface PrismaOptions {
  /** Connections of this process at most. Default: 10. */
  readonly maxConnections?: number;
  /** Milliseconds to wait for a connection before failing. Default: 10,000. */
  readonly connectTimeoutMs?: number;
  /**
   * Milliseconds after which the server ends a statement. Default: never. Only without a pooler in
   * between, which may refuse to set it.
   */
  readonly statementTimeoutMs?: number | undefined;
}

/**
 * A Prisma client on one PostgreSQL database, through the pg driver (Prisma's own engine is not used).
 * It connects on first use; end it with `$disconnect()`.
 */
export function createPrisma(connectionString: string, options: PrismaOptions = {}): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg({
      connectionString,
      max: options.maxConnections ?? 10,
      connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
      ...(options.statementTimeoutMs === undefined
        ? {}
        : { statement_timeout: options.statementTimeoutMs }),
    }),
    transactionOptions: patience,
  });
}
