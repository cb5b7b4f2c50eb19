import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { joinTrials } from '@nandax/app/optimisations/packed-trials.ts';
import { seedReferenceData } from '../../prisma/seed-reference-data.ts';
import { startWorker, type RunningWorker } from '../../worker/compose.ts';
import { startWorkerProcess } from '../kit/worker-process.ts';
import { testKeyRing } from '../setup/accounts.ts';
import { testHome } from '../setup/home.ts';
import { startApiWorld, type Answer, type ApiWorld, type Visitor } from './api-world.ts';

const rules = `# Searched below.
fast = 5 in 2..30 step 1
slow = 15 in 10..100 step 1
equity_per_trade 90%
long entry when sma(close, fast) crosses_above sma(close, slow)
long exit when sma(close, fast) crosses_below sma(close, slow)
`;

let world: ApiWorld;
let worker: RunningWorker | null = null;
let trader: Visitor;
let strategyId: string;
let instrumentIds: string[];
let datasetId: string;

beforeAll(async () => {
  world = await startApiWorld();
  await seedReferenceData(world.database.url, { ids: world.ids, clock: systemClock });
  trader = await world.register('trader');
  const market = await ask<{
    instruments: { nodes: { id: string }[] };
    datasets: { nodes: { id: string }[] };
  }>('{ instruments(search: "yesb") { nodes { id } } datasets { nodes { id } } }');
  datasetId = market.datasets.nodes[0]?.id ?? '';
  instrumentIds = market.instruments.nodes.slice(0, 1).map(({ id }) => id);
  strategyId = await createStrategy('Searched', 'ONE_MINUTE');
});
afterAll(async () => {
  await worker?.close();
  await world.close();
});

async function ask<Data>(query: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await trader.ask(query, variables);
  expect(errors).toBeUndefined();
  return data as unknown as Data;
}

async function createStrategy(name: string, timeFrame: string): Promise<string> {
  const { createStrategy: created } = await ask<{ createStrategy: { id: string } }>(
    `mutation ($input: CreateStrategyInput!) {
      createStrategy(input: $input) { ... on Strategy { id } }
    }`,
    { input: { name, type: 'MOMENTUM', timeFrame, instrumentIds, document: rules } },
  );
  return created.id;
}

interface Told {
  readonly optimisationUpdates: {
    readonly sequence: string | null;
    readonly optimisation: {
      readonly id: string;
      readonly status: string;
      readonly trialsDone: number;
    };
  };
}

/** Resolves with the first update that fits. */
async function until(fits: (told: Told['optimisationUpdates']) => boolean): Promise<void> {
  const updates = trader.subscribe(
    'subscription { optimisationUpdates(after: "0") { sequence optimisation { id status trialsDone } } }',
  );
  for (let count = 1; ; count += 1) {
    const received: readonly Answer[] = await updates.inbox.until(count);
    const latest = received[count - 1];
    expect(latest?.errors).toBeUndefined();
    if (fits((latest?.data as unknown as Told).optimisationUpdates)) break;
  }
  updates.end();
}

const startDocument = `mutation ($input: StartOptimisationInput!) {
  startOptimisation(input: $input) {
    __typename ... on Optimisation { id status } ... on InvalidInput { field message }
  }
}`;

async function start(input: object): Promise<string> {
  const { startOptimisation } = await ask<{ startOptimisation: { id: string; status: string } }>(
    startDocument,
    { input: { strategyId, datasetId, constraints: ['fast < slow'], ...input } },
  );
  expect(startOptimisation).toMatchObject({ status: 'QUEUED' });
  return startOptimisation.id;
}

async function startHere(): Promise<void> {
  worker = await startWorker(
    parseEnvironment({
      DATABASE_URL: world.database.url,
      NANDAX_KEY_RING: testKeyRing,
      NANDAX_HOME: testHome,
      LOG_LEVEL: 'error',
    }),
  );
}

