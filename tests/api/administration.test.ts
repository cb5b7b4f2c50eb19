import { afterAll, beforeAll, expect, test } from 'vitest';
import { testPassword } from '../setup/accounts.ts';
import { startApiWorld, type ApiWorld, type Visitor } from './api-world.ts';

let world: ApiWorld;
let admin: Visitor & { readonly userId: string };
beforeAll(async () => {
  world = await startApiWorld();
  admin = await world.register('admin', { role: 'ADMIN' });
});
afterAll(() => world.close());

const idOf = (userId: string) => Buffer.from(`ManagedAccount:${userId}`).toString('base64url');
const refused = {
  message: 'Only an administrator may do this.',
  extensions: { code: 'FORBIDDEN' },
};

test('an administrator lists and searches accounts; nobody else knows that there are others', async () => {
  const asha = await world.register('asha.search');
  await world.register('binod.search');
  const list = `query ($search: String, $status: AccountStatus) {
    accounts(search: $search, status: $status) {
      totalCount nodes { email displayName role tier secondFactor suspendedAt }
    } }`;
  const found = await admin.ask(list, { search: 'ASHA.SEARCH' });
  expect(found.data).toEqual({
    accounts: {
      totalCount: '1',
      nodes: [
        {
          email: 'asha.search@example.com',
          displayName: 'asha.search',
          role: 'USER',
          tier: 'PRO',
          secondFactor: false,
          suspendedAt: null,
        },
      ],
    },
  });
  expect((await admin.ask(list, { search: '.search', status: 'SUSPENDED' })).data).toMatchObject({
    accounts: { totalCount: '0' },
  });
  expect((await asha.ask(list)).errors).toEqual([expect.objectContaining(refused)]);
});

test('an administrator opens one account by its id, and finds its audit trail by its user', async () => {
  const asha = await world.register('asha.opened');
  const open = `query ($id: ID!) { account(id: $id) { email userId } }`;
  const found = await admin.ask(open, { id: idOf(asha.userId) });
  expect(found.data).toMatchObject({ account: { email: 'asha.opened@example.com' } });
  const { userId } = (found.data as unknown as { account: { userId: string } }).account;
  await asha.ask('mutation { updateProfile(input: { displayName: "Asha" }) { __typename } }');
  const trail = `query ($userId: ID!) { auditEvents(userId: $userId) {
    nodes { action userId account { id email } } } }`;
  const account = { id: idOf(asha.userId), email: 'asha.opened@example.com' };
  expect((await admin.ask(trail, { userId })).data).toEqual({
    auditEvents: {
      nodes: [
        { action: 'PROFILE_CHANGED', userId, account },
        { action: 'ACCOUNT_REGISTERED', userId, account },
      ],
    },
  });
  const own = await asha.ask('{ auditTrail { nodes { account { email } } } }');
  expect(own.errors).toEqual([
    expect.objectContaining({ ...refused, path: ['auditTrail', 'nodes', 0, 'account'] }),
    expect.objectContaining({ ...refused, path: ['auditTrail', 'nodes', 1, 'account'] }),
  ]);

  expect((await admin.ask(open, { id: userId })).data).toEqual({ account: null });
  expect((await admin.ask(open, { id: idOf(crypto.randomUUID()) })).data).toEqual({
    account: null,
  });
  expect((await asha.ask(open, { id: idOf(asha.userId) })).errors).toEqual([
    expect.objectContaining(refused),
  ]);
});

test('an administrator sees nothing of what another trades, and cannot trade for them', async () => {
  const asha = await world.register('asha.trades');
  const { data } = await asha.ask('{ portfolios { nodes { id } } }');
  const [portfolio] = (data as unknown as { portfolios: { nodes: { id: string }[] } }).portfolios
    .nodes;
  expect((await admin.ask(`{ portfolio(id: "${portfolio?.id}") { cash } }`)).data).toEqual({
    portfolio: null,
  });
  const order = await admin.ask(`mutation { placeOrder(input: { idempotencyKey: "x",
    portfolioId: "${portfolio?.id}", side: BUY, product: MIS, quantity: "1",
    instrumentId: "${Buffer.from(`Instrument:${crypto.randomUUID()}`).toString('base64url')}" }) { __typename } }`);
  expect(order.data).toEqual({ placeOrder: { __typename: 'NotFound' } });
});

