import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // vitest would load graphql twice, once as ESM and once as CommonJS, and graphql refuses that.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    server: { deps: { inline: ['type-graphql', 'graphql-scalars', '@graphql-yoga/subscription'] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{core,app,adapters,api,worker,cli,prisma,web/app}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/**/*.test.ts'],
          globalSetup: ['tests/setup/services.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
