import { afterAll, beforeAll, expect, test } from 'vitest';
import { installationChain } from '@nandax/app/ports/audit.ts';
import { startApiWorld, type ApiWorld, type Visitor } from './api-world.ts';

type Someone = Visitor & { readonly userId: string };

let world: ApiWorld;
let admin: Someone;
beforeAll(async () => {
  world = await startApiWorld();
  admin = await world.register('admin', { role: 'ADMIN' });
});
afterAll(() => world.close());

/** The data of an answer that must have no errors. */
async function ask<Data>(who: Visitor, query: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await who.ask(query, variables);
  expect(errors).toBeUndefined();
  return data as unknown as Data;
}

const portfolioOf = async (who: Visitor) => {
  const { portfolios } = await ask<{ portfolios: { nodes: { id: string }[] } }>(
    who,
    '{ portfolios { nodes { id } } }',
  );
  return portfolios.nodes[0]?.id ?? '';
};

const tradingStateOf = async (who: Visitor) => {
  const { portfolios } = await ask<{ portfolios: { nodes: { tradingState: string }[] } }>(
    who,
    '{ portfolios { nodes { tradingState } } }',
  );
  return portfolios.nodes[0]?.tradingState;
};

const set = (who: Visitor, input: object) =>
  ask<{ setRiskLimits: object }>(
    who,
    `mutation ($input: SetRiskLimitsInput!) { setRiskLimits(input: $input) {
      __typename ... on RiskLimits { scope maxOrdersPerDay maxDailyLoss }
      ... on InvalidInput { field } } }`,
    { input },
  );

const pull = (who: Visitor, input: object = {}) =>
  ask<{ activateKillSwitch: object }>(
    who,
    `mutation ($input: ActivateKillSwitchInput!) { activateKillSwitch(input: $input) {
      __typename ... on ActivatedKillSwitch { state portfolios }
      ... on InvalidInput { field } } }`,
    { input: { reason: 'Mad market', ...input } },
  );

const release = (who: Visitor, input: object = {}) =>
  ask<{ releaseKillSwitch: object }>(
    who,
    `mutation ($input: ReleaseKillSwitchInput!) { releaseKillSwitch(input: $input) {
      __typename ... on InvalidInput { field } ... on IllegalState { state } } }`,
    { input },
  );

const platform = `{
  riskLimits(scope: PLATFORM) {
    totalCount
    nodes { scope subjectId name maxOrdersPerDay tradingState killSwitch { state reason portfolios } }
  }
  riskLocks(ofPlatform: true) { totalCount }
}`;

test('everyone reads their limits with what is used of them, and which of them rules', async () => {
  const asha = await world.register('asha.limits');
  const id = await portfolioOf(asha);
  await set(asha, { scope: 'USER', maxOrdersPerDay: 50, maxDailyLoss: '5000' });
  expect(await set(asha, { scope: 'PORTFOLIO', id, maxOrdersPerDay: 20 })).toEqual({
    setRiskLimits: {
      __typename: 'RiskLimits',
      scope: 'PORTFOLIO',
      maxOrdersPerDay: 20,
      maxDailyLoss: null,
    },
  });
  await world.database.prisma.riskCounter.create({
    data: {
      scope: 'USER',
      scopeId: asha.userId,
      span: 'DAY',
      windowStart: await startOfToday(),
      count: 45,
    },
  });
  const uses = 'uses { kind scope allowed used left reached }';
  const read = await ask(
    asha,
    `{ riskLimits { nodes { scope name maxOrdersPerDay usage { ${uses} } } }
       portfolios { nodes { effectiveRiskLimits { tradingState ${uses} } } } }`,
  );
  const orders = {
    kind: 'MAX_ORDERS_PER_DAY',
    scope: 'USER',
    allowed: '50',
    used: '45',
    left: '5',
    reached: false,
  };
  const loss = {
    kind: 'MAX_DAILY_LOSS',
    scope: 'USER',
    allowed: '5000',
    used: '0',
    left: '5000',
    reached: false,
  };
  const { name } = await world.database.prisma.portfolio.findFirstOrThrow({
    where: { userId: asha.userId },
  });
  expect(read).toEqual({
    riskLimits: {
      nodes: [
        { scope: 'USER', name: null, maxOrdersPerDay: 50, usage: [{ uses: [orders, loss] }] },
        {
          scope: 'PORTFOLIO',
          name,
          maxOrdersPerDay: 20,
          usage: [
            { uses: [{ ...orders, scope: 'PORTFOLIO', allowed: '20', used: '0', left: '20' }] },
          ],
        },
      ],
    },
    portfolios: {
      nodes: [{ effectiveRiskLimits: { tradingState: 'ACTIVE', uses: [orders, loss] } }],
    },
  });
  const ofUser = await ask(asha, '{ riskLimits(scope: USER) { totalCount nodes { scope } } }');
  expect(ofUser).toEqual({ riskLimits: { totalCount: '1', nodes: [{ scope: 'USER' }] } });
});