/** All that was found, in a form in which two searches can be compared. */
function found(id: string) {
  return ask<{ optimisation: Record<string, never> }>(
    `query ($id: ID!) { optimisation(id: $id) {
      status trialsDone trialsPlanned caveats
      best { number aim parameters { name value } }
      trials(first: 200) { totalCount nodes { number aim refusal parameters { value } statistics { name value } } }
      walkForwardResult {
        efficiency roiPercent windows { outOfSampleFrom inSampleAim outOfSampleAim parameters { value } }
        equityCurve(maxPoints: 50) { time equity }
      }
    } }`,
    { id },
  );
}

const searched = {
  search: 'GUIDED',
  trialLimit: 300,
  seed: 11,
  walkForward: { kind: 'ANCHORED', inSampleBars: 400, outOfSampleBars: 150 },
};

test('a search goes on after kill -9 of its worker, and finds what an undisturbed one finds', async () => {
  const doomed = await startWorkerProcess({ database: world.database, redisUrl: undefined });
  const disturbed = await start(searched);
  await until(({ optimisation }) => optimisation.id === disturbed && optimisation.trialsDone > 0);
  await doomed.kill();
  const { optimisation } = await found(disturbed);
  expect(optimisation).toMatchObject({ status: 'RUNNING' });
  expect(optimisation['trialsDone']).toBeLessThan(Number(optimisation['trialsPlanned']));

  await startHere();
  const undisturbed = await start(searched);
  const done = new Set<string>();
  await until(({ optimisation: { id, status } }) => {
    if (status === 'COMPLETED') done.add(id);
    return done.has(disturbed) && done.has(undisturbed);
  });
  const [one, other] = await Promise.all([found(disturbed), found(undisturbed)]);
  expect(one).toEqual(other);
  expect(one.optimisation).toMatchObject({
    status: 'COMPLETED',
    caveats: [expect.stringContaining('whole bars'), expect.stringContaining('nearest one')],
    trials: { totalCount: '300' },
  });
  // Nothing that was kept was tried again.
  const [, optimisationId = ''] = Buffer.from(disturbed, 'base64url').toString().split(':');
  const rows = await world.database.prisma.optimisationTrials.findMany({
    where: { optimisationId },
  });
  const packs = rows.map(({ packed }) => packed);
  const each = packs.reduce((sum, packed) => sum + joinTrials([packed]).length, 0);
  expect(each).toBe(joinTrials(packs).length);
  expect(each).toBe(one.optimisation['trialsPlanned']);
});

