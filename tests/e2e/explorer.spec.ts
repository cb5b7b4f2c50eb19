import { expect } from '@playwright/test';

import { test } from './story.ts';
import { Trader } from './trader.ts';

test('the explorer at /graphql asks and listens as whoever is logged in', async ({ page }) => {
  const trader = new Trader(page);
  await trader.logInAsDemo();
  const explorer = await page.context().newPage();
  const result = explorer.getByRole('region', { name: 'Result Window' });
  const run = async (operation: string) => {
    await explorer.goto(`/graphql?query=${encodeURIComponent(operation)}`);
    await expect(explorer.getByRole('region', { name: 'Query Editor' })).toContainText(
      operation.split(' ')[1] ?? '',
    );
    await explorer.getByRole('button', { name: /execute/i }).click();
  };

  await run('{ viewer { displayName } }');
  await expect(result).toContainText('"displayName"');

  // What was before is told first: then it listens, however long the socket took to open.
  await trader.createReplay('Made before the explorer listened', 'as fast as possible');
  await run('subscription Replays { replayUpdates(after: "0") { replaySession { name } } }');
  await expect(result).toContainText('Made before the explorer listened');
  await expect(explorer.getByRole('button', { name: /stop/i })).toBeVisible();
  await trader.createReplay('Seen in the explorer', 'as fast as possible');
  await expect(result).toContainText('Seen in the explorer');
});
