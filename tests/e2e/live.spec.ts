import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { test } from './story.ts';
import { Trader } from './trader.ts';

/** What the page says to the server on its socket; null: what else it may be. */
function subscribed(message: string | Buffer): { readonly id: string; readonly to: string } | null {
  const { type, id, payload } = JSON.parse(message.toString()) as {
    readonly type: string;
    readonly id: string;
    readonly payload?: { readonly query: string };
  };
  const to = /subscription \w+.*?\{\s*(\w+)/s.exec(payload?.query ?? '')?.[1];
  return type === 'subscribe' && to !== undefined ? { id, to } : null;
}

const connection = (page: Page) => page.getByRole('status', { name: 'Connection' });

test('a page is live when everything is listened to, and shows what happened before that too', async ({
  page,
}) => {
  const trader = new Trader(page);
  await trader.register('Lila Live', 'lila@example.com');
  await trader.isLive();

  const listener = new Trader(await page.context().newPage());
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  let others = 0;
  await listener.page.routeWebSocket('**/graphql', (socket) => {
    const server = socket.connectToServer();
    socket.onMessage(async (message) => {
      const asked = subscribed(message);
      if (asked?.to === 'replayUpdates') await released;
      else if (asked !== null) others += 1;
      server.send(message);
    });
  });
  await listener.page.goto('/replays');
  await expect.poll(() => others).toBe(8);
  await trader.createReplay('Made meanwhile', '60× real time');
  await expect(connection(listener.page)).toHaveText('Connecting');
  await expect(listener.panel('Made meanwhile')).toHaveCount(0);

  release();
  await listener.isLive();
  await expect(listener.panel('Made meanwhile')).toBeVisible();
});

test('after a gap a page is read anew until there is an answer, and is live only then', async ({
  page,
}) => {
  const trader = new Trader(page);
  await trader.register('Gauri Gap', 'gauri@example.com');
  let told = false;
  await page.routeWebSocket('**/graphql', (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const asked = subscribed(message);
      if (told || asked?.to !== 'orderUpdates') {
        server.send(message);
        return;
      }
      told = true;
      const expired = { message: 'Too old.', extensions: { code: 'RESUME_POSITION_EXPIRED' } };
      socket.send(JSON.stringify({ id: asked.id, type: 'error', payload: [expired] }));
    });
  });
  let unanswered = 0;
  await page.route('**/graphql', async (route) => {
    unanswered += 1;
    await route.abort();
  });
  await page.goto('/orders');
  await expect.poll(() => unanswered).toBeGreaterThan(1);
  await expect(connection(page)).toHaveText('Connecting');
  await page.unroute('**/graphql');
  await trader.isLive();
});
