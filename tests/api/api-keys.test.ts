import { afterAll, beforeAll, expect, test } from 'vitest';
import { testPassword } from '../setup/accounts.ts';
import { startApiWorld, type Answer, type ApiWorld, type Visitor } from './api-world.ts';

let world: ApiWorld;
let asha: Visitor & { readonly userId: string };
let portfolioId: string;
beforeAll(async () => {
  world = await startApiWorld();
  asha = await world.register('asha');
  const { data } = await asha.ask('{ portfolios { nodes { id } } }');
  const { portfolios } = data as unknown as { portfolios: { nodes: { id: string }[] } };
  portfolioId = portfolios.nodes[0]?.id ?? '';
});
afterAll(() => world.close());

const create = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename
  ... on CreatedApiKey { secret apiKey { id name prefix scopes allowedIps lastUsedAt } }
  ... on Failure { message }
  ... on InvalidInput { field }
} }`;

interface Created {
  readonly __typename: string;
  readonly secret: string;
  readonly apiKey: { readonly id: string; readonly prefix: string };
}

/** Each from an address of its own: one may make ten a minute. */
async function createKey(input: object): Promise<Created> {
  const defaults = { name: 'bot', scopes: ['READ'], password: testPassword };
  const { data, errors } = await world
    .visitor(asha.cookie)
    .ask(create, { input: { ...defaults, ...input } });
  expect(errors).toBeUndefined();
  return (data as unknown as { createApiKey: Created }).createApiKey;
}

/** Asks by a key, from an address. */
async function ask(key: string, query: string, address = '198.51.100.7'): Promise<Answer> {
  const response = await fetch(world.url, {
    method: 'POST',
    headers: {
      ...asha.headers,
      cookie: '',
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
      'x-forwarded-for': address,
    },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

test('a key is told once, recognised by its beginning, stored as a hash, and its use is noted', async () => {
  const { secret, apiKey } = await createKey({ name: 'reporting' });
  expect(secret).toMatch(/^nxk_[\w-]{43}$/);
  expect(secret.startsWith(apiKey.prefix)).toBe(true);
  expect((await ask(secret, '{ viewer { email } }')).data).toEqual({
    viewer: { email: 'asha@example.com' },
  });
  const row = await world.database.prisma.apiKey.findFirstOrThrow({ where: { name: 'reporting' } });
  expect(JSON.stringify(row)).not.toContain(secret);
  expect(row).toMatchObject({ lastIpAddress: '198.51.100.7' });
  expect(row.lastUsedAt).toBeInstanceOf(Date);
  const listed = await asha.ask('{ apiKeys { nodes { name prefix lastUsedAt lastIpAddress } } }');
  expect(JSON.stringify(listed)).not.toContain(secret);
});

test('each scope opens what it names and nothing else; some things no key may do', async () => {
  const order = `mutation { placeOrder(input: { idempotencyKey: "k", portfolioId: "${portfolioId}",
    instrumentId: "${Buffer.from(`Instrument:${crypto.randomUUID()}`).toString('base64url')}",
    side: BUY, product: MIS, quantity: "1" }) { __typename } }`;
  const read = await createKey({ scopes: ['READ'] });
  const paper = await createKey({ scopes: ['PAPER_TRADE'] });
  const live = await createKey({ scopes: ['LIVE_TRADE'] });

  expect((await ask(read.secret, '{ portfolios { totalCount } }')).errors).toBeUndefined();
  expect((await ask(read.secret, order)).errors?.[0]?.extensions).toMatchObject({
    code: 'FORBIDDEN',
    scopes: ['PAPER_TRADE', 'LIVE_TRADE'],
  });
  expect((await ask(paper.secret, order)).data).toEqual({ placeOrder: { __typename: 'NotFound' } });
  // The field opens to it; the portfolio, which is of paper, does not.
  expect((await ask(live.secret, order)).errors?.[0]?.extensions).toMatchObject({
    code: 'FORBIDDEN',
    scopes: ['PAPER_TRADE'],
  });
  expect(
    (await ask(paper.secret, '{ portfolios { totalCount } }')).errors?.[0]?.extensions,
  ).toEqual({ code: 'FORBIDDEN', scopes: ['READ'] });
  const all = await createKey({
    scopes: [
      'READ',
      'STRATEGIES_WRITE',
      'BACKTESTS_RUN',
      'AGENTS_CONTROL',
      'SIGNALS_SUBMIT',
      'PAPER_TRADE',
      'LIVE_TRADE',
      'RISK_HALT',
    ],
  });
  for (const closed of [
    `mutation { createApiKey(input: { name: "child", scopes: [READ], password: "${testPassword}" }) { __typename } }`,
    `mutation { changePassword(input: { currentPassword: "${testPassword}", newPassword: "x" }) { __typename } }`,
    'mutation { logOutEverywhere { __typename } }',
    '{ sessions { totalCount } }',
    '{ apiKeys { totalCount } }',
  ]) {
    const { errors } = await ask(all.secret, closed);
    expect(errors?.[0]?.extensions.code, closed).toBe('FORBIDDEN');
  }
});

test('a key may be bound to addresses and networks, of both kinds', async () => {
  const { secret } = await createKey({ allowedIps: ['203.0.113.0/24', '2001:db8:7::/48'] });
  const allowed = async (address: string) =>
    (await ask(secret, '{ portfolios { totalCount } }', address)).errors?.[0]?.extensions['reason'];
  expect(await allowed('203.0.113.99')).toBeUndefined();
  expect(await allowed('::ffff:203.0.113.5')).toBeUndefined();
  expect(await allowed('2001:db8:7:1::2')).toBeUndefined();
  expect(await allowed('203.0.114.1')).toBe('ADDRESS_NOT_ALLOWED');
  expect(await allowed('2001:db8:8::1')).toBe('ADDRESS_NOT_ALLOWED');
});

test('a key that has ended, was revoked, or whose owner was suspended opens nothing', async () => {
  const short = await createKey({ expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
  expect((await ask(short.secret, '{ portfolios { totalCount } }')).errors).toBeUndefined();
  await world.database.prisma.apiKey.updateMany({
    where: { prefix: short.apiKey.prefix },
    data: { expiresAt: new Date(Date.now() - 1000) },
  });
  await world.bus.publish('credentials', { userId: asha.userId });
  const refused = { code: 'UNAUTHENTICATED', reason: 'REVOKED' };
  const refusalOf = async (key: string) =>
    (await ask(key, '{ portfolios { totalCount } }')).errors?.[0]?.extensions;
  await expect.poll(() => refusalOf(short.secret)).toEqual(refused);

  const revoked = await createKey({});
  expect(await refusalOf(revoked.secret)).toBeUndefined();
  await asha.ask(`mutation { revokeApiKey(input: { id: "${revoked.apiKey.id}" }) { __typename } }`);
  await expect.poll(() => refusalOf(revoked.secret)).toEqual(refused);
});

test('a key is made by its owner’s password only, within the tier, and with sense', async () => {
  expect(await createKey({ password: 'not-hers-at-all' })).toMatchObject({
    __typename: 'InvalidCredentials',
  });
  expect(await createKey({ scopes: [] })).toMatchObject({ field: 'scopes' });
  expect(await createKey({ name: ' ' })).toMatchObject({ field: 'name' });
  expect(await createKey({ expiresAt: '2020-01-01T00:00:00Z' })).toMatchObject({
    field: 'expiresAt',
  });
  for (const network of ['10.0.0', '10.0.0.0/33', '300.1.1.1', 'example.com', '2001:db8::/129']) {
    expect(await createKey({ allowedIps: [network] }), network).toMatchObject({
      field: 'allowedIps',
    });
  }
  await world.database.prisma.user.update({
    where: { id: asha.userId },
    data: { tier: 'FREE' },
  });
  expect(await createKey({})).toMatchObject({ __typename: 'TierLimitReached' });
});
