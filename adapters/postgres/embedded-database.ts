import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import pg from 'pg';
import { locatePostgres } from './binaries.ts';
import {
  clusterDirectory,
  initialiseCluster,
  readServer,
  removeStalePid,
  startServer,
  stopServer,
  superuser,
  type Cluster,
} from './cluster.ts';
import { keptSecret, makeDataFolder } from './data-folder.ts';
import { closedFolder, reachableBinaries, serverAccount } from './server-account.ts';

/** The embedded PostgreSQL, kept running while anyone is attached to it. */
export interface EmbeddedDatabase {
  /** Connection string of the database `nandax`. */
  readonly url: string;
  /** Connection string of any database of this server. */
  urlOf(database: string): string;
  /** True: it was running already. */
  readonly adopted: boolean;
  readonly pid: number;
  readonly port: number;
  /** Resolves when the server ends although it was not released. */
  readonly lost: Promise<void>;
  /** Lets go of it; the last one to do so stops the server and waits for its end. */
  release(): Promise<void>;
}

export interface EmbeddedDatabaseOptions {
  /** The data folder (`dataFolder()`); the server lives in its `postgres`. */
  readonly home: string;
  /** False: no fsync, for tests. Default: true. */
  readonly durable?: boolean;
  /** Port to start the server on, if it is free. */
  readonly port?: number;
}

/** Advisory lock that each attached process holds shared, in the database `postgres`. */
const attachedLock = 0x6e616e64;

/** Time in which a server that starts, stops or recovers must have become one or the other. */
const settleMs = 60_000;

/**
 * Attaches to the embedded PostgreSQL of a data folder: adopts it when it runs, starts it when not,
 * initialises it when there is none, and mends what a power cut left. Attachment is a shared lock
 * on a connection of ours, so that it ends with the process, however the process ends.
 * Throws when the folder cannot be used or the server does not start.
 */
export async function attachEmbeddedDatabase(
  options: EmbeddedDatabaseOptions,
): Promise<EmbeddedDatabase> {
  const cluster = await prepareCluster(options);
  const deadline = Date.now() + settleMs;
  let adopted = true;
  for (;;) {
    const holder = await hold(cluster);
    if (holder !== null) return attached(cluster, holder, adopted);
    await removeStalePid(cluster);
    try {
      await startServer(cluster, options.port);
      adopted = false;
    } catch (error) {
      // Another process may be starting, stopping or recovering the same server: look again.
      if (Date.now() > deadline) throw error;
      await pause(200);
    }
  }
}

async function prepareCluster(options: EmbeddedDatabaseOptions): Promise<Cluster> {
  await makeDataFolder(options.home);
  const account = await serverAccount();
  const closed = await closedFolder(options.home, account);
  if (closed !== null) {
    throw new Error(
      `PostgreSQL runs as the account "postgres", which may not enter ${closed}. ` +
        `Choose another data folder with NANDAX_HOME, or open that one (chmod o+x ${closed}).`,
    );
  }
  const cluster: Cluster = {
    folder: join(options.home, 'postgres'),
    binaries: await reachableBinaries(await locatePostgres(), account, options.home),
    account,
    password: await keptSecret(options.home, 'database-password'),
    durable: options.durable ?? true,
  };
  await initialiseCluster(cluster);
  return cluster;
}

interface Holder {
  readonly client: pg.Client;
  readonly pid: number;
  readonly port: number;
}

/** Takes the shared lock on the running server of this very folder; null: none answers. */
async function hold(cluster: Cluster): Promise<Holder | null> {
  const server = await readServer(cluster);
  if (server === null) return null;
  const client = new pg.Client({
    connectionString: connectionString(cluster, server.port, 'postgres'),
    application_name: 'nandax attachment',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // Without a listener the server's end would end this process; the owner of the server sees it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock_shared($1)', [attachedLock]);
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    if (rows[0]?.data_directory === clusterDirectory(cluster)) return { client, ...server };
  } catch {
    // Not there, not ready, or stopping.
  }
  await client.end().catch(() => undefined);
  return null;
}

async function attached(
  cluster: Cluster,
  holder: Holder,
  adopted: boolean,
): Promise<EmbeddedDatabase> {
  const { client, pid, port } = holder;
  await createDatabase(client, 'nandax');
  let released: Promise<void> | undefined;
  const lost = new Promise<void>((resolve) => {
    client.once('end', () => {
      if (released === undefined) resolve();
    });
  });
  return {
    lost,
    url: connectionString(cluster, port, 'nandax'),
    urlOf: (database) => connectionString(cluster, port, database),
    adopted,
    pid,
    port,
    release: () => (released ??= release(cluster, client)),
  };
}

/** The exclusive lock is free only for the last one attached; a newcomer then waits and starts anew. */
async function release(cluster: Cluster, client: pg.Client): Promise<void> {
  let last: boolean;
  try {
    await client.query('SELECT pg_advisory_unlock_shared($1)', [attachedLock]);
    const { rows } = await client.query<{ last: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS last',
      [attachedLock],
    );
    last = rows[0]?.last === true;
  } catch {
    // The connection is gone: the server stopped, or somebody stopped it.
    await removeStalePid(cluster);
    return;
  }
  if (last) await stopServer(cluster, 'fast');
  await client.end().catch(() => undefined);
}

async function createDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (rowCount !== 0) return;
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } catch (error) {
    if (
      (error as { code?: string }).code !== '42P04' &&
      (error as { code?: string }).code !== '23505'
    ) {
      throw error;
    }
  }
}

function connectionString(cluster: Cluster, port: number, database: string): string {
  return `postgresql://${superuser}:${encodeURIComponent(cluster.password)}@127.0.0.1:${port}/${database}`;
}
