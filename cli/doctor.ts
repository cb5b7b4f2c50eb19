import { access, constants, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { readEnvironment } from '@nandax/adapters/env/environment.ts';
import { dataFolder } from '@nandax/adapters/postgres/data-folder.ts';
import { openDatabase } from '@nandax/adapters/postgres/open-database.ts';
import { readMigrationStatus } from '../prisma/migrations.ts';
import { choosePort } from './supervisor/ports.ts';
import { rootFolder } from './supervisor/root.ts';

/** `npm run doctor`: looks at what NandaX needs and says in plain words what is wrong. */
interface Finding {
  readonly good: boolean;
  readonly words: string;
}

const good = (words: string): Finding => ({ good: true, words });
const bad = (words: string): Finding => ({ good: false, words });

const environment = readEnvironment();
const checks: Readonly<Record<string, () => Promise<Finding>>> = {
  Node: checkNode,
  Build: checkBuild,
  'Data folder': checkFolder,
  Ports: checkPorts,
  Database: checkDatabase,
  Redis: checkRedis,
};

for (const [name, check] of Object.entries(checks)) {
  const finding = await check().catch((error: unknown) =>
    bad(error instanceof Error ? error.message : String(error)),
  );
  process.stdout.write(`${finding.good ? 'ok ' : 'BAD'}  ${name.padEnd(12)}${finding.words}\n`);
  if (!finding.good) process.exitCode = 1;
}

function checkNode(): Promise<Finding> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  const words = `version ${process.versions.node}, at least 20.19 is needed`;
  return Promise.resolve(enough ? good(words) : bad(words));
}

async function checkBuild(): Promise<Finding> {
  const outputs = ['adapters/prisma/generated/client.ts', 'web/build/server/index.js'];
  for (const output of outputs) {
    const there = await stat(join(rootFolder, output)).catch(() => null);
    if (there === null) return bad(`${output} is missing: npm run prepare`);
  }
  return good('database client and web are built');
}

async function checkFolder(): Promise<Finding> {
  const folder = dataFolder(environment.home);
  const there = await stat(folder).catch(() => null);
  if (there === null) return good(`${folder} will be made at the first start`);
  const writable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  return writable ? good(folder) : bad(`${folder} cannot be written to`);
}

async function checkPorts(): Promise<Finding> {
  const web = await choosePort('PORT', environment.port, 3000);
  const api = await choosePort('API_PORT', environment.apiPort, 3001, [web.port]);
  const words = [web, api].map(({ port, insteadOf }) =>
    insteadOf === null ? `${port} is free` : `${insteadOf} is in use, ${port} would serve`,
  );
  return good(words.join('; '));
}

async function checkDatabase(): Promise<Finding> {
  const database = await openDatabase(environment);
  try {
    const status = await readMigrationStatus(database.directUrl);
    const words = `${database.label}, ${status.server}`;
    const open = [...status.unapplied, ...status.failed, ...status.edited, ...status.unknown];
    return open.length === 0
      ? good(`${words}, up to date`)
      : bad(`${words}, migrations to look at: ${open.join(', ')} (npm run db:status)`);
  } finally {
    await database.release();
  }
}

async function checkRedis(): Promise<Finding> {
  if (environment.redisUrl === undefined) return good('not set: PostgreSQL does its work');
  const { hostname, port } = new URL(environment.redisUrl);
  const socket = connect(Number(port === '' ? '6379' : port), hostname);
  socket.setTimeout(5_000, () => socket.destroy(new Error('no answer within 5 s')));
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(good(`answers at ${hostname}`)));
    socket.once('error', (error) => resolve(bad(`${hostname}: ${error.message}`)));
  }).finally(() => socket.destroy()) as Promise<Finding>;
}
