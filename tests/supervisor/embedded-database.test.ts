import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  attachEmbeddedDatabase,
  type EmbeddedDatabase,
} from '@nandax/adapters/postgres/embedded-database.ts';

let home: string;
const attached: EmbeddedDatabase[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'nandax-embedded-'));
});
afterEach(async () => {
  await Promise.all(attached.splice(0).map((database) => database.release()));
  await rm(home, { recursive: true, force: true });
});

const attach = async (durable = false): Promise<EmbeddedDatabase> => {
  const database = await attachEmbeddedDatabase({ home, durable });
  attached.push(database);
  return database;
};

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('a second process adopts the running server, and the last to let go stops it', async () => {
  const [first, second] = await Promise.all([attach(), attach()]);
  expect(first.pid).toBe(second.pid);
  await first.release();
  expect(await ask(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await second.release();
  await expect(ask(second.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
});

test('what was committed survives the server being killed, and the loss is told', async () => {
  const before = await attach(true);
  await ask(before.url, 'CREATE TABLE kept AS SELECT 7 AS seven');
  process.kill(before.pid, 'SIGKILL');
  await before.lost;
  const after = await attach();
  expect(after.adopted).toBe(false);
  expect(await ask(after.url, 'SELECT seven FROM kept')).toEqual([{ seven: 7 }]);
});

test('a lock file whose process number now belongs to another program is mended', async () => {
  const before = await attach();
  const pidFile = join(home, 'postgres', 'data', 'postmaster.pid');
  const lines = (await readFile(pidFile, 'utf8')).split('\n');
  await before.release();
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(stranger, 'spawn');
  await writeFile(pidFile, [String(stranger.pid), ...lines.slice(1)].join('\n'));
  try {
    const after = await attach();
    expect(after.pid).not.toBe(stranger.pid);
  } finally {
    stranger.kill();
  }
});

test('nobody gets in without the password that is kept for the owner alone', async () => {
  const database = await attach();
  const address = new URL(database.url);
  address.password = 'guess';
  await expect(ask(address.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
});

// Anyone else runs the server as themselves, and no folder of theirs is closed to it.
if (process.getuid?.() === 0) {
  test('for root, a data folder closed to the server’s account is refused in plain words', async () => {
    await chmod(home, 0o700);
    await expect(
      attachEmbeddedDatabase({ home: join(home, 'inner'), durable: false }),
    ).rejects.toThrow(/may not enter .*Choose another data folder with NANDAX_HOME/);
  });
}
