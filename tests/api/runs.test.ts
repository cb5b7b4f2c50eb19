import { packColumn, packEquity } from '@nandax/app/runs/packed-equity.ts';
import { storeFigures, sumOfNotes } from '@nandax/app/runs/run-figures.ts';
import { runStatisticsOf } from '@nandax/core/metrics/run-statistics.ts';
import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApiWorld, type ApiWorld, type Visitor } from './api-world.ts';

let world: ApiWorld;
let asha: Visitor & { readonly userId: string };
let binod: Visitor & { readonly userId: string };
let strategyId: string;
/** Global ids of Asha's runs. */
let runs: readonly string[];

const rules = (length: number, rest = '') => `capital_per_trade 100000
${rest}long entry when close > sma(close, ${length})
long exit when close < sma(close, ${length})
`;
const noon = Date.UTC(2019, 6, 8, 6, 30);
const dayMs = 86_400_000;

beforeAll(async () => {
  world = await startApiWorld();
  asha = await world.register('asha');
  binod = await world.register('binod');
  const { prisma } = world.database;
  const instrumentId = world.ids.uuid();
  await prisma.instrument.create({
    data: {
      ...{ id: instrumentId, exchange: 'NSE', tradingSymbol: 'YESBANK', name: 'Yes Bank' },
      ...{ type: 'EQUITY', tickSize: '0.05', lotSize: 1, tradable: true },
      createdAt: new Date('2026-01-01T00:00:00Z'),
    },
  });
  const { data: listed } = await asha.ask('{ instruments { nodes { id } } }');
  const globalId = (listed?.['instruments'] as unknown as { nodes: { id: string }[] }).nodes[0]
    ?.id as string;
  const { data } = await asha.ask(
    `mutation ($input: CreateStrategyInput!) { createStrategy(input: $input) { ... on Strategy { id } } }`,
    {
      input: {
        name: '<script>alert(1)</script> & co',
        ...{ timeFrame: 'FIVE_MINUTES', instrumentIds: [globalId], document: rules(10) },
      },
    },
  );
  strategyId = (data?.['createStrategy'] as unknown as { id: string }).id;
  const versionId = (await prisma.strategyVersion.findFirstOrThrow()).id;
  const ids: string[] = [];
  for (const [kind, equity] of [
    ['BACKTEST', [1100, 1100, 1210]],
    ['PAPER', [2100, 2100, 2205]],
  ] as const) {
    const id = world.ids.uuid();
    ids.push(id);
    const columns = {
      length: equity.length,
      time: Float64Array.from(equity, (_, day) => noon + day * dayMs),
      equity: Float64Array.from(equity),
    };
    const initialCapital = new Decimal(kind === 'BACKTEST' ? 1000 : 2000);
    const figures = runStatisticsOf({
      ...{ initialCapital, trades: [], fills: [], charges: new Decimal(0), equity: columns },
    });
    const statistics = storeFigures({ ...figures, charges: sumOfNotes([]) });
    await prisma.run.create({
      data: {
        ...{ id, userId: asha.userId, kind, status: 'COMPLETED', strategyVersionId: versionId },
        ...{ initialCapital: initialCapital.toFixed(), createdAt: new Date(noon) },
        ...{ statistics: statistics as object, equity: packEquity(columns) },
        // What it trades rises by a tenth on its third day.
        benchmark: packColumn(Float64Array.of(1000, 1000, 1100)),
        ...{ fillModel: { slippageTicks: 0, spreadTicks: 0, limitFill: 'THROUGH' } },
      },
    });
  }
  await prisma.trade.create({
    data: {
      ...{ id: world.ids.uuid(), userId: asha.userId, runId: ids[0] ?? '', instrumentId },
      ...{ symbol: 'YESBANK', product: 'MIS', direction: 'SHORT', status: 'CLOSED' },
      ...{ quantity: '10', entryPrice: '100.5', entryAt: new Date(noon) },
      entryReason: 'short entry rule, at "100"',
      ...{ exitPrice: '90.5', exitAt: new Date(noon + 60_000), exitReason: '=1+1' },
      ...{ grossPnl: '100', brokerage: '1.25', securitiesTransactionTax: '0.5' },
      ...{ exchangeTransactionCharge: '0', sebiTurnoverFee: '0', stampDuty: '0' },
      ...{ goodsAndServicesTax: '0.225', createdAt: new Date(noon) },
    },
  });
  const { data: own } = await asha.ask('{ runs { nodes { id kind } } }');
  const found = (own?.['runs'] as unknown as { nodes: { id: string; kind: string }[] }).nodes;
  runs = ['BACKTEST', 'PAPER'].map((kind) => found.find((run) => run.kind === kind)?.id as string);
});
afterAll(() => world.close());

