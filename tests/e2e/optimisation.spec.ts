import { expect } from '@playwright/test';

import { test } from './story.ts';
import { Trader } from './trader.ts';

test('a trader searches parameters, sees where they work, and tests what was found', async ({
  page,
}) => {
  const trader = new Trader(page);
  await trader.register('Omar Optimiser', 'omar@example.com');
  const strategy = await trader.createCrossover('Searched crossover');
  await trader.writeSearchableRules();
  const form = page.getByRole('form', { name: 'Optimise' });

  await test.step('a mistake in the constraint is told beside it', async () => {
    await form.getByLabel('Search', { exact: true }).selectOption({ label: 'Grid' });
    await form.getByLabel('Constraint').fill('fast < slwo');
    await form.getByRole('button', { name: 'Start optimisation' }).click();
    await expect(form.getByLabel('Constraint')).toHaveAttribute('aria-invalid', 'true');
    await expect(form.getByText(/did you mean slow\?/)).toBeVisible();
  });

  await test.step('the search tells how far it is, and ends', async () => {
    await form.getByText('How orders fill').click();
    await form.getByLabel('Slippage (ticks)').fill('1');
    await trader.optimise();
    await expect(trader.panel('The best')).toBeVisible();
    await expect(page.getByText('fills: 1 tick of slippage')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Cancel optimisation' })).toBeHidden();
  });

  await test.step('the map, the walk and the trials are there', async () => {
    await expect(
      page.getByRole('img', { name: /^Sharpe ratio by fast and slow: from / }),
    ).toBeVisible();
    await expect(
      trader.panel('Walked forward').getByRole('img', { name: /^Equity/ }),
    ).toBeVisible();
    const [best] = await trader.rows('Trials', ['Parameters', 'Sharpe ratio']);
    await expect(trader.figure('The best', 'Sharpe ratio')).toHaveText(best?.[1] ?? '');
    await page.getByRole('link', { name: 'Worst', exact: true }).click();
    await expect
      .poll(async () => (await trader.rows('Trials', ['Parameters']))[0]?.[0])
      .not.toBe(best?.[0]);
    await page.getByRole('link', { name: 'Best', exact: true }).click();
    await expect
      .poll(async () => (await trader.rows('Trials', ['Parameters']))[0]?.[0])
      .toBe(best?.[0]);
  });

  await test.step('what was found is tested as the next version of the rules', async () => {
    const first = page.getByRole('table', { name: 'Trials' }).locator('tbody tr').first();
    const settings = (await first.getByRole('rowheader').textContent()) ?? '';
    await first.getByRole('button', { name: /^Backtest / }).click();
    await page.waitForURL(/\/runs\//);
    await expect(page.getByText('version 3 of the rules')).toBeVisible();
    await expect(page.getByText('fills: 1 tick of slippage')).toBeVisible();
    await page.goto(strategy);
    await expect(page.getByRole('table', { name: 'Optimisations' })).toBeVisible();
    const rules = await page.getByLabel('Rules', { exact: true }).inputValue();
    for (const setting of settings.split(', ')) {
      const [name = '', value = ''] = setting.split(' ');
      expect(rules).toMatch(new RegExp(`${name}\\s*=\\s*${value}\\b`));
    }
  });
});
