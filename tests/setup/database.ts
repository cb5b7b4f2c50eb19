import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createPrisma } from '@nandax/adapters/prisma/client.ts';
import { templateDatabase } from './template.ts';

/** A database of one test file: migrated, empty, and nobody else's. */
export interface TestDatabase {
  readonly url: string;
  readonly prisma: ReturnType<typeof createPrisma>;
  /** Ends the client and removes the database, whoever is still connected. */
  drop(): Promise<void>;
}

/** Copies the migrated template; call it in `beforeAll`, and `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${templateDatabase}`));
  const address = new URL(inject('postgresUrl'));
  address.pathname = name;
  // Storms of a test wait their turn, also on a machine that does other things as well.
  const prisma = createPrisma(address.href, { connectTimeoutMs: 60_000 });
  return {
    url: address.href,
    prisma,
    async drop() {
      await prisma.$disconnect();
      await onServer((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

async function onServer(use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
