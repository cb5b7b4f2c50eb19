import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { linkInLetter } from './outbox.ts';

/** The password of everyone in these stories but the demo account. */
export const tallElephants = 'seven tall elephants';

/** What a trader does in front of the screen, by the names that the screen gives to things. */
export class Trader {
  readonly page: Page;
  /** The replay that the demo account comes with: three days of YESBANK. */
  readonly demoReplay = 'YESBANK, 9 to 11 July 2019';

  constructor(page: Page) {
    this.page = page;
  }

  async logInAsDemo(): Promise<void> {
    await this.logIn('demo@nandax.local', process.env['NANDAX_DEMO_PASSWORD'] ?? '');
    await this.seesDashboard();
  }

  /** As far as the password leads: to the dashboard, or to the next step. */
  async logIn(email: string, password = tallElephants): Promise<void> {
    await this.page.goto('/login');
    await this.page.getByLabel('Email').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Log in', exact: true }).click();
  }

  async seesDashboard(): Promise<void> {
    await expect(this.heading('Dashboard')).toBeVisible();
    await this.isLive();
  }

  async logOut(): Promise<void> {
    await this.page.getByRole('button', { name: /^Account menu/ }).click();
    await this.page.getByRole('button', { name: 'Log out', exact: true }).click();
    await expect(this.heading('Log in')).toBeVisible();
  }

  /** Asks for an account, follows the link of the letter, and logs in. */
  async register(name: string, email: string): Promise<void> {
    await this.page.goto('/register');
    await this.page.getByLabel('Name').fill(name);
    await this.page.getByLabel('Email').fill(email);
    await this.page.getByLabel('Password').fill(tallElephants);
    await this.page.getByRole('button', { name: 'Create account' }).click();
    await expect(this.heading('Check your mail')).toBeVisible();
    await this.page.goto(await linkInLetter(email, '/confirm'));
    await this.page.getByRole('button', { name: 'Confirm and make the account' }).click();
    await expect(this.heading('Your account is ready')).toBeVisible();
    await this.logIn(email);
    await this.seesDashboard();
  }