test('its trials are paged and sorted, laid out on a map, and can be saved', async () => {
  const id = await start({ search: 'GRID', trialLimit: 3000, aim: 'ROI_PERCENT' });
  await until(({ optimisation }) => optimisation.id === id && optimisation.status === 'COMPLETED');
  type Page = {
    trials: {
      nodes: { number: number; aim: number | null }[];
      pageInfo: { endCursor: string; hasNextPage: boolean };
      totalCount: string;
    };
  };
  const page = async (order: string, after: string | null) =>
    (
      await ask<{ optimisation: Page }>(
        `query ($id: ID!, $order: TrialOrder!, $after: Cursor) { optimisation(id: $id) {
          trials(first: 7, order: $order, after: $after) {
            totalCount nodes { number aim } pageInfo { endCursor hasNextPage }
          }
        } }`,
        { id, order, after },
      )
    ).optimisation.trials;
  const first = await page('BEST_FIRST', null);
  const second = await page('BEST_FIRST', first.pageInfo.endCursor);
  const aims = [...first.nodes, ...second.nodes].map(({ aim }) => aim ?? NaN);
  expect(aims).toEqual(aims.toSorted((left, right) => right - left));
  expect(new Set([...first.nodes, ...second.nodes].map(({ number }) => number)).size).toBe(14);
  // 29 quick averages with 91 calm ones, less those that are not quicker.
  expect(first.totalCount).toBe(String(29 * 91 - (21 * 22) / 2));
  const worst = await page('WORST_FIRST', null);
  expect(worst.nodes[0]?.aim ?? -Infinity).toBeLessThanOrEqual(aims[13] ?? NaN);
  expect((await page('AS_TRIED', null)).nodes.map(({ number }) => number)).toEqual([
    0, 1, 2, 3, 4, 5, 6,
  ]);
  const wrong = await trader.ask(
    `query ($id: ID!, $after: Cursor) { optimisation(id: $id) { trials(order: AS_TRIED, after: $after) { totalCount } } }`,
    { id, after: first.pageInfo.endCursor },
  );
  expect(wrong.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });

  const best = first.nodes[0]?.number;
  const { optimisation } = await ask<{
    optimisation: {
      heatMap: { x: unknown[]; y: unknown[]; cells: { value: number | null }[] };
      nothing: null;
      best: { number: number; aim: number; parameters: { name: string; value: number }[] };
      rulesOfTrial: string;
      strategy: { optimisations: { nodes: { id: string }[] } };
    };
  }>(
    `query ($id: ID!, $number: Int!) { optimisation(id: $id) {
      heatMap(x: "fast", y: "slow") { x { from to } y { from to } cells { x y value trials } }
      nothing: heatMap(x: "fast", y: "nothing") { cells { x } }
      best { number aim parameters { name value } }
      rulesOfTrial(number: $number)
      strategy { optimisations(first: 1) { nodes { id } } }
    } }`,
    { id, number: best },
  );
  const { heatMap } = optimisation;
  expect([heatMap.x.length, heatMap.y.length, optimisation.nothing]).toEqual([29, 50, null]);
  const highest = Math.max(...heatMap.cells.map(({ value }) => value ?? -Infinity));
  expect(highest).toBe(optimisation.best.aim);
  expect(optimisation.best.number).toBe(best);
  const [fast, slow] = optimisation.best.parameters.map(({ value }) => value);
  expect(optimisation.rulesOfTrial).toBe(
    rules.replace('fast = 5', `fast = ${fast}`).replace('slow = 15', `slow = ${slow}`),
  );
  expect(optimisation.strategy.optimisations.nodes).toEqual([{ id }]);
});

test('it can be cancelled while it runs, and its trials so far stay', async () => {
  const id = await start({ ...searched, trialLimit: 2000, seed: 12 });
  await until(({ optimisation }) => optimisation.id === id && optimisation.trialsDone > 0);
  const cancel = () =>
    ask<{ cancelOptimisation: object }>(
      `mutation ($id: ID!) { cancelOptimisation(input: { id: $id }) {
        __typename ... on Optimisation { status } } }`,
      { id },
    );
  expect((await cancel()).cancelOptimisation).toEqual({
    __typename: 'Optimisation',
    status: 'CANCELLED',
  });
  expect((await cancel()).cancelOptimisation).toEqual({ __typename: 'IllegalState' });
  // Its worker has let go of it: another one is done.
  const next = await start({ search: 'RANDOM', trialLimit: 5 });
  await until(
    ({ optimisation }) => optimisation.id === next && optimisation.status === 'COMPLETED',
  );
  const { optimisation } = await found(id);
  expect(optimisation).toMatchObject({ status: 'CANCELLED', walkForwardResult: null });
  expect(Number(optimisation['trials']?.['totalCount'])).toBeGreaterThan(0);
});

test('no trial is the best that breaks a constraint on what it gave', async () => {
  const id = await start({
    search: 'RANDOM',
    trialLimit: 5,
    constraints: ['fast < slow', 'totalTrades >= 100000'],
  });
  await until(({ optimisation }) => optimisation.id === id && optimisation.status === 'COMPLETED');
  const { optimisation } = await ask<{ optimisation: object }>(
    `query ($id: ID!) { optimisation(id: $id) {
      constraints best { number } trials(first: 10) { totalCount nodes { refusal } }
    } }`,
    { id },
  );
  const broken = /^The trial breaks totalTrades >= 100000: totalTrades is \d+\.$/;
  expect(optimisation).toEqual({
    constraints: ['fast < slow', 'totalTrades >= 100000'],
    best: null,
    trials: {
      totalCount: '5',
      nodes: Array.from({ length: 5 }, () => ({
        refusal: expect.stringMatching(broken) as string,
      })),
    },
  });
});