interface RunFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: string;
}

const compare = `query ($ids: [ID!]!) { compareRuns(ids: $ids) {
  __typename
  ... on RunComparison {
    runs { run { id kind statistics { roiPercent } } growth(maxPoints: 3) { time growthPercent } }
    correlations { first { id } second { id } days correlation }
  }
  ... on NotFound { id }
  ... on InvalidInput { field }
} }`;

test('a backtest and a paper run of other capital lie on one scale', async () => {
  const { data } = await asha.ask(compare, { ids: runs });
  expect(data?.['compareRuns']).toMatchObject({
    runs: [
      {
        run: { id: runs[0], kind: 'BACKTEST', statistics: { roiPercent: '21' } },
        growth: [
          { time: '2019-07-08T06:30:00.000Z', growthPercent: '10' },
          { growthPercent: '10' },
          { growthPercent: '21' },
        ],
      },
      {
        run: { id: runs[1], kind: 'PAPER', statistics: { roiPercent: '10.25' } },
        growth: [{ growthPercent: '5' }, { growthPercent: '5' }, { growthPercent: '10.25' }],
      },
    ],
    correlations: [
      { first: { id: runs[0] }, second: { id: runs[1] }, days: '3', correlation: '1' },
    ],
  });
});

test('a run stands beside its instruments, bought and held', async () => {
  const { data } = await asha.ask(
    `query ($id: ID!) { run(id: $id) { benchmark {
      returnPercent beta correlation alphaPercent curve(maxPoints: 3) { equity drawdownPercent }
    } } }`,
    { id: runs[0] },
  );
  expect(data?.['run']).toMatchObject({
    benchmark: {
      returnPercent: '10',
      // Returns of 10, 0 and 10 percent against 0, 0 and 10: covariance 0.5, variance 1/3 of those.
      beta: '0.5',
      correlation: '0.5',
      curve: [{ equity: '1000.00' }, { equity: '1000.00' }, { equity: '1100.00' }],
    },
  });
});

test('somebody else’s run is not found among one’s own, and one alone is no comparison', async () => {
  const [own = '', other = ''] = runs;
  const asked = await binod.ask(compare, { ids: runs });
  expect(asked.data?.['compareRuns']).toEqual({ __typename: 'NotFound', id: own });
  for (const ids of [[own], [own, own], [], [own, other, ...Array.from({ length: 7 }, String)]]) {
    const { data } = await asha.ask(compare, { ids });
    expect(data?.['compareRuns']).toEqual({ __typename: 'InvalidInput', field: 'ids' });
  }
});

