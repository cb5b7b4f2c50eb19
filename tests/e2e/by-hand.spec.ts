import { readFile } from 'node:fs/promises';

import { expect, test } from '@playwright/test';

import { Trader } from './trader.ts';

const candles = 'data/nse/YESBANK_minute_2019-07-09_11.csv';

test('a bad file is refused by line and column and leaves nothing; mended, it is imported', async ({
  page,
}) => {
  const trader = new Trader(page);
  await trader.register('Ila Importer', 'ila@example.com');
  const lines = (await readFile(candles, 'utf8')).split('\n');
  const good = lines.join('\n');
  // The high of the third candle, on the fourth line, is no number.
  const bad = lines.map((line, index) => (index === 3 ? spoilHigh(line) : line)).join('\n');

  await page.goto('/market');
  const form = page.getByRole('form', { name: 'Import candles' });
  const upload = async (content: string) => {
    await form
      .getByLabel('File')
      .setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
    await form.getByLabel('Trading symbol').fill('mybank');
    await form.getByLabel('Dataset name').fill('My own July');
    await form.getByRole('button', { name: 'Import' }).click();
  };
  const datasets = page.getByRole('table', { name: 'Datasets' });

  await upload(bad);
  const refusal = form.getByRole('alert');
  await expect(refusal).toContainText('mine.csv');
  await expect(refusal).toContainText('Line 4, column 3 (high)');
  await expect(datasets.getByText('My own July')).toHaveCount(0);

  await upload(good);
  await expect(form.getByRole('status')).toContainText('My own July is imported');
  await expect(datasets.getByText('My own July')).toBeVisible();
  await expect(
    page.getByRole('table', { name: 'Instruments' }).getByText('MYBANK').first(),
  ).toBeVisible();
});

