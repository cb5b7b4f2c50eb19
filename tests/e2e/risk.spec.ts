import { expect } from '@playwright/test';

import { test } from './story.ts';
import { Trader } from './trader.ts';

test('limits refuse what breaks them, and the kill switch leaves all and holds until it is released', async ({
  page,
}) => {
  const trader = new Trader(page);
  await trader.register('Rekha Risk', 'rekha@example.com');
  await trader.createCrossover('By the rules');
  await trader.createReplay('A slow July', '60× real time');
  await trader.createAgent('Idle hands', 'By the rules');
  await trader.startAgentOn('A slow July');

  const all = 'All you trade';
  const killSwitch = page.getByRole('region', { name: `Kill switch: ${all}` });
  const buy = async (quantity: string) => {
    await page.goto('/orders');
    await trader.isLive();
    const form = page.getByRole('form', { name: 'New order' });
    await form.getByLabel('Instrument').selectOption({ label: 'YESBANK, NSE' });
    await form.getByLabel('Quantity', { exact: true }).fill(quantity);
    await form.getByRole('button', { name: 'Buy' }).click();
    return form;
  };

  await test.step('a limit that makes no sense is refused where it stands; a good one is kept', async () => {
    await page.goto('/risk');
    const panel = trader.panel(all);
    await panel.getByText('Change limits').click();
    const form = page.getByRole('form', { name: `Limits: ${all}` });
    await form.getByLabel('Orders today').fill('1.5');
    await form.getByRole('button', { name: 'Save limits' }).click();
    await expect(form.getByLabel('Orders today')).toHaveAttribute('aria-invalid', 'true');
    await form.getByLabel('Orders today').fill('1');
    await form.getByRole('button', { name: 'Save limits' }).click();
    await expect(form.getByRole('status')).toContainText('The limits are saved');
  });

  await test.step('the first order of the day passes and the second is refused by the limit', async () => {
    const first = await buy('10');
    await expect(first.getByRole('status')).toContainText('Accepted');
    const orders = page.getByRole('table', { name: 'Orders' });
    await expect(orders.getByText('Filled', { exact: true }).first()).toBeVisible();
    const second = await buy('10');
    await expect(second.getByRole('alert')).toContainText('of this day; the user');
    await page.goto('/risk');
    await expect(trader.panel(all).getByText(/1 of 1/)).toBeVisible();
  });

  await test.step('where only other instruments are allowed, an order is refused with the name of its own', async () => {
    const allow = async (names: string) => {
      await page.goto('/risk');
      await trader.isLive();
      await trader.panel(all).getByText('Change limits').click();
      const form = page.getByRole('form', { name: `Limits: ${all}` });
      await form.getByLabel('Only these instruments').fill(names);
      await form.getByRole('button', { name: 'Save limits' }).click();
      return form;
    };
    const unknown = await allow('NSE:NOBODY');
    await expect(unknown.getByText('No one instrument is called NSE:NOBODY')).toBeVisible();
    const form = await allow('NSE:NIFTY 50');
    await expect(form.getByRole('status')).toContainText('The limits are saved');
    const refused = await buy('10');
    await expect(refused.getByRole('alert')).toContainText('NSE:YESBANK is not among');
    await page.goto('/risk');
    await trader.panel(all).getByText('Change limits').click();
    await expect(
      page.getByRole('form', { name: `Limits: ${all}` }).getByLabel('Only these'),
    ).toHaveValue('NSE:NIFTY 50');
    await expect((await allow('')).getByRole('status')).toContainText('The limits are saved');
  });

  await test.step('the kill switch stops the agent, leaves the position and halts', async () => {
    await killSwitch.getByRole('button', { name: `Kill switch ${all}` }).click();
    const dialog = page.getByRole('dialog', { name: `Stop everything: ${all}?` });
    await dialog.getByLabel('Why').fill('The market is mad');
    await dialog.getByRole('button', { name: 'Stop everything' }).click();
    await expect(killSwitch.getByText('All is flat.')).toBeVisible();
    await expect(killSwitch.getByText('The market is mad')).toBeVisible();
    const refused = await buy('10');
    await expect(refused.getByRole('alert')).toContainText(/halted/i);
  });

  await test.step('released, it refuses by the limit again and no agent has come back', async () => {
    await page.goto('/risk');
    await killSwitch.getByRole('button', { name: `Release ${all}` }).click();
    const dialog = page.getByRole('dialog', { name: `Let it trade again: ${all}?` });
    await dialog.getByRole('button', { name: 'Release' }).click();
    await expect(killSwitch.getByText('Trading', { exact: true })).toBeVisible();
    const refused = await buy('10');
    await expect(refused.getByRole('alert')).toContainText('of this day; the user');
    await page.goto('/agents');
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible();
  });
});