test.each([
  [{ constraints: ['fast < slwo'] }, 'constraints', /character 8: .*did you mean slow\?/],
  [{ constraints: ['slow < 5'] }, 'constraints', /No values/],
  [{ search: 'GRID', trialLimit: 100 }, 'trialLimit', /more than the 100 trials/],
  [{ trialLimit: 10_001 }, 'trialLimit', /1 to 10000/],
  [{ seed: -1 }, 'seed', /below zero/],
  [{ initialCapital: '0' }, 'initialCapital', /above zero/],
  [
    { walkForward: { kind: 'ROLLING', inSampleBars: 0, outOfSampleBars: 5 } },
    'walkForward',
    /at least one bar/,
  ],
  [{ from: '2019-07-12T00:00:00Z', to: '2019-07-11T00:00:00Z' }, 'to', /end after/],
])('%j is refused', async (input, field, message) => {
  const { startOptimisation } = await ask<{ startOptimisation: object }>(startDocument, {
    input: { strategyId, datasetId, ...input },
  });
  expect(startOptimisation).toEqual({
    __typename: 'InvalidInput',
    field,
    message: expect.stringMatching(message) as string,
  });
});

test('intraday rules on daily bars are refused, as a backtest of them is', async () => {
  const daily = await createStrategy('Held over nights', 'ONE_DAY');
  const { startOptimisation } = await ask<{ startOptimisation: object }>(startDocument, {
    input: { strategyId: daily, datasetId },
  });
  expect(startOptimisation).toEqual({
    __typename: 'InvalidInput',
    field: 'strategyId',
    message: expect.stringMatching(/^Daily bars close after the square-off;/) as string,
  });
});

test('more history than the tier allows is refused', async () => {
  const { prisma } = world.database;
  const before = await prisma.tierLimits.findMany();
  await prisma.tierLimits.updateMany({ data: { backtestCandles: 10 } });
  const { data } = await trader.ask(
    `mutation ($input: StartOptimisationInput!) { startOptimisation(input: $input) {
      __typename ... on TierLimitReached { limit allowed } } }`,
    { input: { strategyId, datasetId } },
  );
  for (const { tier, backtestCandles } of before) {
    await prisma.tierLimits.update({ where: { tier }, data: { backtestCandles } });
  }
  expect(data?.['startOptimisation']).toEqual({
    __typename: 'TierLimitReached',
    limit: 'BACKTEST_CANDLES',
    allowed: '10',
  });
});

test('more trials than fit into memory end the search with the reason', async () => {
  const id = await start({
    trialLimit: 2600,
    walkForward: { kind: 'ROLLING', inSampleBars: 100, outOfSampleBars: 20 },
  });
  await until(({ optimisation }) => optimisation.id === id && optimisation.status === 'FAILED');
  const { optimisation } = await ask<{ optimisation: object }>(
    'query ($id: ID!) { optimisation(id: $id) { failureReason trialsDone } }',
    { id },
  );
  expect(optimisation).toEqual({
    failureReason: expect.stringMatching(/would make \d+ trials; 100000 are allowed\.$/) as string,
    trialsDone: 0,
  });
});

test('windows that do not fit the range end the search with the reason', async () => {
  const id = await start({
    walkForward: { kind: 'ROLLING', inSampleBars: 100_000, outOfSampleBars: 5 },
  });
  await until(({ optimisation }) => optimisation.id === id && optimisation.status === 'FAILED');
  const { optimisation } = await ask<{ optimisation: object }>(
    'query ($id: ID!) { optimisation(id: $id) { failureReason } }',
    { id },
  );
  expect(optimisation).toEqual({
    failureReason: expect.stringMatching(
      /^The range has \d+ bars, no more than the 100000/,
    ) as string,
  });
});

