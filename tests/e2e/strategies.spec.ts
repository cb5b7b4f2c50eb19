import { readFile } from 'node:fs/promises';

import { expect } from '@playwright/test';

import { test } from './story.ts';
import { Trader } from './trader.ts';

test('a trader mends a mistake, sees what changed, asks whether to trust it, compares and takes it along', async ({
  page,
}) => {
  const trader = new Trader(page);
  const rules = page.getByLabel('Rules', { exact: true });
  const check = page.getByRole('status', { name: 'Rule check' });
  let strategy = '';

  await test.step('begins with a preset, and finds each in its place', async () => {
    await trader.logInAsDemo();
    await page.goto('/strategies/new');
    const presets = page.getByRole('navigation', { name: 'Starter templates' });
    await presets.getByRole('link', { name: 'Pair on the spread' }).click();
    await expect(rules).toHaveValue(/pair with "NSE:JUNIORBEES" ratio 1/);
    await expect(check).toHaveText('The rules are valid.');
    await page.getByLabel('Search the language').fill('best price since the entry');
    await expect(trader.panel('The language').getByText('trailing_stop 3 * atr(14)')).toBeVisible();
    strategy = await trader.createCrossover('Told apart');
  });

  await test.step('writes a mistake, is told where and what was meant, and mends it', async () => {
    const right = await rules.inputValue();
    const wrong = `trailing_stop 2%\n${right.replace('sma(close, slow)', 'smma(close, slow)')}`;
    await rules.fill(wrong);
    const line = wrong.split('\n').findIndex((each) => each.includes('smma'));
    const column = (wrong.split('\n')[line]?.indexOf('smma') ?? 0) + 1;
    await expect(check).toContainText(`Line ${line + 1}, column ${column}:`);
    await expect(check).toContainText('Did you mean sma?');
    await page.getByRole('button', { name: 'Save strategy' }).click();
    await expect(page.getByRole('alert')).toContainText('Did you mean sma?');
    await rules.fill(wrong.replace('smma', 'sma'));
    await expect(check).toHaveText('The rules are valid.');
    await page.getByRole('button', { name: 'Save strategy' }).click();
    await expect(page.getByText('Saved. The rules are at version 2.')).toBeVisible();
  });

  await test.step('sees what the new version says otherwise', async () => {
    await page.getByRole('link', { name: 'What changed with version 2' }).click();
    const changes = trader.panel('From version 1 to 2');
    await expect(changes.getByText('Added: trailing_stop')).toBeVisible();
    await expect(changes.locator('pre')).toContainText('+ trailing_stop 2%');
  });

  await test.step('backtests both versions, and is told whether to trust the result', async () => {
    const run = await trader.backtest();
    const trust = trader.panel('Can it be trusted?');
    await expect(trust.getByText('Does it know the future?')).toBeVisible();
    await expect(trust.getByText(/changed none of \d+ decisions/)).toBeVisible();
    await expect(page.getByRole('table', { name: 'Monthly returns in percent' })).toBeVisible();
    await page.getByRole('link', { name: 'version 2' }).click();
    await expect(trader.panel('From version 1 to 2')).toBeVisible();
    await page.goto(run);
  });

  await test.step('takes the run along as a page that runs no script', async () => {
    for (const [name, kind] of [
      ['Report (HTML)', 'html'],
      ['Trades (CSV)', 'csv'],
      ['Everything (JSON)', 'json'],
    ] as const) {
      const waiting = page.waitForEvent('download');
      await page.getByRole('link', { name }).click();
      const download = await waiting;
      expect(download.suggestedFilename()).toMatch(new RegExp(`^nandax-backtest-.*\\.${kind}$`));
      const content = await readFile(await download.path(), 'utf8');
      expect(content.length).toBeGreaterThan(300);
      expect(content).not.toContain('<script');
    }
  });

  await test.step('compares two runs', async () => {
    await page.goto(strategy);
    await trader.backtest();
    await page.goto('/runs?kind=BACKTEST');
    const boxes = page.getByRole('table', { name: 'Runs' }).getByRole('checkbox');
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.getByRole('button', { name: 'Compare chosen runs' }).click();
    await expect(trader.heading('Runs compared')).toBeVisible();
    await expect(page.getByRole('img', { name: /^Growth: A ends at/ })).toBeVisible();
    const pairs = page.getByRole('table', { name: 'Pairs of runs' });
    await expect(pairs.getByRole('row', { name: /A and B/ })).toBeVisible();
    const figures = page.getByRole('table', { name: 'Figures side by side' });
    await expect(figures.getByRole('row', { name: /^Sharpe ratio/ })).toBeVisible();
  });
});
