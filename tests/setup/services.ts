import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import pg from 'pg';
import { attachEmbeddedDatabase } from '@nandax/adapters/postgres/embedded-database.ts';
import { freePort } from '@nandax/adapters/postgres/free-port.ts';
import { deployMigrations } from '../../prisma/migrations.ts';
import { templateDatabase } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the server's database `postgres`, from which databases are made. */
    postgresUrl: string;
    /** Address of a real Redis; null: this machine has none, and the tests on it are skipped. */
    redisUrl: string | null;
  }
}

/** One PostgreSQL and one Redis for the whole run, in a temporary folder, gone at its end. */
export default async function startServices(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'nandax-tests-'));
  const postgres = await attachEmbeddedDatabase({ home, durable: false });
  const redis = await startRedis(home);
  await createTemplate(postgres.urlOf('postgres'), postgres.urlOf(templateDatabase));
  project.provide('postgresUrl', postgres.urlOf('postgres'));
  project.provide('redisUrl', redis?.url ?? null);
  return async () => {
    await redis?.stop();
    await postgres.release();
    await rm(home, { recursive: true, force: true });
  };
}

async function createTemplate(serverUrl: string, templateUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${templateDatabase}`);
    await deployMigrations(templateUrl);
    await client.query(`ALTER DATABASE ${templateDatabase} WITH IS_TEMPLATE true`);
  } finally {
    await client.end();
  }
}

interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

async function startRedis(folder: string): Promise<TestRedis | null> {
  const port = await freePort();
  const server = spawn(
    'redis-server',
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--maxmemory-policy',
      'noeviction',
      '--save',
      '',
    ],
    { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ready = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve(false);
      else reject(error);
    });
    server.once('exit', (code) => reject(new Error(`redis-server ended with code ${code ?? -1}.`)));
    server.stdout.on('data', (words: Buffer) => {
      if (words.includes('Ready to accept connections')) resolve(true);
    });
  });
  if (!ready) {
    const words = 'redis-server is not installed, so the tests on Redis cannot run';
    if (process.env['CI'] === 'true') throw new Error(`${words}, and CI allows no skip.`);
    console.warn(`\n${words}: they are skipped. (Debian: apt-get install redis-server)\n`);
    return null;
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    },
  };
}