test('a run is taken along as JSON, CSV and a page, in which nothing becomes formula or script', async () => {
  const [id = ''] = runs;
  const file = async (format: string, visitor = asha) => {
    const { data } = await visitor.ask(
      `query ($id: ID!) { run(id: $id) { export(format: ${format}) { fileName mediaType content } } }`,
      { id },
    );
    return (data?.['run'] as unknown as { export: RunFile } | null)?.export;
  };
  const fileOf = async (format: string): Promise<RunFile> => {
    const found = await file(format);
    if (found === undefined) throw new Error('it is there');
    return found;
  };
  const trades = await fileOf('TRADES_CSV');
  expect(trades.fileName).toBe('nandax-backtest-script-alert-1-script-co-v1-2019-07-08-trades.csv');
  expect(trades.content.split('\n')).toEqual([
    'instrument,direction,product,status,quantity,entry_time,entry_price,entry_reason,exit_time,exit_price,exit_reason,gross_pnl,brokerage,securities_transaction_tax,exchange_transaction_charge,sebi_turnover_fee,stamp_duty,goods_and_services_tax,net_pnl',
    `NSE:YESBANK,SHORT,MIS,CLOSED,10,2019-07-08T12:00:00+05:30,100.5,"short entry rule, at ""100""",2019-07-08T12:01:00+05:30,90.5,'=1+1,100,1.25,0.5,0,0,0,0.225,98.025`,
    '',
  ]);
  const equity = await fileOf('EQUITY_CSV');
  expect(equity.content).toBe(
    [
      'time,equity,drawdown_percent',
      '2019-07-08T12:00:00+05:30,1100.00,0.0000',
      '2019-07-09T12:00:00+05:30,1100.00,0.0000',
      '2019-07-10T12:00:00+05:30,1210.00,0.0000',
      '',
    ].join('\n'),
  );
  const page = await fileOf('HTML');
  expect(page.mediaType).toBe('text/html; charset=utf-8');
  expect(page.content).not.toContain('<script');
  expect(page.content).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; co');
  expect(page.content).not.toMatch(/(?:src|href)=|https?:/);
  const json = JSON.parse((await fileOf('JSON')).content) as Record<string, unknown>;
  expect(json).toMatchObject({
    run: { kind: 'BACKTEST', initialCapital: '1000' },
    strategy: { version: 1, document: rules(10) },
    statistics: { roiPercent: expect.closeTo(21, 8) as number },
    monthlyReturns: { '2019-07': expect.closeTo(0.21, 10) as number },
    equity: { equity: [1100, 1100, 1210] },
    trades: [
      {
        instrument: 'NSE:YESBANK',
        netPnl: '98.025',
        entryReason: 'short entry rule, at "100"',
        exitReason: '=1+1',
      },
    ],
    biasReport: null,
  });
  expect(await file('JSON', binod)).toBeUndefined();
});

test('what changed from version to version is told by meaning and by line', async () => {
  const update = `mutation ($input: UpdateStrategyInput!) {
    updateStrategy(input: $input) { ... on Strategy { id } } }`;
  for (const document of [rules(10, '# a note\n'), rules(12, '# a note\nstop_loss 2%\n')]) {
    await asha.ask(update, { input: { id: strategyId, document } });
  }
  const shown = `query ($id: ID!, $number: Int, $since: Int) { strategy(id: $id) {
    version(number: $number) { number changes(since: $since) {
      since { number } lines { kind text before after } statements { kind name before after }
    } }
  } }`;
  const changes = async (number: number | null, since: number | null = null, visitor = asha) =>
    (await visitor.ask(shown, { id: strategyId, number, since })).data?.['strategy'] as unknown;
  expect(await changes(2)).toMatchObject({
    version: {
      number: 2,
      changes: {
        since: { number: 1 },
        // A comment means nothing.
        statements: [],
        lines: [
          { kind: 'SAME', before: 1, after: 1 },
          { kind: 'ADDED', text: '# a note', before: null, after: 2 },
          { kind: 'SAME', before: 2, after: 3 },
          { kind: 'SAME', before: 3, after: 4 },
        ],
      },
    },
  });
  expect(await changes(null, 1)).toMatchObject({
    version: {
      number: 3,
      changes: {
        since: { number: 1 },
        statements: [
          { kind: 'ADDED', name: 'stop_loss', before: null, after: 'stop_loss 2%' },
          { kind: 'CHANGED', name: 'long entry', after: 'long entry when close > sma(close, 12)' },
          { kind: 'CHANGED', name: 'long exit' },
        ],
      },
    },
  });
  expect(await changes(1)).toMatchObject({ version: { changes: { since: null } } });
  expect(await changes(3, 9)).toMatchObject({ version: { changes: null } });
  expect(await changes(9)).toEqual({ version: null });
  expect(await changes(1, null, binod)).toBeNull();
});

test('presets are for everyone who is signed in, and each can be kept as it is', async () => {
  const asked = `{ strategyPresets { key type timeFrame document } ruleLanguage { word kind form } }`;
  const { data } = await binod.ask(asked);
  const presets = data?.['strategyPresets'] as unknown as { key: string; document: string }[];
  expect(presets.map(({ key }) => key)).toContain('pair');
  for (const { document } of presets) {
    const check = `query ($document: String!) { checkRules(document: $document) { valid } }`;
    expect((await binod.ask(check, { document })).data).toEqual({ checkRules: { valid: true } });
  }
  expect(data?.['ruleLanguage']).toContainEqual({
    ...{ word: 'trailing_stop', kind: 'STATEMENT', form: 'trailing_stop 3 * atr(14)' },
  });
});
