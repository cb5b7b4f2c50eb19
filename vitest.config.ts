import { defineConfig } from 'vitest/config';

/**
 * Milliseconds after which a test counts as hanging. Nothing here measures speed, so a busy machine
 * must not fail what is only slow.
 */
const patience = 300_000;

export default defineConfig({
  resolve: {
    // vitest would load graphql twice, once as ESM and once as CommonJS, and graphql refuses that.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    setupFiles: ['tests/setup/property-seed.ts'],
    server: { deps: { inline: ['type-graphql', 'graphql-scalars', '@graphql-yoga/subscription'] } },
    // Stories mostly wait for databases and processes; a third file fits beside two cores.
    maxWorkers: 3,
    expect: { poll: { timeout: patience } },
    projects: [
      // The host's time zone must not matter, so the units run in several.
      ...['UTC', 'America/New_York', 'Asia/Kolkata'].map((zone) => ({
        extends: true as const,
        test: {
          name: zone === 'UTC' ? 'unit' : `unit ${zone}`,
          env: { TZ: zone },
          testTimeout: patience,
          include: [
            '{core,app,adapters,api,worker,cli,prisma,web/app}/**/*.test.ts',
            'web/*.test.ts',
          ],
        },
      })),
      {
        extends: true,
        test: {
          name: 'integration',
          env: { TZ: 'Pacific/Auckland' },
          include: ['tests/**/*.test.ts'],
          globalSetup: ['tests/setup/services.ts'],
          testTimeout: patience,
          hookTimeout: patience,
        },
      },
    ],
  },
});
