import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApiWorld, type ApiWorld, type Visitor } from './api-world.ts';

let world: ApiWorld;
let asha: Visitor & { readonly userId: string };
let binod: Visitor & { readonly userId: string };
let instrumentId: string;
beforeAll(async () => {
  world = await startApiWorld();
  asha = await world.register('asha');
  binod = await world.register('binod');
  const id = world.ids.uuid();
  await world.database.prisma.instrument.create({
    data: {
      id,
      exchange: 'NSE',
      tradingSymbol: 'YESBANK',
      name: 'Yes Bank',
      type: 'EQUITY',
      tickSize: '0.05',
      lotSize: 1,
      tradable: true,
      createdAt: new Date('2026-01-01T00:00:00Z'),
    },
  });
  const { data } = await asha.ask('{ instruments { nodes { id } } }');
  instrumentId = (data?.['instruments'] as { nodes: { id: string }[] } | undefined)?.nodes[0]
    ?.id as string;
});
afterAll(() => world.close());

const rules = `capital_per_trade 100000
stop_loss 1.5%
max_positions 1
long entry when sma(close, 10) crosses_above sma(close, 30)
long exit when sma(close, 10) crosses_below sma(close, 30)
`;

const createStrategy = `mutation ($input: CreateStrategyInput!) {
  createStrategy(input: $input) {
    __typename
    ... on Strategy { id }
    ... on InvalidRules { errors { line column message expected suggestion } }
    ... on NotFound { id }
  }
}`;

async function create(visitor: Visitor, name: string): Promise<string> {
  const input = { name, timeFrame: 'FIVE_MINUTES', instrumentIds: [instrumentId], document: rules };
  const { data } = await visitor.ask(createStrategy, { input });
  return (data?.['createStrategy'] as unknown as { id: string }).id;
}

test('a strategy shows its document as fields, and a change of its rules as a new version', async () => {
  const id = await create(asha, 'Crossover');
  const shown = `query ($id: ID!) { strategy(id: $id) {
    name type status timeFrame capitalPerTrade stopLossPercent takeProfitPercent maxPositions
    instruments { tradingSymbol }
    entryRules { direction text } exitRules { direction text }
    currentVersion { number } versions { nodes { number } totalCount }
    performance { totalTrades winRate totalPnl }
  } }`;
  expect((await asha.ask(shown, { id })).data?.['strategy']).toEqual({
    name: 'Crossover',
    type: 'CUSTOM',
    status: 'DRAFT',
    timeFrame: 'FIVE_MINUTES',
    capitalPerTrade: '100000.00',
    stopLossPercent: '1.5',
    takeProfitPercent: null,
    maxPositions: 1,
    instruments: [{ tradingSymbol: 'YESBANK' }],
    entryRules: [{ direction: 'LONG', text: 'sma(close, 10) crosses_above sma(close, 30)' }],
    exitRules: [{ direction: 'LONG', text: 'sma(close, 10) crosses_below sma(close, 30)' }],
    currentVersion: { number: 1 },
    versions: { nodes: [{ number: 1 }], totalCount: '1' },
    performance: { totalTrades: '0', winRate: null, totalPnl: '0.00' },
  });

  const update = `mutation ($input: UpdateStrategyInput!) {
    updateStrategy(input: $input) { ... on Strategy { name currentVersion { number document } } }
  }`;
  const renamed = await asha.ask(update, { input: { id, name: 'Crossing', document: rules } });
  expect(renamed.data).toMatchObject({
    updateStrategy: { name: 'Crossing', currentVersion: { number: 1 } },
  });
  const document = rules.replace('stop_loss 1.5%\n', '');
  const changed = await asha.ask(update, { input: { id, document } });
  expect(changed.data).toMatchObject({
    updateStrategy: { currentVersion: { number: 2, document } },
  });
});

test('a mistake in the rules is told with its line and column', async () => {
  const document = rules.replace('sma(close, 30)', 'smma(close, 30)');
  const input = { name: 'Bad', timeFrame: 'ONE_HOUR', instrumentIds: [instrumentId], document };
  expect((await asha.ask(createStrategy, { input })).data).toMatchObject({
    createStrategy: {
      __typename: 'InvalidRules',
      errors: [{ line: 4, column: 46, suggestion: 'sma' }],
    },
  });
});

