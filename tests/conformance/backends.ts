import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { createTestDatabase } from '../setup/database.ts';

/** One store under a port, opened afresh for a test file. */
export interface OpenBackend {
  readonly kind: 'postgres' | 'redis';
  /** A PostgreSQL connection string or a Redis address. */
  readonly url: string;
  /** Start of the keys that are this file's own; Redis is shared by the run. */
  readonly prefix: string;
  close(): Promise<void>;
}

/** The stores that every adapter of queue and bus must behave alike on. */
export const backends: readonly {
  readonly kind: OpenBackend['kind'];
  readonly skip: () => boolean;
  readonly open: () => Promise<OpenBackend>;
}[] = [
  {
    kind: 'postgres',
    skip: () => false,
    async open() {
      const database = await createTestDatabase();
      return { kind: 'postgres', url: database.url, prefix: '', close: () => database.drop() };
    },
  },
  {
    kind: 'redis',
    skip: () => inject('redisUrl') === null,
    open() {
      const url = inject('redisUrl');
      if (url === null) throw new Error('This machine has no redis-server.');
      const prefix = `test-${randomUUID()}`;
      return Promise.resolve({ kind: 'redis', url, prefix, close: () => Promise.resolve() });
    },
  },
];
