import { relative } from 'node:path';
import { readEnvironment } from '@nandax/adapters/env/environment.ts';
import { openDatabase } from '@nandax/adapters/postgres/open-database.ts';
import { createMigration, deployMigrations, readMigrationStatus } from './migrations.ts';

/** The migration commands: `deploy`, `create NAME`, `status`. */
const [command, name] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

if (command !== 'deploy' && command !== 'status' && command !== 'create') {
  fail('Say what to do: npm run db:migrate, npm run db:create-migration NAME, npm run db:status.');
} else if (command === 'create' && !/^[a-z][a-z0-9_]*$/.test(name ?? '')) {
  fail('Name the migration in lower case with underscores: npm run db:create-migration add_notes.');
} else {
  const database = await openDatabase(readEnvironment());
  try {
    if (command === 'deploy') await deploy(database.directUrl);
    else if (command === 'status') await status(database.directUrl);
    else await create(database.directUrl, name ?? '');
  } finally {
    await database.release();
  }
}

async function deploy(url: string): Promise<void> {
  const applied = await deployMigrations(url);
  for (const migration of applied) say(`applied ${migration}`);
  say(applied.length === 0 ? 'The database is up to date.' : `${applied.length} applied.`);
}

async function create(url: string, migrationName: string): Promise<void> {
  const file = await createMigration(url, migrationName, new Date());
  say(
    file === null
      ? 'The schema has not changed since the last migration.'
      : `Wrote ${relative(process.cwd(), file)}. Read it, finish it by hand, then npm run db:migrate.`,
  );
}

async function status(url: string): Promise<void> {
  const { unapplied, unknown, failed, edited } = await readMigrationStatus(url);
  const lists: [string, readonly string[]][] = [
    ['not applied yet', unapplied],
    ['failed half-way', failed],
    ['changed after it was applied', edited],
    ['in the database but not in this checkout', unknown],
  ];
  const lines = lists.flatMap(([words, names]) => names.map((each) => `${each}: ${words}`));
  for (const line of lines) say(line);
  if (lines.length === 0) say('The database is up to date.');
  else process.exitCode = 1;
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}