test('a backtest of what was found trades as the search did, slippage and spread with it', async () => {
  const fillModel = { slippageTicks: 1, spreadTicks: 2, limitFill: 'TOUCH', latencyMs: 0 };
  const asked = { search: 'RANDOM', trialLimit: 40, aim: 'NET_PNL', initialCapital: '500000.00' };
  const id = await start({ ...asked, fillModel });
  const free = await start(asked);
  const done = new Set<string>();
  await until(({ optimisation }) => {
    if (optimisation.status === 'COMPLETED') done.add(optimisation.id);
    return done.has(id) && done.has(free);
  });
  interface Searched {
    readonly fillModel: object;
    readonly best: { number: number; statistics: { name: string; value: number }[] };
  }
  const searchedWith = async (of: string) =>
    (
      await ask<{ optimisation: Searched }>(
        `query ($id: ID!) { optimisation(id: $id) {
          fillModel { slippageTicks spreadTicks limitFill participation latencyMs }
          best { number statistics { name value } }
        } }`,
        { id: of },
      )
    ).optimisation;
  const { best, fillModel: kept } = await searchedWith(id);
  expect(kept).toEqual({ ...fillModel, participation: null });
  const figure = (of: Searched['best'], name: string) =>
    of.statistics.find((each) => each.name === name)?.value ?? NaN;
  expect(figure(best, 'TOTAL_TRADES')).toBeGreaterThan(2);
  const { best: bestOfFree } = await searchedWith(free);
  expect(figure(best, 'NET_PNL')).toBeLessThan(figure(bestOfFree, 'NET_PNL'));

  const { optimisation } = await ask<{ optimisation: { rulesOfTrial: string } }>(
    'query ($id: ID!, $number: Int!) { optimisation(id: $id) { rulesOfTrial(number: $number) } }',
    { id, number: best.number },
  );
  await ask(
    'mutation ($input: UpdateStrategyInput!) { updateStrategy(input: $input) { __typename } }',
    { input: { id: strategyId, document: optimisation.rulesOfTrial } },
  );
  const updates = trader.subscribe('subscription { runUpdates(after: "0") { run { id status } } }');
  const { runBacktest } = await ask<{ runBacktest: { id: string } }>(
    `mutation ($input: RunBacktestInput!) { runBacktest(input: $input) { ... on BacktestRun { id } } }`,
    { input: { strategyId, datasetId, initialCapital: asked.initialCapital, fillModel } },
  );
  for (let count = 1; ; count += 1) {
    const received = await updates.inbox.until(count);
    const told = received[count - 1]?.data?.['runUpdates'] as unknown as {
      run: { id: string; status: string };
    };
    if (told.run.id === runBacktest.id && told.run.status === 'COMPLETED') break;
  }
  updates.end();
  const { run } = await ask<{ run: { statistics: Record<string, string> } }>(
    `query ($id: ID!) { run(id: $id) {
      statistics { totalTrades winningTrades winRate grossPnl netPnl }
    } }`,
    { id: runBacktest.id },
  );
  const { totalTrades, winRate, grossPnl, netPnl } = run.statistics;
  expect(Number(totalTrades)).toBe(figure(best, 'TOTAL_TRADES'));
  expect(Number(winRate)).toBeCloseTo(figure(best, 'WIN_RATE'), 4);
  expect(Number(grossPnl)).toBeCloseTo(figure(best, 'GROSS_PNL'), 2);
  // Contract notes of three days round transaction tax and stamp duty to rupees.
  expect(Math.abs(Number(netPnl) - figure(best, 'NET_PNL'))).toBeLessThan(3);
});