async function startOfToday(): Promise<Date> {
  const [row] = await world.database.prisma.$queryRaw<{ start: Date }[]>`
    SELECT date_trunc('day', now(), 'Asia/Kolkata') AS start`;
  return row?.start ?? new Date(NaN);
}

test('the platform is its administrators’: limits, locks and kill switch', async () => {
  const asha = await world.register('asha.platform');
  const refused = expect.objectContaining({
    extensions: expect.objectContaining({ code: 'FORBIDDEN' }) as object,
  }) as object;
  expect((await asha.ask('{ riskLimits(scope: PLATFORM) { totalCount } }')).errors).toEqual([
    refused,
  ]);
  expect((await asha.ask('{ riskLocks(ofPlatform: true) { totalCount } }')).errors).toEqual([
    refused,
  ]);
  const invalid = { __typename: 'InvalidInput', field: 'scope' };
  expect(await set(asha, { scope: 'PLATFORM', maxOrdersPerDay: 1 })).toEqual({
    setRiskLimits: invalid,
  });
  expect(await pull(asha, { platform: true })).toEqual({ activateKillSwitch: invalid });
  expect(await release(asha, { platform: true })).toEqual({ releaseKillSwitch: invalid });

  expect(await set(admin, { scope: 'PLATFORM', maxOrdersPerDay: 900 })).toMatchObject({
    setRiskLimits: { scope: 'PLATFORM', maxOrdersPerDay: 900 },
  });
  const shut = await world.database.prisma.portfolio.count({ where: { deletedAt: null } });
  expect(await pull(admin, { platform: true })).toEqual({
    activateKillSwitch: { __typename: 'ActivatedKillSwitch', state: 'REDUCING', portfolios: shut },
  });
  expect(await tradingStateOf(asha)).toBe('REDUCING');
  const node = {
    scope: 'PLATFORM',
    subjectId: null,
    name: null,
    maxOrdersPerDay: 900,
    tradingState: 'REDUCING',
    killSwitch: { state: 'REDUCING', reason: 'Mad market', portfolios: shut },
  };
  expect(await ask(admin, platform)).toEqual({
    riskLimits: { totalCount: '1', nodes: [node] },
    riskLocks: { totalCount: '0' },
  });
  // What Asha pulls and releases is her own.
  expect(await release(asha)).toMatchObject({ releaseKillSwitch: { state: 'ACTIVE' } });
  expect(await tradingStateOf(asha)).toBe('REDUCING');

  expect(await release(admin, { platform: true })).toEqual({
    releaseKillSwitch: { __typename: 'ReleasedKillSwitch' },
  });
  expect(await tradingStateOf(asha)).toBe('ACTIVE');
  const audited = await world.database.prisma.auditEvent.findMany({
    where: { chain: installationChain, actorUserId: admin.userId },
    orderBy: { position: 'asc' },
  });
  expect(audited.map(({ action }) => action)).toEqual([
    'RISK_LIMITS_CHANGED',
    'KILL_SWITCH_ACTIVATED',
    'KILL_SWITCH_RELEASED',
  ]);
});

test('a suspension and a kill switch stay apart: each is lifted by its own act', async () => {
  const binod = await world.register('binod.both');
  const { prisma } = world.database;
  const rows = async () =>
    (
      await prisma.tradingState.findMany({
        where: { scope: 'USER', scopeId: binod.userId },
        orderBy: { cause: 'asc' },
      })
    ).map(({ cause, state, reason }) => [cause, state, reason]);
  const account = Buffer.from(`ManagedAccount:${binod.userId}`).toString('base64url');
  const pulled = ['KILL_SWITCH', 'REDUCING', 'Mad market'];
  await pull(binod);
  await ask(
    admin,
    `mutation { suspendAccount(input: { id: "${account}", reason: "unpaid" }) { __typename } }`,
  );
  expect(await rows()).toEqual([pulled, ['SUSPENSION', 'REDUCING', 'The account was suspended.']]);
  await ask(admin, `mutation { reinstateAccount(input: { id: "${account}" }) { __typename } }`);
  expect(await rows()).toEqual([pulled]);
});
