import type { Page, WebSocketRoute } from '@playwright/test';
import { expect } from '@playwright/test';

import { deriveCrossover, plainAmount, roundTripColumns, roundTripsOf } from './derived.ts';
import { test } from './story.ts';
import { Trader } from './trader.ts';

const strategyName = 'Crossover of 10 and 30';
const agentName = 'First agent';

const chargeNames: Readonly<Record<string, string>> = {
  brokerage: 'Brokerage',
  securitiesTransactionTax: 'Securities transaction tax (STT)',
  exchangeTransactionCharge: 'Exchange transaction charge',
  sebiTurnoverFee: 'SEBI turnover fee',
  stampDuty: 'Stamp duty',
  goodsAndServicesTax: 'GST',
};

test('a newcomer backtests a crossover, lets an agent trade it, and sees the same round trips', async ({
  page,
}) => {
  const expected = await deriveCrossover();
  const trader = new Trader(page);
  const cutConnection = await connectionCutter(page);

  const figuresOnScreen = async () => ({
    netPnl: plainAmount(await trader.figure('Result', 'Net P&L').innerText()),
    trades: await trader.figure('Result', 'Trades').innerText(),
    charges: Object.fromEntries(
      (await trader.chargeLines()).map(([name, amount]) => [name, plainAmount(amount)]),
    ),
    roundTrips: roundTripsOf(await trader.rows('Trades', roundTripColumns)),
  });
  const expectedFigures = {
    netPnl: expected.netPnl,
    trades: String(expected.trades.length),
    charges: {
      ...Object.fromEntries(
        Object.entries(expected.charges.components).map(([component, amount]) => [
          chargeNames[component] ?? component,
          amount,
        ]),
      ),
      'Depository participant charge': '0.00',
      'Total charges': expected.charges.total,
    },
    roundTrips: expected.trades,
  };

  await test.step('logs in as demo and creates the strategy', async () => {
    await trader.logInAsDemo();
    await trader.createCrossover(strategyName);
  });

  await test.step('backtests it: the screen equals the separate derivation', async () => {
    await trader.backtest();
    await expect.poll(figuresOnScreen).toEqual(expectedFigures);
  });

  await test.step('starts an agent on the replay and sees round trips appear, though the connection breaks', async () => {
    await trader.createAgent(agentName, strategyName);
    // Lost by a reload, kept by everything else.
    await page.evaluate("window.openedOnce = 'yes'");
    await trader.startAgentOn(trader.demoReplay);

    const rows = page.getByRole('table', { name: 'Trades', exact: true }).locator('tbody tr');
    await expect(rows.first()).toBeVisible();
    await cutConnection();
    await expect(rows).toHaveCount(expected.trades.length);
    await expect(trader.panel('Market clock').getByText('Finished')).toBeVisible();
    await expect(trader.figure('Result', 'Trades')).toHaveText(String(expected.trades.length));
    await expect(rows.getByText('Open', { exact: true })).toHaveCount(0);
    expect(await page.evaluate('window.openedOnce')).toBe('yes');

    expect(roundTripsOf(await trader.rows('Trades', roundTripColumns))).toEqual(expected.trades);
    await expect
      .poll(async () => plainAmount(await trader.figure('Result', 'Net P&L').innerText()))
      .toBe(expected.netPnl);
    await expect(
      page
        .getByRole('list', { name: /^Decisions/ })
        .getByText('sma(close, fast)')
        .first(),
    ).toBeVisible();
  });

  await test.step('finds the same figures in the paper run as in the backtest', async () => {
    await page
      .getByRole('table', { name: 'Runs' })
      .getByRole('link', { name: /^Paper/ })
      .click();
    await expect(trader.heading(`Paper of ${strategyName}`)).toBeVisible();
    await expect.poll(figuresOnScreen).toEqual(expectedFigures);
    const entries = await trader.rows('Trades', ['Side', 'Entry by']);
    expect(entries.length).toBeGreaterThan(0);
    for (const [side, by] of entries) {
      expect(by).toMatch(new RegExp(`^${side?.toLowerCase()} entry rule at close [0-9.]+$`));
    }
    // It has ended, so it is examined, by the trades that it made.
    const trust = trader.panel('Can it be trusted?');
    await expect(trust.getByText(/round trips that the run made itself/)).toBeVisible();
    await expect(trust.getByText(/changed none of \d+ decisions/)).toBeVisible();
  });

  await test.step('finds the money on the dashboard', async () => {
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await expect(trader.heading('Dashboard')).toBeVisible();
    const netPnl = page.locator('dl div', { hasText: /^Net P&L/ }).locator('dd');
    expect(plainAmount(await netPnl.innerText())).toBe(expected.netPnl);
  });
});

/** @returns a function that breaks the WebSocket as a bad network would; the page may open it again. */
async function connectionCutter(page: Page): Promise<() => Promise<void>> {
  let latest: WebSocketRoute | undefined;
  await page.routeWebSocket('**/graphql', (socket) => {
    latest = socket;
    socket.connectToServer();
  });
  return async () => {
    await latest?.close({ code: 1012, reason: 'cut by the test' });
  };
}
