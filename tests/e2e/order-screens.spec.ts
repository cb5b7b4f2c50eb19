import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import type { Locator } from '@playwright/test';
import { expect } from '@playwright/test';

import { differAtBroker } from './product-database.ts';
import { test } from './story.ts';
import { Trader } from './trader.ts';

/** PICTURES names a folder that keeps a picture of every step, wide and narrow, light and dark. */
const pictures = process.env['PICTURES'];

test('orders of every kind are seen before they leave, in the table, and as they are changed', async ({
  page,
}) => {
  const trader = new Trader(page);
  await trader.register('Omana Orders', 'omana@example.com');
  await trader.createCrossover('Idle rules');
  await trader.createReplay('A long July', '60× real time');
  await trader.createAgent('Idle bystander', 'Idle rules');
  await trader.startAgentOn('A long July');
  await page.getByRole('button', { name: 'Pause agent' }).click();
  await page.goto('/replays');
  const prices = page.getByRole('table', { name: 'Prices of A long July' });
  await expect(prices.getByText(/^\d+\.\d\d$/)).toBeVisible();

  await page.goto('/orders');
  await trader.isLive();
  const form = page.getByRole('form', { name: 'New order' });
  const orders = page.getByRole('table', { name: 'Orders' });
  /** The row of an order, and the line of details below it that says what is unlike most in it. */
  const row = (text: string) => orders.getByRole('row').filter({ hasText: text });
  const withDetail = (text: string) => row(text).locator('xpath=preceding-sibling::tr[1]');
  const buy = () => form.getByRole('button', { name: 'Buy' }).click();
  const choose = (label: string, value: string) => form.getByLabel(label).selectOption(value);
  const more = form.getByText('Validity, disclosed quantity, protection, tag');
  await form.getByLabel('Instrument').selectOption({ label: 'YESBANK, NSE' });
  await form.getByLabel('Quantity', { exact: true }).fill('40');

  await test.step('an order for after the market is refused while it trades, beforehand too', async () => {
    await choose('Variety', 'AMO');
    const refusal = form.getByText('The market is trading; after-market orders are taken from');
    await expect(refusal).toBeVisible();
    await buy();
    // Beside its field, and not a second time where it was foreseen.
    await expect(form.getByLabel('Variety')).toHaveAttribute('aria-invalid', 'true');
    await expect(refusal).toHaveCount(1);
    await expect(row('After market (AMO)')).toHaveCount(1);
    await picture('amo refused');
  });

  await test.step('an iceberg shows its legs, and the market’s protection stands beside its order', async () => {
    await choose('Variety', 'ICEBERG');
    await form.getByLabel('Legs').fill('4');
    await choose('Type', 'LIMIT');
    await form.getByLabel('Limit price (₹)').fill('80.00');
    await buy();
    await expect(form.getByRole('status').first()).toContainText('Accepted');
    await expect(withDetail('Iceberg of 4 legs').getByText('Accepted')).toBeVisible();

    await choose('Variety', 'REGULAR');
    await choose('Type', 'MARKET');
    await more.click();
    await form.getByLabel('Market protection (%)').fill('2.5');
    await form.getByLabel('Tag').fill('carefully');
    await buy();
    const careful = withDetail('protection 2.5%');
    await expect(careful.getByText('Filled', { exact: true })).toBeVisible();
    await expect(careful).toContainText('carefully');
    await form.getByLabel('Market protection (%)').fill('');
    await form.getByLabel('Tag').fill('');
  });

  await test.step('an order that only reduces is refused above what is held, and rests below it', async () => {
    const only = form.getByLabel('Only reduce');
    await only.check();
    await form.getByLabel('Quantity', { exact: true }).fill('41');
    await form.getByRole('button', { name: 'Sell' }).click();
    await expect(only).toHaveAttribute('aria-invalid', 'true');
    await expect(form.getByText('may only reduce the position, by at most 40')).toHaveCount(1);
    await form.getByLabel('Quantity', { exact: true }).fill('15');
    await choose('Type', 'LIMIT');
    await form.getByLabel('Limit price (₹)').fill('105.00');
    await form.getByRole('button', { name: 'Sell' }).click();
    await expect(withDetail('only reduces').getByText('Accepted')).toBeVisible();
    await only.uncheck();
  });

  await test.step('a bracket is judged on both sides before it is placed', async () => {
    await choose('Type', 'MARKET');
    await form.getByLabel('Quantity', { exact: true }).fill('5');
    await form.getByText('Bracket: stop and target').click();
    await form.getByLabel('Stop (₹)').fill('80.00');
    await expect(form.getByText(/^Sell: The stop must be on the losing side of/)).toBeVisible();
    const preview = form.getByRole('table', { name: 'Preview' });
    await expect(preview.getByRole('row', { name: /^Charges \d/ })).toBeVisible();
    await picture('bracket judged');
    await form.getByLabel('Stop (₹)').fill('');
  });

  await test.step('terms change, and the row says so', async () => {
    const resting = withDetail('Iceberg of 4 legs');
    await resting.getByRole('button', { name: 'Change buying YESBANK' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change buying YESBANK' });
    await dialog.getByLabel('Validity').selectOption('IOC');
    await dialog.getByRole('button', { name: 'Change order' }).click();
    await expect(dialog.getByRole('alert')).toContainText('An ICEBERG order discloses its legs');
    await picture('change refused');
    await dialog.getByLabel('Validity').selectOption('DAY');
    await dialog.getByLabel('Limit price (₹)').fill('81.00');
    await dialog.getByRole('button', { name: 'Change order' }).click();
    await expect(dialog).toBeHidden();
    await expect(row('Iceberg of 4 legs')).toContainText('changed once');
    await expect(resting.getByText('81.00')).toBeVisible();
    await picture('orders');
  });

  await test.step('all that works is taken back at once', async () => {
    await page.getByRole('button', { name: 'Cancel all' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel all working orders?' });
    await expect(dialog.getByLabel('Portfolio')).toContainText('2 orders on this page');
    await dialog.getByRole('button', { name: 'Cancel all of it' }).click();
    await expect(page.getByText('2 orders taken back or asked back.')).toBeVisible();
    await expect(withDetail('Iceberg of 4 legs').getByText('Cancelled')).toBeVisible();
    await expect(withDetail('only reduces').getByText('Cancelled')).toBeVisible();
  });

  await test.step('a basket says what it comes to before it leaves', async () => {
    await page.getByRole('link', { name: 'New basket' }).click();
    const basket = page.getByRole('form', { name: 'New basket' });
    const leg = (number: number) => basket.getByRole('group', { name: `Leg ${number}` });
    for (const [number, side] of [
      [1, 'SELL'],
      [2, 'BUY'],
    ] as const) {
      await leg(number).getByLabel('Side').selectOption(side);
      await leg(number).getByLabel('Instrument').selectOption({ label: 'YESBANK, NSE' });
      await leg(number).getByLabel('Quantity', { exact: true }).fill('2');
    }
    const preview = basket.getByRole('table', { name: 'Preview' });
    await expect(preview.getByRole('row', { name: /^Charges \d/ })).toBeVisible();
    await picture('basket');
  });

  await test.step('a GTT says where it would wait', async () => {
    await page.goto('/orders/gtt');
    const gtt = page.getByRole('form', { name: 'New GTT' });
    const trigger = gtt.getByRole('group', { name: /^Trigger(?! above)/ });
    const verdict = gtt.getByRole('status', { name: 'Verdict' });
    await trigger.getByLabel('Trigger price (₹)').fill('70.02');
    await trigger.getByLabel('Limit price (₹)').fill('70.00');
    await expect(verdict).toContainText('not a positive multiple of the tick size');
    await trigger.getByLabel('Trigger price (₹)').fill('70.00');
    await expect(verdict).toContainText(/Falls to 70\.00, \d+\.\d\d% away/);
    await picture('gtt');
  });

  await test.step('what the broker has otherwise is told with both numbers, and noted', async () => {
    await differAtBroker('omana@example.com');
    await page.goto('/risk');
    const differences = page.getByRole('table', { name: 'Differences at the broker' });
    const found: Locator = differences.getByRole('row').filter({ hasText: 'Position' });
    await expect(found).toContainText('40');
    await expect(found).toContainText('25');
    await picture('risk');
    await found.getByRole('button', { name: 'Take note of Position' }).click();
    await expect(found.getByText('Noted')).toBeVisible();
  });

  async function picture(name: string): Promise<void> {
    if (!pictures) return;
    await mkdir(pictures, { recursive: true });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        const file = path.join(pictures, `${name} ${width} ${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: true });
      }
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
  }
});
