import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { openSchemaEngine, schemaPath } from './schema-engine.ts';

const folder = new URL('./migrations/', import.meta.url);
const filters = { externalTables: [], externalEnums: [] };

/** Session lock under which migrations are applied: two processes that start at once take turns. */
const deployLock = 0x6d696772;

/** How a database stands against the migrations folder. */
export interface MigrationStatus {
  /** Product and version of the server. */
  readonly server: string;
  readonly unapplied: readonly string[];
  /** In the database, but not in the folder: a newer or a different checkout was here. */
  readonly unknown: readonly string[];
  readonly failed: readonly string[];
  /** Applied, and changed in the folder afterwards. */
  readonly edited: readonly string[];
}

/** Applies what is missing, in order, and names it. Throws when a migration fails. */
export async function deployMigrations(connectionString: string): Promise<readonly string[]> {
  const lock = new pg.Client({ connectionString });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [deployLock]);
    return await applyMigrations(connectionString);
  } finally {
    await lock.end();
  }
}

/**
 * Writes the migration that leads from the folder's history to the schema, for a person to finish,
 * and names its file. Builds the history in a database of its own, so the account must be allowed
 * to create one. Null: the schema has not changed. `now` names the folder.
 */
export async function createMigration(
  connectionString: string,
  name: string,
  now: Date,
): Promise<string | null> {
  const script = await withShadowDatabase(connectionString, async (shadow) => {
    await applyMigrations(shadow);
    return scriptToSchema(shadow);
  });
  if (script === null) return null;
  const time = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const target = new URL(`${time}_${name}/`, folder);
  await mkdir(target, { recursive: true });
  await writeFile(new URL('migration_lock.toml', folder), lockFile);
  const file = new URL('migration.sql', target);
  await writeFile(file, script);
  return fileURLToPath(file);
}

async function applyMigrations(connectionString: string): Promise<readonly string[]> {
  const { engine, close } = await openSchemaEngine(connectionString);
  try {
    const migrationsList = await readMigrations();
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters });
    return appliedMigrationNames;
  } finally {
    await close();
  }
}

/** The SQL that makes of a database what the schema says; null: it is that already. */
export async function scriptToSchema(connectionString: string): Promise<string | null> {
  const { engine, close } = await openSchemaEngine(connectionString);
  try {
    const path = fileURLToPath(schemaPath);
    const files = [{ path, content: await readFile(schemaPath, 'utf8') }];
    const { stdout, exitCode } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: fileURLToPath(new URL('.', schemaPath)) },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters,
    });
    return exitCode === 0 ? null : stdout;
  } finally {
    await close();
  }
}

async function withShadowDatabase<T>(
  connectionString: string,
  use: (shadow: string) => Promise<T>,
): Promise<T> {
  const name = `nandax_shadow_${randomUUID().replaceAll('-', '')}`;
  const shadow = new URL(connectionString);
  shadow.pathname = name;
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
    try {
      return await use(shadow.href);
    } finally {
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  } finally {
    await client.end();
  }
}

/** Compares the database with the folder; changes nothing. */
export async function readMigrationStatus(connectionString: string): Promise<MigrationStatus> {
  const { engine, close } = await openSchemaEngine(connectionString);
  try {
    const diagnosis = await engine.diagnoseMigrationHistory({
      migrationsList: await readMigrations(),
      optInToShadowDatabase: false,
      filters,
    });
    const { history } = diagnosis;
    return {
      server: await engine.version(),
      unapplied:
        history !== null && 'unappliedMigrationNames' in history
          ? history.unappliedMigrationNames
          : [],
      unknown:
        history !== null && 'unpersistedMigrationNames' in history
          ? history.unpersistedMigrationNames
          : [],
      failed: diagnosis.failedMigrationNames,
      edited: diagnosis.editedMigrationNames,
    };
  } finally {
    await close();
  }
}

/** The file by which Prisma's own command knows which database the folder is for. */
const lockFile = `# Prisma reads from this which database the migrations are for.\nprovider = "postgresql"\n`;

/** The folder in Prisma's own layout, `<time>_<name>/migration.sql`, as the engine wants it. */
async function readMigrations(): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(new URL(`${path}/migration.sql`, folder), 'utf8'),
        },
      },
    })),
  );
  return {
    baseDir: fileURLToPath(folder),
    lockfile: { path: 'migration_lock.toml', content: lockFile },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}
