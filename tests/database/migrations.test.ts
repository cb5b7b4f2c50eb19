import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployMigrations, readMigrationStatus, scriptToSchema } from '../../prisma/migrations.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('the migrations lead to the schema: nothing of it is missing', async () => {
  expect(await scriptToSchema(database.url)).toBeNull();
});

test('a migrated database is up to date, and migrating it again applies nothing', async () => {
  const clean = { unapplied: [], unknown: [], failed: [], edited: [] };
  expect(await readMigrationStatus(database.url)).toMatchObject(clean);
  const applied = await Promise.all([
    deployMigrations(database.url),
    deployMigrations(database.url),
  ]);
  expect(applied).toEqual([[], []]);
});

test('a migration that was changed after it was applied is noticed', async () => {
  await database.prisma.$executeRaw`
    UPDATE "_prisma_migrations" SET checksum = 'another' WHERE migration_name LIKE '%_guards'`;
  const { edited } = await readMigrationStatus(database.url);
  expect(edited).toEqual(['20261122080100_guards']);
});