test('a document of old shows the tree of today, its settings and its parameters', async () => {
  // Of versions stored before the language grew, only the text was kept.
  const id = await create(asha, 'Old');
  const shown = `query ($id: ID!) { strategy(id: $id) {
    settings { name text } parameters { name value range { minimum maximum step } }
    currentVersion { tree namedInstruments { tradingSymbol } }
  } }`;
  const old = (await asha.ask(shown, { id })).data?.['strategy'];
  expect(old).toMatchObject({
    settings: [
      { name: 'capital_per_trade', text: 'capital_per_trade 100000' },
      { name: 'stop_loss', text: 'stop_loss 1.5%' },
      { name: 'max_positions', text: 'max_positions 1' },
      { name: 'product', text: 'product MIS' },
    ],
    parameters: [],
    currentVersion: {
      tree: {
        sizing: { kind: 'capital', rupees: { kind: 'number', value: 100_000 } },
        stopLoss: { kind: 'percent', percent: { kind: 'number', value: 1.5 } },
        takeProfits: [],
        pair: null,
      },
      namedInstruments: [],
    },
  });
});

test('instruments that rules name are found when they are saved, or told with their place', async () => {
  const rules = (name: string) => `fast = 10 in 5..50 step 5
equity_per_trade 10%
long entry when close > sma(close, fast) and close of "${name}" > 1
long exit when close < 1`;
  const input = (name: string) => ({
    ...{ name: 'Reader', timeFrame: 'FIVE_MINUTES', instrumentIds: [instrumentId] },
    document: rules(name),
  });
  const unknown = await asha.ask(createStrategy, { input: input('NSE:NOBODY') });
  expect(unknown.data).toMatchObject({
    createStrategy: {
      __typename: 'InvalidRules',
      errors: [
        {
          ...{ line: 3, column: 56, expected: 'an instrument that is known here' },
          message: 'expected an instrument that is known here, found "NSE:NOBODY"',
        },
      ],
    },
  });
  const made = await asha.ask(createStrategy, { input: input('NSE:YESBANK') });
  const { id } = made.data?.['createStrategy'] as unknown as { id: string };
  const shown = `query ($id: ID!) { strategy(id: $id) {
    capitalPerTrade parameters { name value range { minimum maximum step } }
    currentVersion { namedInstruments { tradingSymbol } }
  } }`;
  expect((await asha.ask(shown, { id })).data?.['strategy']).toEqual({
    capitalPerTrade: '0.00',
    parameters: [{ name: 'fast', value: 10, range: { minimum: 5, maximum: 50, step: 5 } }],
    currentVersion: { namedInstruments: [{ tradingSymbol: 'YESBANK' }] },
  });
  const paired = `${rules('NSE:YESBANK')}\npair with "NSE:YESBANK" ratio 1`;
  const pair = await asha.ask(createStrategy, { input: { ...input(''), document: paired } });
  expect(pair.data).toMatchObject({ createStrategy: { __typename: 'InvalidInput' } });
});

test('a frame that does not fit is told when the strategy is saved', async () => {
  const document = `capital_per_trade 1\nlong entry when close on 3m > 1\nlong exit when close < 1`;
  const input = {
    name: 'Uneven',
    timeFrame: 'FIVE_MINUTES',
    instrumentIds: [instrumentId],
    document,
  };
  expect((await asha.ask(createStrategy, { input })).data).toMatchObject({
    createStrategy: { __typename: 'InvalidRules', errors: [{ line: 2, column: 22 }] },
  });
});

test('a stranger’s id finds nothing, to read or to change, and a malformed one is bad input', async () => {
  const id = await create(asha, 'Mine');
  const read = 'query ($id: ID!) { strategy(id: $id) { name } node(id: $id) { id } }';
  expect((await binod.ask(read, { id })).data).toEqual({ strategy: null, node: null });
  expect((await asha.ask(read, { id })).data).toEqual({ strategy: { name: 'Mine' }, node: { id } });

  const remove = `mutation ($id: ID!) { deleteStrategy(input: { id: $id }) {
    __typename ... on NotFound { id message }
  } }`;
  expect((await binod.ask(remove, { id })).data).toEqual({
    deleteStrategy: { __typename: 'NotFound', id, message: 'There is no such strategy.' },
  });
  expect((await binod.ask(remove, { id: 'nonsense' })).errors?.[0]?.extensions.code).toBe(
    'BAD_USER_INPUT',
  );
  expect((await asha.ask(remove, { id })).data).toEqual({
    deleteStrategy: { __typename: 'DeletedStrategy' },
  });
  expect((await asha.ask(read, { id })).data).toEqual({ strategy: null, node: null });
});

