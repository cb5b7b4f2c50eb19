import { defineConfig } from '@playwright/test';

/** Stories in a real browser, against the whole product on a data folder of its own. */
export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/start-product.ts',
  // One account and one market are shared: the stories take turns.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  // Only what hangs may run into these: markets, orders and mail take their time on a busy machine.
  timeout: 900_000,
  expect: { timeout: 120_000 },
  reporter: [['list']],
  use: {
    // Set by the global setup, before the workers read this file again.
    baseURL: process.env['NANDAX_URL'] ?? 'http://localhost:3000',
    locale: 'en-IN',
    // Not the exchange's: whoever shows the browser's time instead of IST is found out.
    timezoneId: 'America/New_York',
    viewport: { width: 1280, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['PLAYWRIGHT_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