test('a suspended account is closed at once: sessions, login, agents, entries; and opens again', async () => {
  const asha = await world.register('asha.suspended');
  const suspend = (id: string, reason = 'unpaid') =>
    admin.ask(
      `mutation ($id: ID!, $reason: String!) { suspendAccount(input: { id: $id, reason: $reason }) {
        __typename ... on ManagedAccount { suspensionReason } ... on Failure { message }
        ... on IllegalState { state } } }`,
      { id, reason },
    );
  const account = idOf(asha.userId);
  expect((await suspend(account, ' ')).data).toMatchObject({
    suspendAccount: { __typename: 'InvalidInput' },
  });
  expect((await suspend(account)).data).toEqual({
    suspendAccount: { __typename: 'ManagedAccount', suspensionReason: 'unpaid' },
  });
  expect((await asha.ask('{ viewer { email } }')).data).toEqual({ viewer: null });
  const login = () =>
    world
      .visitor(null)
      .ask(
        `mutation ($password: String!) { login(input: { email: "asha.suspended@example.com", password: $password }) { __typename } }`,
        { password: testPassword },
      );
  expect((await login()).data).toEqual({ login: { __typename: 'AccountSuspended' } });
  const { prisma } = world.database;
  expect(
    await prisma.tradingState.findFirst({
      where: { scope: 'USER', scopeId: asha.userId, cause: 'SUSPENSION' },
    }),
  ).toMatchObject({ state: 'REDUCING' });
  expect((await suspend(account)).data).toMatchObject({ suspendAccount: { state: 'SUSPENDED' } });

  const reinstated = await admin.ask(
    `mutation { reinstateAccount(input: { id: "${account}" }) { __typename } }`,
  );
  expect(reinstated.data).toEqual({ reinstateAccount: { __typename: 'ManagedAccount' } });
  expect((await login()).data).toEqual({ login: { __typename: 'LoggedIn' } });
  const actions = await prisma.auditEvent.findMany({
    where: { chain: asha.userId },
    orderBy: { position: 'asc' },
  });
  expect(actions.map(({ action, actorUserId }) => [action, actorUserId])).toEqual([
    ['ACCOUNT_REGISTERED', null],
    ['ACCOUNT_SUSPENDED', admin.userId],
    ['ACCOUNT_REINSTATED', admin.userId],
    ['LOGIN_SUCCEEDED', asha.userId],
  ]);
});

test('nobody changes their own account as an administrator, and nobody else changes any', async () => {
  const asha = await world.register('asha.ambitious');
  const promote = (visitor: Visitor, userId: string) =>
    visitor.ask(
      `mutation { changeRole(input: { id: "${idOf(userId)}", role: ADMIN }) { __typename ... on IllegalState { state } } }`,
    );
  expect((await promote(admin, admin.userId)).data).toEqual({
    changeRole: { __typename: 'IllegalState', state: 'OWN_ACCOUNT' },
  });
  expect((await promote(asha, asha.userId)).errors).toEqual([expect.objectContaining(refused)]);
  expect((await promote(admin, asha.userId)).data).toEqual({
    changeRole: { __typename: 'ManagedAccount' },
  });
  expect((await asha.ask('{ accounts { totalCount } }')).errors).toBeUndefined();
});

test('what a tier allows is data: changed, reported, and held to when many ask at once', async () => {
  const asha = await world.register('asha.limited', { tier: 'BASIC' });
  const set = await admin.ask(`mutation { setTierLimits(input: {
    tier: BASIC, strategies: 3, runningAgents: 0, apiKeys: 1, requestsPerMinute: 5000 }) {
      ... on TierLimits { strategies liveBrokers } ... on Failure { message } } }`);
  expect(set.data).toEqual({ setTierLimits: { strategies: '3', liveBrokers: null } });
  const { prisma } = world.database;
  const instrument = await prisma.instrument.create({
    data: {
      id: crypto.randomUUID(),
      exchange: 'NSE',
      tradingSymbol: 'LIMITED',
      name: 'Limited',
      type: 'EQUITY',
      tickSize: '0.05',
      lotSize: 1,
      tradable: true,
      createdAt: new Date(),
    },
  });
  const create = `mutation ($input: CreateStrategyInput!) { createStrategy(input: $input) { __typename
    ... on TierLimitReached { limit tier allowed asked } ... on Failure { message } } }`;
  const input = (name: string) => ({
    name,
    timeFrame: 'FIVE_MINUTES',
    instrumentIds: [Buffer.from(`Instrument:${instrument.id}`).toString('base64url')],
    document: 'capital_per_trade 1000\nlong entry when close > 2\nlong exit when close < 1\n',
  });
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => asha.ask(create, { input: input(`S${index}`) })),
  );
  const kinds = answers.map(
    ({ data }) =>
      (data as unknown as { createStrategy: { __typename: string; message?: string } })
        .createStrategy,
  );
  expect(kinds.filter(({ __typename }) => __typename === 'Strategy')).toHaveLength(3);
  expect(kinds.filter(({ __typename }) => __typename === 'TierLimitReached')).toHaveLength(9);
  expect(kinds.find(({ __typename }) => __typename === 'TierLimitReached')).toMatchObject({
    limit: 'STRATEGIES',
    tier: 'BASIC',
    allowed: '3',
    asked: '4',
  });
  const usage = await asha.ask('{ viewer { tierUsage { limit allowed used left } } }');
  expect((usage.data as unknown as { viewer: { tierUsage: object[] } }).viewer.tierUsage).toEqual([
    { limit: 'STRATEGIES', allowed: '3', used: '3', left: '0' },
    { limit: 'RUNNING_AGENTS', allowed: '0', used: '0', left: '0' },
    { limit: 'LIVE_BROKERS', allowed: null, used: '0', left: null },
    { limit: 'API_KEYS', allowed: '1', used: '0', left: '1' },
    { limit: 'REQUESTS_PER_MINUTE', allowed: '5000', used: null, left: null },
    { limit: 'BACKTEST_CANDLES', allowed: null, used: null, left: null },
  ]);
});
