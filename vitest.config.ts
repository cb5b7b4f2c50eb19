import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // vitest would load graphql twice, once as ESM and once as CommonJS, and graphql refuses that.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    server: { deps: { inline: ['type-graphql', 'graphql-scalars', '@graphql-yoga/subscription'] } },
    // Stories mostly wait for databases and processes; a third file fits beside two cores.
    maxWorkers: 3,
    projects: [
      // The host's time zone must not matter, so the units run in several.
      ...['UTC', 'America/New_York', 'Asia/Kolkata'].map((zone) => ({
        extends: true as const,
        test: {
          name: zone === 'UTC' ? 'unit' : `unit ${zone}`,
          env: { TZ: zone },
          include: ['{core,app,adapters,api,worker,cli,prisma,web/app}/**/*.test.ts'],
        },
      })),
      {
        extends: true,
        test: {
          name: 'integration',
          env: { TZ: 'Pacific/Auckland' },
          include: ['tests/**/*.test.ts'],
          globalSetup: ['tests/setup/services.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