test('pages follow one another without gap or repetition, also below the rows of another list', async () => {
  const chitra = await world.register('chitra');
  const names = ['one', 'two', 'three', 'four', 'five'];
  for (const name of names) await create(chitra, name);
  const list = `query ($first: Int!, $after: Cursor) {
    strategies(first: $first, after: $after) {
      nodes { name versions(first: 1) { nodes { number } pageInfo { hasNextPage } } }
      pageInfo { hasNextPage hasPreviousPage endCursor }
      totalCount
    }
  }`;
  interface Page {
    nodes: { name: string; versions: { nodes: { number: number }[] } }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
    totalCount: string;
  }
  const seen: string[] = [];
  const pages: Page[] = [];
  let after: string | null = null;
  do {
    const { data } = await chitra.ask(list, { first: 2, after });
    const page = data?.['strategies'] as unknown as Page;
    pages.push(page);
    seen.push(...page.nodes.map(({ name }) => name));
    after = page.pageInfo.endCursor;
  } while (pages.at(-1)?.pageInfo.hasNextPage === true);
  expect(seen).toEqual(names.toReversed());
  expect(pages.map(({ nodes }) => nodes.length)).toEqual([2, 2, 1]);
  expect(pages.map(({ pageInfo }) => pageInfo.hasPreviousPage)).toEqual([false, true, true]);
  expect(pages[0]?.totalCount).toBe('5');
  expect(pages[0]?.nodes[0]?.versions.nodes).toEqual([{ number: 1 }]);

  const tooMany = await chitra.ask(list, { first: 201 });
  expect(tooMany.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test('forged ids and cursors are no defects of ours', async () => {
  const forge = (text: string) => Buffer.from(text).toString('base64url');
  const node = 'query ($id: ID!) { node(id: $id) { id } }';
  for (const text of [
    'Order:1',
    'LedgerEntry:99999999999999999999',
    'Nothing:1',
    ':',
    'User',
    '',
  ]) {
    const { data, errors } = await asha.ask(node, { id: forge(text) });
    expect([data, errors]).toEqual([{ node: null }, undefined]);
  }
  const list = 'query ($after: Cursor) { strategies(after: $after) { totalCount nodes { id } } }';
  for (const text of ['', '[]', '["1","x"]', '[1,2]', '["1","7"]']) {
    const { errors } = await asha.ask(list, { after: forge(text) });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  }
  for (const key of ['x', '1e300', '-1e300', '']) {
    const { errors } = await asha.ask(list, { after: forge(JSON.stringify([key, asha.userId])) });
    expect(errors).toBeUndefined();
  }
});

test('a strategy is made of a tree as of its text, and its mistakes are named by their path', async () => {
  const own = await create(asha, 'As text');
  const tree = await treeOf(own);
  const made = await asha.ask(createStrategy, {
    input: { name: 'As a tree', timeFrame: 'FIVE_MINUTES', instrumentIds: [instrumentId], tree },
  });
  const { id } = made.data?.['createStrategy'] as unknown as { id: string };
  expect(await treeOf(id)).toEqual(tree);
  const shown = await asha.ask('query ($id: ID!) { strategy(id: $id) { entryRules { text } } }', {
    id,
  });
  expect(shown.data?.['strategy']).toEqual({
    entryRules: [{ text: 'sma(close, 10) crosses_above sma(close, 30)' }],
  });

  const changed = { ...tree, maxPositions: { kind: 'number', value: 3 } };
  expect(await updated({ id, tree: changed })).toEqual({ __typename: 'Strategy' });
  expect(await treeOf(id)).toEqual(changed);
  expect(await updated({ id, tree: { ...tree, leverage: 5 } })).toEqual({
    __typename: 'InvalidInput',
    field: 'tree.leverage',
    message: expect.stringMatching(
      /^The tree cannot be read: leverage: expected no key but /,
    ) as string,
  });
  expect(await updated({ id, tree, document: rules })).toMatchObject({ field: 'tree' });
  const nothing = await asha.ask(
    `mutation ($input: CreateStrategyInput!) {
      createStrategy(input: $input) { ... on InvalidInput { field } }
    }`,
    { input: { name: 'Nothing', timeFrame: 'FIVE_MINUTES', instrumentIds: [instrumentId] } },
  );
  expect(nothing.data?.['createStrategy']).toEqual({ field: 'document' });
});

async function treeOf(id: string): Promise<Record<string, unknown>> {
  const { data } = await asha.ask(
    'query ($id: ID!) { strategy(id: $id) { currentVersion { tree } } }',
    { id },
  );
  const { currentVersion } = data?.['strategy'] as unknown as {
    currentVersion: { tree: Record<string, unknown> };
  };
  return currentVersion.tree;
}

async function updated(input: object): Promise<object> {
  const { data } = await asha.ask(
    `mutation ($input: UpdateStrategyInput!) {
      updateStrategy(input: $input) { __typename ... on InvalidInput { field message } }
    }`,
    { input },
  );
  return data?.['updateStrategy'] as unknown as object;
}
