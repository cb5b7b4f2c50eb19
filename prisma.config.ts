import { defineConfig } from 'prisma/config';

/**
 * `prisma generate` needs no database; the fallback lets it run where none is configured.
 * Migrations go through prisma/migrate.ts, which finds the database itself.
 */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: {
    url:
      process.env['DIRECT_URL'] ??
      process.env['DATABASE_URL'] ??
      'postgresql://localhost:5432/nandax',
  },
});
