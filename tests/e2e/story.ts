import type { BrowserContext, Page } from '@playwright/test';
import { test as base } from '@playwright/test';

import type { OwnAddress } from './address.ts';
import { ownAddress } from './address.ts';
import { Trader } from './trader.ts';

/** A trader on the move. */
export class Visitor extends Trader {
  readonly #address: OwnAddress;
  constructor(page: Page, address: OwnAddress) {
    super(page);
    this.#address = address;
  }
  /** From now on their browser comes from another address. */
  moves(): void {
    this.#address.move();
  }
}

/**
 * A story's own browser, and each visitor's that it calls in, come from an address of their own:
 * ten attempts a minute to log in or register are all that one address gets, and the stories that
 * follow each other need more.
 */
export const test = base.extend<{
  visitor: (settings?: { script: boolean }) => Promise<Visitor>;
}>({
  // Playwright reads what a fixture needs from this pattern; this one needs nothing.
  // eslint-disable-next-line no-empty-pattern
  proxy: async ({}, use) => {
    const address = await ownAddress();
    await use(address.proxy);
    await address.close();
  },
  visitor: async ({ browser, baseURL, locale, timezoneId, viewport }, use) => {
    const opened: { context: BrowserContext; address: OwnAddress }[] = [];
    await use(async ({ script } = { script: true }) => {
      const address = await ownAddress();
      const context = await browser.newContext({
        proxy: address.proxy,
        javaScriptEnabled: script,
        ...(baseURL !== undefined && { baseURL }),
        ...(locale !== undefined && { locale }),
        ...(timezoneId !== undefined && { timezoneId }),
        viewport,
      });
      opened.push({ context, address });
      return new Visitor(await context.newPage(), address);
    });
    for (const { context, address } of opened) {
      await context.close();
      await address.close();
    }
  },
});
