import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { expect } from '@playwright/test';

import { test } from './story.ts';
import { Trader } from './trader.ts';

/** PICTURES names a folder that keeps a picture of every screen. */
const pictures = process.env['PICTURES'];

const widths = [1280, 390];
const themes = ['light', 'dark'] as const;

test('every screen fits its width in both themes, and none fails', async ({ page }) => {
  const trader = new Trader(page);
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') failures.push(message.text());
  });

  // No person opens eighty screens in a minute: the budget of Asha's tier is for people.
  await trader.logInAsDemo();
  await page.goto('/admin/tiers');
  const free = page.getByRole('form', { name: 'Limits of Free' });
  await free.getByLabel('Requests a minute').fill('6000');
  await free.getByRole('button', { name: 'Save limits' }).click();
  await expect(free.getByText('The limits are saved.')).toBeVisible();
  await trader.logOut();

  await trader.register('Asha Walker', 'asha@example.com');
  await trader.createCrossover('Searched crossover');
  await trader.writeSearchableRules();
  const optimisation = await trader.optimise();
  const strategy = await trader.createCrossover('Moving average crossover');
  const run = await trader.backtest();
  // Slow enough for a slow machine to stop it in the middle of a day, quick enough to wait for.
  await trader.createReplay('YESBANK in July', '1000× real time');
  const agent = await trader.createAgent('Crossover agent', 'Moving average crossover');
  await trader.startAgentOn('YESBANK in July');
  const pause = page.getByRole('button', { name: 'Pause YESBANK in July' });
  await expect(page.getByRole('table', { name: 'Trades' }).locator('tbody tr')).not.toHaveCount(0);
  await pause.click();
  await expect(trader.panel('Market clock').getByText('Paused')).toBeVisible();

  await buyForDelivery();
  // On the next day, so that there is a holding.
  await page.goto('/replays');
  const clock = page.getByLabel('Market clock');
  const day = /\d+ Jul/.exec((await clock.textContent()) ?? '')?.[0] ?? '';
  await page.getByRole('button', { name: 'Resume YESBANK in July' }).click();
  await expect(clock).not.toContainText(day);
  await pause.click();
  await expect(page.getByRole('button', { name: 'Resume YESBANK in July' })).toBeVisible();

  await page.goto('/');
  await page.getByRole('link', { name: 'Ledger, notes and paper money' }).click();
  await expect(page.getByRole('table', { name: 'Ledger' })).toBeVisible();
  const portfolio = page.url();

  await walk({
    dashboard: '/',
    portfolio,
    'positions of the day': `${portfolio}?positions=day`,
    'positions since the beginning': `${portfolio}?positions=all`,
    strategies: '/strategies',
    'new strategy': '/strategies/new',
    strategy,
    'changes of a version': `${strategy}?version=1`,
    run,
    runs: '/runs',
    'runs compared': `/runs/compare?id=${runId(run)}&id=${await paperRunId()}`,
    optimisation,
    agents: '/agents',
    agent,
    replays: '/replays',
    market: '/market',
    orders: '/orders',
    basket: '/orders/basket',
    gtt: '/orders/gtt',
    performance: `${portfolio}/performance`,
    risk: '/risk',
    profile: '/account',
    security: '/account/security',
    'api keys': '/account/api-keys',
    brokers: '/account/brokers',
    'audit trail': '/account/audit',
    'delete account': '/account/delete',
    'others only': '/admin',
    missing: '/strategies/none',
  });
  await trader.logOut();
  await walk({
    login: '/login',
    register: '/register',
    'forgotten password': '/forgot-password',
    'new password': '/reset-password?token=none',
    'confirm account': '/confirm?token=none',
    'confirm email': '/confirm-email?token=none',
    restore: '/restore',
    deleted: '/deleted',
  });
  await trader.logInAsDemo();
  await page.goto('/admin?search=asha@example.com');
  await page.getByRole('link', { name: 'Asha Walker' }).click();
  await expect(trader.heading('Asha Walker')).toBeVisible();
  const managed = page.url();
  await walk({
    outbox: '/outbox',
    administration: '/admin',
    'managed account': managed,
    tiers: '/admin/tiers',
    'risk of the platform': '/admin/risk',
    'failed jobs': '/admin/jobs',
    'audit log': '/admin/audit',
  });

  // The only thing that may be missing is what was asked for to be missing.
  expect(failures.filter((failure) => !failure.includes('404'))).toEqual([]);

  async function buyForDelivery(): Promise<void> {
    await page.goto('/orders');
    const form = page.getByRole('form', { name: 'New order' });
    await form.getByLabel('Instrument').selectOption({ label: 'YESBANK, NSE' });
    await form.getByLabel('Quantity', { exact: true }).fill('100');
    await form.getByLabel('Product').selectOption({ label: 'Delivery (CNC)' });
    await form.getByRole('button', { name: 'Buy' }).click();
    await expect(form.getByRole('status')).toContainText('Accepted');
  }

  function runId(address: string): string {
    return address.split('/').at(-1) ?? '';
  }

  /** That of the agent which trades on the replay. */
  async function paperRunId(): Promise<string> {
    await page.goto('/runs?kind=PAPER');
    const first = page.getByRole('table', { name: 'Runs' }).getByRole('link', { name: /^Paper/ });
    return runId((await first.first().getAttribute('href')) ?? '');
  }

  async function walk(screens: Readonly<Record<string, string>>): Promise<void> {
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      for (const width of widths) {
        await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
        for (const [name, address] of Object.entries(screens)) {
          await page.goto(address);
          await look(name, theme, width);
        }
      }
    }
  }

  async function look(name: string, theme: string, width: number): Promise<void> {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    if (pictures !== undefined) await page.waitForLoadState('networkidle');
    const overflow = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect.soft(overflow, `${name} at ${width} px, ${theme}: pixels too wide`).toBe(0);
    if (pictures === undefined) return;
    await mkdir(pictures, { recursive: true });
    await page.screenshot({
      path: path.join(pictures, `${name.replaceAll(' ', '-')}-${theme}-${width}.png`),
      fullPage: true,
    });
  }
});
