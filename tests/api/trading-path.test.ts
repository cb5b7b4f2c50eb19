import { afterAll, beforeAll, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { testKeyRing } from '../setup/accounts.ts';
import { testHome } from '../setup/home.ts';
import { seedReferenceData } from '../../prisma/seed-reference-data.ts';
import { startWorker, type RunningWorker } from '../../worker/compose.ts';
import { deriveCrossover } from '../kit/derived-crossover.ts';
import { crossoverRules } from '../kit/trading-world.ts';
import { startApiWorld, type Answer, type ApiWorld, type Visitor } from './api-world.ts';

/** What a separate script derives from the CSV alone. */
const derived = deriveCrossover(
  ...['--fast', '5', '--slow', '15', '--time-frame', '5', '--capital', '100000'],
);

/** Of that the first day, which the replay plays: positions end with the day. */
const [day] = derived.days;
const tradesOfDay = derived.trades.filter(({ entryTime }) => entryTime.startsWith('2019-07-09'));
const grossOfDay = Decimal.sum(0, ...tradesOfDay.map(({ grossPnl }) => grossPnl)).toFixed(2);
const netOfDay = new Decimal(grossOfDay).minus(day?.total ?? 0).toFixed(2);

let world: ApiWorld;
let worker: RunningWorker;
let trader: Visitor;
let strategyId: string;
let instrumentId: string;
let datasetId: string;
let paperRunId: string;
beforeAll(async () => {
  world = await startApiWorld();
  await seedReferenceData(world.database.url, { ids: world.ids, clock: systemClock });
  worker = await startWorker(
    parseEnvironment({
      DATABASE_URL: world.database.url,
      NANDAX_KEY_RING: testKeyRing,
      NANDAX_HOME: testHome,
      LOG_LEVEL: 'error',
    }),
  );
  trader = await world.register('trader');
  const market = await ask<{
    instruments: { nodes: { id: string }[] };
    datasets: { nodes: { id: string }[] };
  }>('{ instruments(search: "yesb") { nodes { id } } datasets { nodes { id } } }');
  instrumentId = market.instruments.nodes[0]?.id ?? '';
  datasetId = market.datasets.nodes[0]?.id ?? '';
  const { createStrategy } = await ask<{ createStrategy: { id: string } }>(
    `mutation ($input: CreateStrategyInput!) {
      createStrategy(input: $input) { ... on Strategy { id } }
    }`,
    {
      input: {
        name: 'Crossover',
        type: 'MOMENTUM',
        timeFrame: 'FIVE_MINUTES',
        instrumentIds: [instrumentId],
        document: crossoverRules(5, 15),
      },
    },
  );
  strategyId = createStrategy.id;
});
afterAll(async () => {
  await worker.close();
  await world.close();
});

/** The data of an answer that must have no errors. */
async function ask<Data>(query: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await trader.ask(query, variables);
  expect(errors).toBeUndefined();
  return data as unknown as Data;
}

/** Resolves with everything received once an update fits. */
async function until(
  { inbox }: ReturnType<Visitor['subscribe']>,
  fits: (data: never) => boolean,
): Promise<readonly Answer[]> {
  for (let count = 1; ; count += 1) {
    const received = await inbox.until(count);
    const latest = received[count - 1];
    expect(latest?.errors).toBeUndefined();
    if (fits(latest?.data as never)) return received;
  }
}

const figures = `
  grossPnl netPnl charges { total } totalTrades winningTrades losingTrades winRate sharpeRatio`;

test('a backtest through the API is told of live and equals the derivation', async () => {
  const updates = trader.subscribe(
    'subscription { runUpdates(after: "0") { sequence run { id status } } }',
  );
  const { runBacktest } = await ask<{ runBacktest: { id: string } }>(
    `mutation ($input: RunBacktestInput!) {
      runBacktest(input: $input) { ... on BacktestRun { id status progressPercent } }
    }`,
    {
      input: {
        strategyId,
        datasetId,
        from: '2019-07-09T00:00:00+05:30',
        to: '2019-07-12T00:00:00+05:30',
      },
    },
  );
  await until(
    updates,
    (data: { runUpdates: { run: { status: string } } }) =>
      data.runUpdates.run.status === 'COMPLETED',
  );
  updates.end();

  const { run } = await ask<{ run: Record<string, never> }>(
    `query ($id: ID!, $instrumentId: ID!) { run(id: $id) {
      __typename kind status statistics { ${figures} } caveats
      equityCurve(maxPoints: 10) { time equity drawdownPercent }
      trades(first: 200) { totalCount nodes { direction quantity entryAt entryPrice exitPrice grossPnl netPnl } }
      candles(instrumentId: $instrumentId) { openTime }
      ... on BacktestRun { progressPercent dataset { shared } }
    } }`,
    { id: runBacktest.id, instrumentId },
  );
  expect(run).toMatchObject({
    __typename: 'BacktestRun',
    status: 'COMPLETED',
    progressPercent: '100',
    dataset: { shared: true },
    statistics: {
      grossPnl: derived.grossPnl,
      netPnl: derived.netPnl,
      charges: { total: derived.charges.total },
      totalTrades: String(derived.trades.length),
    },
    trades: { totalCount: String(derived.trades.length) },
  });
  const { trades, equityCurve, candles } = run as unknown as {
    trades: { nodes: { direction: string; quantity: string; grossPnl: string }[] };
    equityCurve: { equity: string }[];
    candles: unknown[];
  };
  expect(
    trades.nodes.map(({ direction, quantity }) => [direction, Number(quantity)]).toReversed(),
  ).toEqual(derived.trades.map(({ direction, quantity }) => [direction, quantity]));
  expect(equityCurve).toHaveLength(10);
  expect(equityCurve.at(-1)?.equity).toBe(new Decimal(1_000_000).plus(derived.netPnl).toFixed(2));
  // Three sessions of 75 five-minute bars.
  expect(candles).toHaveLength(225);
});

test('an agent’s replay streams to its trader, and every figure equals the derivation', async () => {
  const { portfolios } = await ask<{ portfolios: { nodes: { id: string }[] } }>(
    '{ portfolios { nodes { id } } }',
  );
  const { createReplay } = await ask<{ createReplay: { id: string } }>(
    `mutation ($input: CreateReplayInput!) {
      createReplay(input: $input) { ... on ReplaySession { id } }
    }`,
    {
      input: {
        name: 'July',
        datasetId,
        instrumentIds: [instrumentId],
        from: '2019-07-09T00:00:00+05:30',
        to: '2019-07-09T23:59:00+05:30',
      },
    },
  );
  const portfolioId = portfolios.nodes[0]?.id;
  const replaySessionId = createReplay.id;
  const { createAgent } = await ask<{ createAgent: { id: string } }>(
    `mutation ($input: CreateAgentInput!) { createAgent(input: $input) { ... on Agent { id } } }`,
    { input: { name: 'Agent', strategyId, portfolioId } },
  );
  const { startAgent } = await ask<{ startAgent: { currentRun: { id: string } } }>(
    `mutation ($input: StartAgentInput!) {
      startAgent(input: $input) { ... on Agent { status currentRun { id } } }
    }`,
    { input: { id: createAgent.id, replaySessionId } },
  );

  paperRunId = startAgent.currentRun.id;
  const orders = trader.subscribe(
    'subscription { orderUpdates(after: "0") { sequence type order { id status filledQuantity } } }',
  );
  const trades = trader.subscribe(
    'subscription { tradeUpdates(after: "0") { sequence type trade { id status netPnl run { id } } } }',
  );
  const decisions = trader.subscribe(
    'subscription { agentUpdates(after: "0") { type decision { reason signals { action quantity instrument { tradingSymbol } } orders { id } } } }',
  );
  const marks = trader.subscribe(
    'subscription { portfolioUpdates { sequence portfolio { equity positions { quantity lastPrice } } } }',
  );
  const ticks = trader.subscribe(
    'subscription ($feedId: ID!, $ids: [ID!]!) { ticks(feedId: $feedId, instrumentIds: $ids) { price time instrument { tradingSymbol } } }',
    { feedId: replaySessionId, ids: [instrumentId] },
  );
  const clock = trader.subscribe(
    'subscription { replayUpdates(after: "0") { sequence replaySession { state progressPercent } } }',
  );
  await ask('mutation ($id: ID!) { startReplay(input: { id: $id }) { __typename } }', {
    id: replaySessionId,
  });
  const told = await until(
    clock,
    (data: { replayUpdates: { replaySession: { state: string } } }) =>
      data.replayUpdates.replaySession.state === 'FINISHED',
  );
  expect(told.at(-1)?.data).toMatchObject({
    replayUpdates: { replaySession: { state: 'FINISHED', progressPercent: '100' } },
  });
  expect((await ticks.inbox.until(1))[0]?.data).toMatchObject({
    ticks: [{ instrument: { tradingSymbol: 'YESBANK' } }],
  });
  const marked = await until(
    marks,
    (data: { portfolioUpdates: { sequence: string | null } }) =>
      data.portfolioUpdates.sequence === null,
  );
  expect(marked.at(-1)?.data).toMatchObject({
    portfolioUpdates: { portfolio: { equity: expect.stringMatching(/^\d+\.\d{2}$/) as string } },
  });

  await until(trades, () => closedTrades(trades).length >= tradesOfDay.length);
  const firstOrder = (
    orders.inbox.received[0]?.data as { orderUpdates?: { order: { id: string } } }
  ).orderUpdates?.order.id;
  const lifeOfFirst = orders.inbox.received
    .map(({ data }) => data?.['orderUpdates'] as unknown as OrderUpdate)
    .filter(({ order }) => order.id === firstOrder);
  expect(lifeOfFirst.map(({ type }) => type)).toEqual([
    'ORDER_INITIALIZED',
    'ORDER_SUBMITTED',
    'ORDER_ACCEPTED',
    'ORDER_FILLED',
  ]);
  expect(lifeOfFirst.map(({ order }) => order.status)).toEqual([
    'INITIALIZED',
    'SUBMITTED',
    'ACCEPTED',
    'FILLED',
  ]);
  const signalled = decisions.inbox.received.filter(
    ({ data }) =>
      ((data?.['agentUpdates'] as unknown as AgentUpdate).decision?.signals.length ?? 0) > 0,
  );
  expect(signalled.length).toBeGreaterThan(0);

  const shown = await ask<{ run: object; portfolio: object; agent: object }>(
    `query ($run: ID!, $portfolio: ID!, $agent: ID!) {
      run(id: $run) { __typename statistics { ${figures} initialCapital finalEquity } equityCurve { equity }
        ... on PaperRun { agent { id } decisions(first: 1) { nodes { inputs { expression value } } } orders { totalCount } } }
      portfolio(id: $portfolio) { cash equity realisedPnl unrealisedPnl netPnl charges { total } marketTime
        positions { quantity realisedPnl } contractNotes { nodes { tradingDay charges { total } covered } }
        ledger(first: 200) { nodes { account amount transactionId } } equityCurve { equity } }
      agent(id: $agent) { status performance { totalTrades totalPnl } trades { totalCount } lastRun { id } }
    }`,
    { run: startAgent.currentRun.id, portfolio: portfolioId, agent: createAgent.id },
  );
  const equity = new Decimal(1_000_000).plus(netOfDay).toFixed(2);
  expect(shown).toMatchObject({
    run: {
      __typename: 'PaperRun',
      statistics: {
        grossPnl: grossOfDay,
        netPnl: netOfDay,
        charges: { total: day?.total },
        totalTrades: String(tradesOfDay.length),
        initialCapital: '1000000.00',
        finalEquity: equity,
      },
    },
    portfolio: {
      cash: equity,
      equity,
      realisedPnl: grossOfDay,
      unrealisedPnl: '0.00',
      netPnl: netOfDay,
      charges: { total: day?.total },
      positions: [{ quantity: '0', realisedPnl: grossOfDay }],
      contractNotes: {
        // No rate card reaches back to 2019; the nearest served.
        nodes: [{ tradingDay: '2019-07-09', charges: { total: day?.total }, covered: false }],
      },
    },
    agent: {
      performance: { totalTrades: String(tradesOfDay.length) },
      trades: { totalCount: String(tradesOfDay.length) },
      lastRun: { id: startAgent.currentRun.id },
    },
  });
});

test('the paper run has the figures and the curve of a backtest of its day', async () => {
  const updates = trader.subscribe('subscription { runUpdates { run { id status } } }');
  const { runBacktest } = await ask<{ runBacktest: { id: string } }>(
    `mutation ($input: RunBacktestInput!) {
      runBacktest(input: $input) { ... on BacktestRun { id } }
    }`,
    {
      input: {
        strategyId,
        datasetId,
        from: '2019-07-09T00:00:00+05:30',
        to: '2019-07-10T00:00:00+05:30',
      },
    },
  );
  await until(
    updates,
    (data: { runUpdates: { run: { id: string; status: string } } }) =>
      data.runUpdates.run.id === runBacktest.id && data.runUpdates.run.status === 'COMPLETED',
  );
  updates.end();
  const result = (id: string) =>
    ask(
      `query ($id: ID!) { run(id: $id) {
        statistics { ${figures} finalEquity roiPercent maxDrawdownPercent profitFactor expectancy }
        caveats equityCurve(maxPoints: 500) { time equity drawdownPercent }
        trades(first: 200) { nodes { direction quantity entryAt entryPrice entryReason exitAt exitPrice exitReason grossPnl netPnl } }
      } }`,
      { id },
    );
  const [backtest, paper] = await Promise.all([result(runBacktest.id), result(paperRunId)]);
  expect(paper).toEqual(backtest);
  const { nodes } = (backtest as { run: { trades: { nodes: { entryReason: string }[] } } }).run
    .trades;
  expect(new Set(nodes.map(({ entryReason }) => entryReason.replace(/[0-9.]+$/, '')))).toEqual(
    new Set(['long entry rule at close ', 'short entry rule at close ']),
  );
});

interface OrderUpdate {
  readonly type: string;
  readonly order: { readonly id: string; readonly status: string };
}

interface AgentUpdate {
  readonly decision: { readonly signals: readonly object[] } | null;
}

function closedTrades({ inbox }: ReturnType<Visitor['subscribe']>): unknown[] {
  return inbox.received.filter(
    ({ data }) =>
      (data?.['tradeUpdates'] as unknown as { trade: { status: string } }).trade.status ===
      'CLOSED',
  );
}
