import { expect } from '@playwright/test';

import { test } from './story.ts';
import { Trader } from './trader.ts';

test('a bracket and a cover order rest their stops, and the trigger of one is changed', async ({
  page,
}) => {
  const trader = new Trader(page);
  await trader.register('Chandra Cover', 'chandra@example.com');
  await trader.createCrossover('Idle rules');
  await trader.createReplay('A guarded July', '60× real time');
  await trader.createAgent('Idle guard', 'Idle rules');
  await trader.startAgentOn('A guarded July');
  await page.getByRole('button', { name: 'Pause agent' }).click();
  await page.goto('/replays');
  const prices = page.getByRole('table', { name: 'Prices of A guarded July' });
  await expect(prices.getByText(/^\d+\.\d\d$/)).toBeVisible();

  await page.goto('/orders');
  await trader.isLive();
  const form = page.getByRole('form', { name: 'New order' });
  const orders = page.getByRole('table', { name: 'Orders' });
  const stops = orders.getByRole('row').filter({ hasText: 'SL-M' }).filter({ hasText: 'Accepted' });
  await form.getByLabel('Instrument').selectOption({ label: 'YESBANK, NSE' });
  await form.getByLabel('Quantity', { exact: true }).fill('10');

  await test.step('a bracket', async () => {
    await form.getByText('Bracket: stop and target').click();
    await form.getByLabel('Stop (₹)').fill('80.00');
    await form.getByLabel('Target (₹)').fill('120.00');
    await form.getByRole('button', { name: 'Buy' }).click();
    await expect(form.getByRole('status')).toContainText('Accepted');
    await expect(stops).toHaveCount(1);
  });

  await test.step('a cover order is refused beside its fields, then taken', async () => {
    await expect(form.getByLabel('Stop trigger (₹)')).toBeHidden();
    await form.getByLabel('Variety').selectOption('CO');
    await form.getByRole('button', { name: 'Buy' }).click();
    await expect(form.getByText('A cover order has its stop already and no target.')).toBeVisible();
    await form.getByLabel('Stop (₹)').fill('');
    await form.getByLabel('Target (₹)').fill('');
    const trigger = form.getByLabel('Stop trigger (₹)');
    await trigger.fill('200.00');
    await form.getByRole('button', { name: 'Buy' }).click();
    await expect(trigger).toHaveAttribute('aria-invalid', 'true');
    await trigger.fill('81.00');
    await form.getByRole('button', { name: 'Buy' }).click();
    await expect(form.getByRole('status')).toContainText('Accepted');
    await expect(stops).toHaveCount(2);
  });

  await test.step('the stops are shown with what they protect, and change there', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Ledger, notes and paper money' }).click();
    const opener = page.getByRole('button', { name: 'Stop set for YESBANK MIS' });
    const dialog = page.getByRole('dialog', { name: 'Protect YESBANK, MIS' });
    await opener.click();
    const held = dialog.getByRole('list', { name: 'What protects it' });
    await expect(held.getByText('Bracket: stop 80.00, target 120.00')).toBeVisible();
    const cover = held.getByRole('listitem').filter({ hasText: 'Cover order' });
    await cover.getByLabel('Trigger (₹)').fill('200.00');
    await cover.getByRole('button', { name: 'Change cover order' }).click();
    await expect(cover.getByText('The stop must be on the losing side of')).toBeVisible();
    await cover.getByLabel('Trigger (₹)').fill('82.00');
    await cover.getByRole('button', { name: 'Change cover order' }).click();
    await expect(held.getByText('Cover order: stop 82.00')).toBeVisible();
    await expect(held.getByText('Bracket: stop 80.00')).toBeVisible();
    await page.goto('/orders');
    await expect(stops.filter({ hasText: '82.00' })).toHaveCount(1);
  });
});
