import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';

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
  });
}