test('an order by hand and the controls of strategy, agent and replay do what they say', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const trader = new Trader(page);
  await trader.register('Hari Hand', 'hari@example.com');
  const strategy = await trader.createCrossover('By the rules');

  await test.step('rules that are wrong are marked where they are, and refused', async () => {
    const rules = page.getByLabel('Rules', { exact: true });
    const right = await rules.inputValue();
    await rules.fill(
      right.replace('sma(close, 10) crosses_above', 'smaa(close, 10) crosses_above'),
    );
    const check = page.getByRole('status', { name: 'Rule check' });
    await expect(check).toContainText('Line 5, column 17:');
    await page.getByRole('button', { name: 'Save strategy' }).click();
    await expect(page.getByRole('alert')).toContainText('Line 5, column 17:');

    await rules.fill(right.replaceAll('30)', '20)'));
    await expect(check).toHaveText('The rules are valid.');
    await page.getByRole('button', { name: 'Save strategy' }).click();
    await expect(page.getByText('Saved. The rules are at version 2.')).toBeVisible();
    await expect(trader.panel('Versions').getByText('Version 1')).toBeVisible();
  });

  await trader.createReplay('A slow July', '60× real time');
  const agent = await trader.createAgent('Idle hands', 'By the rules');

  await test.step('the agent starts, pauses and resumes', async () => {
    await trader.startAgentOn('A slow July');
    const control = page.getByRole('form', { name: 'Agent control' });
    await control.getByRole('button', { name: 'Pause agent' }).click();
    await control.getByRole('button', { name: 'Resume agent' }).click();
    await expect(control.getByRole('button', { name: 'Pause agent' })).toBeVisible();
  });

  await test.step('a market order fills on the next tick, and is denied beyond the money', async () => {
    await page.goto('/replays');
    const prices = page.getByRole('table', { name: 'Prices of A slow July' });
    await expect(prices.getByText(/^\d+\.\d\d$/)).toBeVisible();
    await page.goto('/orders');
    await trader.isLive();
    const form = page.getByRole('form', { name: 'New order' });
    await form.getByLabel('Instrument').selectOption({ label: 'YESBANK, NSE' });
    await form.getByLabel('Quantity', { exact: true }).fill('10');
    await form.getByRole('button', { name: 'Buy' }).click();
    await expect(form.getByRole('status')).toContainText('Accepted');
    const orders = page.getByRole('table', { name: 'Orders' });
    await expect(orders.getByText('Filled', { exact: true }).first()).toBeVisible({
      timeout: 60_000,
    });

    await expect(form.getByLabel('Limit price (₹)')).toBeHidden();
    await form.getByLabel('Type').selectOption({ label: 'Stop, then limit (SL)' });
    await form.getByLabel('Trigger price (₹)').fill('90.02');
    await form.getByLabel('Limit price (₹)').fill('90.00');
    await form.getByRole('button', { name: 'Sell' }).click();
    await expect(form.getByRole('alert')).toContainText(/tick/i);

    // Far below the market it rests, until it is taken back.
    await form.getByLabel('Type').selectOption({ label: 'Limit' });
    await expect(form.getByLabel('Trigger price (₹)')).toBeHidden();
    await form.getByLabel('Limit price (₹)').fill('80.00');
    await form.getByRole('button', { name: 'Buy' }).click();
    const resting = orders.getByRole('row').filter({ hasText: '80.00' });
    await expect(resting.getByText('Accepted')).toBeVisible({ timeout: 60_000 });
    await resting.getByRole('button', { name: 'Change buying YESBANK' }).click();
    const change = page.getByRole('dialog', { name: 'Change buying YESBANK' });
    await change.getByLabel('Limit price (₹)').fill('81.00');
    await change.getByRole('button', { name: 'Change order' }).click();
    const changed = orders.getByRole('row').filter({ hasText: '81.00' });
    await expect(changed.getByText('Accepted')).toBeVisible({ timeout: 60_000 });
    await changed.getByRole('button', { name: 'Cancel buying YESBANK' }).click();
    await expect(changed.getByText('Cancelled')).toBeVisible({ timeout: 60_000 });
    await form.getByLabel('Type').selectOption({ label: 'Market' });

    await form.getByLabel('Quantity', { exact: true }).fill('10,00,000');
    await form.getByRole('button', { name: 'Buy' }).click();
    await expect(form.getByRole('alert')).toBeVisible();
    await expect(orders.getByText('Denied')).toHaveCount(2);
  });

  await test.step('a basket leaves what buys first, and its orders stand together', async () => {
    await page.getByRole('link', { name: 'New basket' }).click();
    const form = page.getByRole('form', { name: 'New basket' });
    const leg = (number: number) => form.getByRole('group', { name: `Leg ${number}` });
    await leg(1).getByLabel('Side').selectOption({ label: 'Sell' });
    await leg(1).getByLabel('Instrument').selectOption({ label: 'YESBANK, NSE' });
    await leg(1).getByLabel('Quantity', { exact: true }).fill('3');
    await leg(2).getByLabel('Instrument').selectOption({ label: 'YESBANK, NSE' });
    await leg(2).getByLabel('Quantity', { exact: true }).fill('7');
    const sending = form.getByRole('list', { name: 'Order of sending' });
    await expect(sending.getByRole('listitem')).toHaveText(['Buy 7 YESBANK', 'Sell 3 YESBANK']);

    await form.getByRole('button', { name: 'Add a leg' }).click();
    await leg(3).getByLabel('Quantity', { exact: true }).fill('5');
    await leg(3).getByLabel('Type').selectOption({ label: 'Limit' });
    await form.getByRole('button', { name: 'Place basket' }).click();
    await expect(
      leg(3).getByText('LIMIT and SL orders, and no others, have a price.'),
    ).toBeVisible();
    await form.getByRole('button', { name: 'Remove leg 3' }).click();
    await form.getByRole('button', { name: 'Place basket' }).click();

    await expect(trader.heading('Orders')).toBeVisible();
    const orders = page.getByRole('table', { name: 'Orders' });
    await expect(orders.getByText('Basket').first()).toBeVisible();
    await expect(orders.getByText('Live', { exact: true }).first()).toBeVisible({
      timeout: 60_000,
    });
  });

  await test.step('paper money comes and goes through the ledger, and what is held bars a new beginning', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Ledger, notes and paper money' }).click();
    const ledger = page.getByRole('table', { name: 'Ledger' });
    const deposit = page.getByRole('form', { name: 'Deposit' });
    await deposit.getByLabel('Deposit (₹)').fill('2,50,000');
    await deposit.getByRole('button', { name: 'Deposit' }).click();
    await expect(deposit.getByRole('status')).toContainText('It is in the ledger');
    await expect(ledger.getByText('₹2,50,000.00').first()).toBeVisible();
    const withdrawal = page.getByRole('form', { name: 'Withdraw' });
    await withdrawal.getByLabel('Withdraw (₹)').fill('99,00,00,000');
    await withdrawal.getByRole('button', { name: 'Withdraw' }).click();
    await expect(withdrawal.getByRole('alert')).toContainText('rupees are free');
    await page.getByRole('button', { name: /^Begin anew/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Begin anew' }).click();
    await expect(dialog.getByRole('alert')).toBeVisible();
  });

  await test.step('the replay changes its speed, pauses and stops', async () => {
    await page.goto('/replays');
    await page.getByLabel('Speed of A slow July').selectOption({ label: '10× real time' });
    const panel = trader.panel('A slow July');
    await expect(panel.getByText('10× real time').first()).toBeVisible();
    await panel.getByRole('button', { name: 'Pause A slow July' }).click();
    await expect(panel.getByText('Paused')).toBeVisible();
    await panel.getByRole('button', { name: 'Resume A slow July' }).click();
    await expect(panel.getByText('Running')).toBeVisible();
  });

  await test.step('the agent stops, and its strategy cannot be deleted under it', async () => {
    await page.goto(agent);
    const control = page.getByRole('form', { name: 'Agent control' });
    await page.goto(strategy);
    await page.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await page.goto(agent);
    await control.getByRole('button', { name: 'Stop agent' }).click();
    await expect(control.getByRole('button', { name: 'Stop agent' })).toHaveCount(0);
  });
});

function spoilHigh(line: string): string {
  const cells = line.split(',');
  cells[2] = 'ninety';
  return cells.join(',');
}