  /** The page hears of what happens from now on. */
  async isLive(): Promise<void> {
    await expect(this.page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  }

  /** @returns the address of the new strategy. */
  async createCrossover(name: string): Promise<string> {
    await this.page.goto('/strategies/new?template=crossover');
    const form = this.page.getByRole('form', { name: 'Strategy' });
    await form.getByLabel('Name').fill(name);
    await form.getByLabel('Time frame').selectOption({ label: '5 minutes' });
    await form.getByRole('checkbox', { name: /YESBANK/ }).check();
    await expect(this.page.getByRole('status', { name: 'Rule check' })).toHaveText(
      'The rules are valid.',
    );
    await form.getByRole('button', { name: 'Create strategy' }).click();
    await expect(this.heading(name)).toBeVisible();
    return this.page.url();
  }

  /** Writes rules whose parameters name ranges in place of those on the screen, and saves them. */
  async writeSearchableRules(): Promise<void> {
    const form = this.page.getByRole('form', { name: 'Strategy' });
    await form.getByLabel('Rules', { exact: true }).fill(`fast = 10 in 4..16 step 2
slow = 30 in 10..40 step 5
capital_per_trade 100000
long entry when sma(close, fast) crosses_above sma(close, slow)
long exit when sma(close, fast) crosses_below sma(close, slow)`);
    await form.getByRole('button', { name: 'Save strategy' }).click();
    await expect(this.page.getByText('Saved. The rules are at version 2.')).toBeVisible();
  }

  /** Searches the grid of those parameters and walks it forward. @returns the search's address. */
  async optimise(): Promise<string> {
    const form = this.page.getByRole('form', { name: 'Optimise' });
    await form.getByLabel('Search', { exact: true }).selectOption({ label: 'Grid' });
    await form.getByLabel('Constraint').fill('fast < slow');
    await form.getByText('Walk forward, capital and seed').click();
    await form
      .getByLabel('Walk forward', { exact: true })
      .selectOption({ label: 'Rolling windows' });
    await form.getByLabel('Bars searched').fill('75');
    await form.getByLabel('Bars after them').fill('25');
    await form.getByRole('button', { name: 'Start optimisation' }).click();
    await this.page.waitForURL(/\/optimisations\//);
    await expect(this.panel('Walked forward')).toBeVisible();
    return this.page.url();
  }

  /** Backtests the strategy on the screen and waits for the end. @returns the run's address. */
  async backtest(): Promise<string> {
    const form = this.page.getByRole('form', { name: 'Backtest' });
    await form.getByRole('button', { name: 'Run backtest' }).click();
    await this.page.waitForURL(/\/runs\//);
    await expect(this.panel('Result')).toBeVisible();
    return this.page.url();
  }

  /** A replay of the three days of YESBANK in the bundled history. */
  async createReplay(name: string, speed: string): Promise<void> {
    await this.page.goto('/replays');
    const form = this.page.getByRole('form', { name: 'New replay' });
    await form.getByLabel('Dataset').selectOption({ label: 'NSE sample of 2019' });
    await form.getByLabel('Name').fill(name);
    for (const instrument of await form.getByRole('checkbox').all()) await instrument.uncheck();
    await form.getByRole('checkbox', { name: 'YESBANK' }).check();
    await form.getByLabel('Speed').selectOption({ label: speed });
    await form.getByText('Only a part of the range').click();
    await form.getByLabel('From (IST)').fill('2019-07-09T09:15');
    await form.getByRole('button', { name: 'Create replay' }).click();
    await expect(this.panel(name)).toBeVisible();
  }

  /** @returns the address of the new agent. */
  async createAgent(name: string, strategy: string): Promise<string> {
    await this.page.goto('/agents');
    const form = this.page.getByRole('form', { name: 'New agent' });
    await form.getByLabel('Strategy').selectOption({ label: strategy });
    await form.getByLabel('Name').fill(name);
    await form.getByRole('button', { name: 'Create agent' }).click();
    await expect(this.heading(name)).toBeVisible();
    return this.page.url();
  }

  /** Starts the agent on the screen on a replay, then the replay itself. */
  async startAgentOn(replay: string): Promise<void> {
    const control = this.page.getByRole('form', { name: 'Agent control' });
    const options = await control.getByLabel('Replay').getByRole('option').allTextContents();
    const label = options.find((option) => option.startsWith(replay));
    if (label === undefined) throw new Error(`no replay ${replay} among ${options.join('; ')}`);
    await control.getByLabel('Replay').selectOption({ label });
    await control.getByRole('button', { name: 'Start agent' }).click();
    await expect(control.getByRole('button', { name: 'Stop agent' })).toBeVisible();
    await this.page.getByRole('button', { name: `Start ${replay}` }).click();
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name, exact: true });
  }

  panel(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** The figure of that name in a panel. */
  figure(panel: string, name: string): Locator {
    return this.panel(panel)
      .locator('dl > div')
      .filter({ has: this.page.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) }) })
      .getByRole('definition');
  }

  /** Each line of the charges: its name and amount. */
  async chargeLines(): Promise<(readonly [string, string])[]> {
    const lines = await this.page.getByRole('table', { name: 'Charges' }).getByRole('row').all();
    return Promise.all(
      lines.map(async (line) => {
        const [name = '', amount = ''] = await line.locator('th, td').allTextContents();
        return [name.trim(), amount.trim()] as const;
      }),
    );
  }

  /** The body of a table as text, row by row; the heading names the columns. */
  async rows(table: string, columns: readonly string[]): Promise<string[][]> {
    const element = this.page.getByRole('table', { name: table, exact: true });
    const headings = await element.locator('thead th').allTextContents();
    const rows = await element.locator('tbody tr').all();
    return Promise.all(
      rows.map(async (row) => {
        const texts = await row.locator('th, td').allTextContents();
        return columns.map((column) => texts[headings.indexOf(column)]?.trim() ?? '');
      }),
    );
  }
}
