import { readFile } from 'node:fs/promises';

import { expect } from '@playwright/test';

import { test } from './story.ts';
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
  const trader = new Trader(page);
  await trader.register('Hari Hand', 'hari@example.com');
  const strategy = await trader.createCrossover('By the rules');

  await test.step('rules that are wrong are marked where they are, and refused', async () => {
    const rules = page.getByLabel('Rules', { exact: true });
    const right = await rules.inputValue();
    await rules.fill(
      right.replace('sma(close, fast) crosses_above', 'smaa(close, fast) crosses_above'),
    );
    const check = page.getByRole('status', { name: 'Rule check' });
    await expect(check).toContainText('Line 8, column 17:');
    await page.getByRole('button', { name: 'Save strategy' }).click();
    await expect(page.getByRole('alert')).toContainText('Line 8, column 17:');

    await rules.fill(right.replace('slow = 30', 'slow = 20'));
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
    // Two hours into this market its rules would sell what the steps below hold by hand.
    await control.getByRole('button', { name: 'Pause agent' }).click();
    await expect(control.getByRole('button', { name: 'Resume agent' })).toBeVisible();
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
    const preview = form.getByRole('table', { name: 'Preview' });
    await expect(preview.getByRole('row', { name: /^Margin 20\.00% estimate \d/ })).toBeVisible();
    await expect(preview.getByRole('row', { name: /^Charges \d+\.\d\d \d/ })).toBeVisible();
    await form.getByRole('button', { name: 'Buy' }).click();
    await expect(form.getByRole('status')).toContainText('Accepted');
    const orders = page.getByRole('table', { name: 'Orders' });
    await expect(orders.getByText('Filled', { exact: true }).first()).toBeVisible();

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
    await expect(resting.getByText('Accepted')).toBeVisible();
    await resting.getByRole('button', { name: 'Change buying YESBANK' }).click();
    const change = page.getByRole('dialog', { name: 'Change buying YESBANK' });
    await change.getByLabel('Limit price (₹)').fill('81.00');
    await change.getByRole('button', { name: 'Change order' }).click();
    const changed = orders.getByRole('row').filter({ hasText: '81.00' });
    await expect(changed.getByText('Accepted')).toBeVisible();
    await changed.getByRole('button', { name: 'Cancel buying YESBANK' }).click();
    await expect(changed.getByText('Cancelled')).toBeVisible();
    await form.getByLabel('Type').selectOption({ label: 'Market' });

    // Said before the button is pressed, and gone with the terms that it was about.
    const refusal = form.getByText(/^(Buy: )?The order needs a margin of \d/);
    await expect(refusal).toHaveCount(0);
    await form.getByLabel('Quantity', { exact: true }).fill('10,00,000');
    await expect(refusal).toBeVisible();
    await expect(orders.getByText('Denied')).toHaveCount(1);
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
    const preview = form.getByRole('table', { name: 'Preview' });
    await expect(preview.getByRole('row', { name: /^Margin .* \d/ })).toBeVisible();
    await expect(preview.getByRole('row', { name: /^Charges \d/ })).toBeVisible();
    await form.getByRole('button', { name: 'Place basket' }).click();

    await expect(trader.heading('Orders')).toBeVisible();
    const orders = page.getByRole('table', { name: 'Orders' });
    await expect(orders.getByText('Basket').first()).toBeVisible();
    await expect(orders.getByText('Live', { exact: true }).first()).toBeVisible();
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

  await test.step('a stop rests for what is held, goes when it is taken away, and makes way for exits', async () => {
    const opener = (name: string) => page.getByRole('button', { name: `${name} for YESBANK MIS` });
    const dialog = page.getByRole('dialog', { name: 'Protect YESBANK, MIS' });
    const set = async (price: string) => {
      await dialog.getByLabel('Stop price (₹)').fill(price);
      await dialog.getByRole('button', { name: 'Set stop' }).click();
    };
    await opener('Stop').click();
    await set('200.00');
    await expect(dialog.getByText('The stop must be on the losing side of')).toBeVisible();
    await set('80.00');
    await expect(dialog).toBeHidden();
    await opener('Stop set').click();
    const held = dialog.getByRole('list', { name: 'What protects it' });
    await expect(held.getByText('Position: stop 80.00')).toBeVisible();
    await held.getByRole('button', { name: 'Remove' }).click();
    await expect(held).toHaveCount(0);
    await set('80.00');
    await expect(opener('Stop set')).toBeVisible();
    await page.goto('/orders');
    const resting = page
      .getByRole('row')
      .filter({ hasText: 'SL-M' })
      .filter({ hasText: 'Accepted' });
    await expect(resting.first()).toBeVisible();
  });

  await test.step('what waits for a price is placed, changed and taken back', async () => {
    await page.goto('/orders');
    await page.getByRole('link', { name: 'GTT' }).click();
    const form = page.getByRole('form', { name: 'New GTT' });
    const trigger = form.getByRole('group', { name: /^Trigger(?! above)/ });
    await expect(form.getByRole('group', { name: /above the market/ })).toBeHidden();
    await trigger.getByLabel('Trigger price (₹)').fill('70.02');
    await trigger.getByLabel('Limit price (₹)').fill('69.95');
    await form.getByRole('button', { name: 'Place GTT' }).click();
    await expect(form.getByRole('alert')).toContainText('tick');
    await trigger.getByLabel('Trigger price (₹)').fill('70.00');
    await form.getByRole('button', { name: 'Place GTT' }).click();
    const gtts = page.getByRole('table', { name: 'GTT' });
    await expect(gtts.getByRole('row').filter({ hasText: '70.00' })).toContainText('Active');

    await form.getByLabel('Triggers').selectOption({ label: 'Two, one cancels the other (OCO)' });
    const above = form.getByRole('group', { name: /above the market/ });
    await above.getByLabel('Trigger price (₹)').fill('130.00');
    await above.getByLabel('Limit price (₹)').fill('129.95');
    await trigger.getByLabel('Trigger price (₹)').fill('71.00');
    await form.getByRole('button', { name: 'Place GTT' }).click();
    await expect(gtts.getByRole('row').filter({ hasText: '71.00' })).toContainText('130.00');

    const single = gtts.getByRole('row').filter({ hasText: '70.00' });
    await single.getByRole('button', { name: 'Change the GTT selling YESBANK' }).click();
    const change = page.getByRole('dialog', { name: 'Change the GTT selling YESBANK' });
    await change.getByLabel('Trigger price (₹)').fill('72.00');
    await change.getByRole('button', { name: 'Change GTT' }).click();
    const changed = gtts.getByRole('row').filter({ hasText: '72.00' });
    await changed.getByRole('button', { name: 'Cancel the GTT selling YESBANK' }).click();
    await expect(changed.getByText('Cancelled')).toBeVisible();
  });

  await test.step('positions are left in part and whole, and a trade is closed', async () => {
    await page.goto('/orders');
    await trader.isLive();
    const closers = page.getByRole('button', { name: 'Close the trade in YESBANK' });
    await closers.last().click();
    const closing = page.getByRole('dialog', { name: 'Close the trade in YESBANK, MIS?' });
    await closing.getByLabel('Quantity').fill('1');
    await closing.getByRole('button', { name: 'Close at the market' }).click();
    await expect(page.getByText('Order sent')).toBeVisible();
    const exits = page.getByRole('table', { name: 'Orders' }).getByRole('row', { name: /^Exit/ });
    await expect(exits.first()).toBeVisible();

    await page.goto('/');
    await trader.isLive();
    const positions = page.getByRole('table', { name: 'Positions' });
    await positions.getByRole('button', { name: 'Exit YESBANK MIS' }).click();
    const exit = page.getByRole('dialog', { name: 'Exit YESBANK, MIS?' });
    await exit.getByLabel('Quantity').fill('0');
    // By the keyboard alone.
    await exit.getByLabel('Quantity').press('Enter');
    await expect(exit.getByText('The quantity must be above zero.')).toBeVisible();
    await exit.getByLabel('Quantity').fill('1');
    await exit.getByLabel('Quantity').press('Enter');
    await expect(positions.getByText('Order sent')).toBeVisible();
    await expect(exit).toBeHidden();

    await page.getByRole('button', { name: /^Exit all positions of/ }).click();
    const all = page.getByRole('dialog', { name: /^Exit all positions of/ });
    await expect(all.getByRole('list', { name: 'What leaves' })).toContainText(
      /(Sell|Buy) \d+ YESBANK, MIS/,
    );
    await all.getByRole('checkbox', { name: 'Cancel their working orders first' }).check();
    await all.getByRole('button', { name: 'Exit all at the market' }).click();
    await expect(positions.getByText('Closed')).toBeVisible();
  });

  await test.step('the performance screen takes the result apart', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Performance' }).click();
    await expect(trader.heading('Performance')).toBeVisible();
    const which = page.getByRole('form', { name: 'Which days' });
    await which.getByLabel('Told apart by').selectOption({ label: 'Instrument' });
    await which.getByRole('button', { name: 'Show' }).click();
    await expect(page).toHaveURL(/by=INSTRUMENT/);
    await expect(which.getByLabel('Told apart by')).toHaveValue('INSTRUMENT');
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
