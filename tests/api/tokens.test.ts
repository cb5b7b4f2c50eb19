import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { ringAccessTokens } from '@nandax/adapters/auth/access-tokens.ts';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { freePort } from '@nandax/adapters/postgres/free-port.ts';
import { parseKeyRing } from '@nandax/adapters/secrets/key-ring.ts';
import { startApi } from '../../api/compose.ts';
import { createTestUser, testKeyRing, testPassword } from '../setup/accounts.ts';
import { Inbox } from '../setup/deferred.ts';
import { startApiWorld, type Answer, type ApiWorld } from './api-world.ts';

let world: ApiWorld;
/** A second process of the same installation. */
let other: { readonly url: string; close(): Promise<void> };

beforeAll(async () => {
  world = await startApiWorld();
  const port = await freePort();
  const api = await startApi(
    parseEnvironment({
      DATABASE_URL: world.database.url,
      API_PORT: String(port),
      LOG_LEVEL: 'silent',
      NANDAX_KEY_RING: testKeyRing,
    }),
  );
  other = { url: `http://127.0.0.1:${port}/graphql`, close: () => api.close() };
});
afterAll(async () => {
  await other.close();
  await world.close();
});

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessTokenExpiresAt: string;
}

const login = `mutation ($input: LoginInput!) {
  login(input: $input) { __typename
    ... on LoggedIn { user { id } tokens { accessToken refreshToken accessTokenExpiresAt } }
    ... on Failure { message }
  }
}`;
const refresh = `mutation ($refreshToken: String!) {
  refreshTokens(input: { refreshToken: $refreshToken }) { __typename
    ... on IssuedTokens { accessToken refreshToken accessTokenExpiresAt }
    ... on Failure { message }
  }
}`;

async function tokensOf(name: string): Promise<Tokens & { readonly userId: string }> {
  const { id, email } = await createTestUser(world.database.prisma, name);
  const answer = await world
    .visitor(null)
    .ask(login, { input: { email, password: testPassword, tokens: true } });
  expect(answer.cookies).toEqual([]);
  const { tokens } = (answer.data as unknown as { login: { tokens: Tokens } }).login;
  return { ...tokens, userId: id };
}

async function refreshed(refreshToken: string): Promise<Tokens | { readonly __typename: string }> {
  const answer = await world.visitor(null).ask(refresh, { refreshToken });
  return (answer.data as unknown as { refreshTokens: Tokens }).refreshTokens;
}

/** Asks an API by a bearer credential. */
async function ask(url: string, bearer: string, query: string): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

const whoAmI = '{ viewer { email } portfolios { totalCount } }';

test('a program logs in for tokens of minutes, and no cookie, and reads its own by them', async () => {
  const { accessToken, accessTokenExpiresAt } = await tokensOf('asha');
  const minutes = (Date.parse(accessTokenExpiresAt) - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(8);
  expect(minutes).toBeLessThanOrEqual(10);
  expect((await ask(world.url, accessToken, whoAmI)).data).toEqual({
    viewer: { email: 'asha@example.com' },
    portfolios: { totalCount: '1' },
  });
});

test('a refresh token gives the next pair once, and the old access token lives on to its end', async () => {
  const first = await tokensOf('binod');
  const second = (await refreshed(first.refreshToken)) as Tokens;
  expect(second.refreshToken).not.toBe(first.refreshToken);
  for (const { accessToken } of [first, second]) {
    expect((await ask(world.url, accessToken, whoAmI)).errors).toBeUndefined();
  }
  const stored = await world.database.prisma.refreshToken.findMany();
  expect(JSON.stringify(stored)).not.toContain(second.refreshToken);
});

test('a refresh token used twice ends its whole family at once, in every process, and tells the user', async () => {
  const first = await tokensOf('chitra');
  const second = (await refreshed(first.refreshToken)) as Tokens;
  // Both processes have the session in mind.
  for (const url of [world.url, other.url]) {
    expect((await ask(url, second.accessToken, whoAmI)).errors).toBeUndefined();
  }
  expect(await refreshed(first.refreshToken)).toMatchObject({ __typename: 'InvalidRefreshToken' });
  expect(await refreshed(second.refreshToken)).toMatchObject({ __typename: 'InvalidRefreshToken' });
  for (const url of [world.url, other.url]) {
    await expect
      .poll(async () => (await ask(url, second.accessToken, whoAmI)).errors?.[0]?.extensions)
      .toMatchObject({ code: 'UNAUTHENTICATED', reason: 'REVOKED' });
  }
  const { prisma } = world.database;
  const { userId } = first;
  expect(await prisma.notification.findMany({ where: { userId } })).toMatchObject([
    { level: 'WARNING', title: 'A session was ended' },
  ]);
  const audited = await prisma.auditEvent.findMany({ where: { chain: userId } });
  expect(audited.map(({ action }) => action)).toContain('REFRESH_TOKEN_REUSED');
});

test('two refreshes at once are one refresh and one theft', async () => {
  const { refreshToken } = await tokensOf('divya');
  const answers = await Promise.all([refreshed(refreshToken), refreshed(refreshToken)]);
  const kinds = answers.map((answer) => ('accessToken' in answer ? 'tokens' : 'refused')).sort();
  expect(kinds).toEqual(['refused', 'tokens']);
});

test('an access token that is forged, expired, or of an ended session opens nothing', async () => {
  const { accessToken, userId } = await tokensOf('esha');
  const [header = '', payload = '', signature = ''] = accessToken.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sid: string };
  const forged = [
    `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
    `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`,
    `${header}.${Buffer.from(JSON.stringify({ ...claims, sub: crypto.randomUUID() })).toString('base64url')}.${signature}`,
    'nxk_nothing',
    'x',
  ];
  for (const token of forged) {
    const { errors } = await ask(world.url, token, whoAmI);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'REVOKED' });
  }
  const past = await shortToken(userId, claims.sid, -1);
  expect((await ask(world.url, past, whoAmI)).errors?.[0]?.extensions).toMatchObject({
    code: 'UNAUTHENTICATED',
    reason: 'EXPIRED',
  });
  await world.database.prisma.session.delete({ where: { id: claims.sid } });
  await world.bus.publish('credentials', { userId });
  await expect
    .poll(async () => (await ask(other.url, accessToken, whoAmI)).errors?.[0]?.extensions)
    .toMatchObject({ code: 'UNAUTHENTICATED', reason: 'REVOKED' });
});

test('a change of rights makes access tokens stale, and a refresh carries the new ones', async () => {
  const { accessToken, refreshToken, userId } = await tokensOf('farah');
  const admin = await world.register('admin', { role: 'ADMIN' });
  const id = Buffer.from(`ManagedAccount:${userId}`).toString('base64url');
  const changed = await admin.ask(
    `mutation { changeTier(input: { id: "${id}", tier: BASIC }) { __typename } }`,
  );
  expect(changed.data).toEqual({ changeTier: { __typename: 'ManagedAccount' } });
  await expect
    .poll(async () => (await ask(other.url, accessToken, whoAmI)).errors?.[0]?.extensions)
    .toMatchObject({ reason: 'EXPIRED' });
  const next = (await refreshed(refreshToken)) as Tokens;
  expect((await ask(other.url, next.accessToken, '{ viewer { tier } }')).data).toEqual({
    viewer: { tier: 'BASIC' },
  });
});

/** A good access token that ends in so many seconds. */
async function shortToken(userId: string, sessionId: string, seconds: number): Promise<string> {
  const tokens = ringAccessTokens(() => parseKeyRing(testKeyRing));
  const now = systemClock.now();
  const expiresAt = new Date(now.getTime() + seconds * 1000);
  return tokens.sign({ userId, sessionId, sessionVersion: 1, expiresAt }, now);
}

const notification = (body: string) => ({
  topic: 'NOTIFICATION' as const,
  type: 'NOTIFICATION_CREATED',
  subjectId: crypto.randomUUID(),
  payload: {
    id: crypto.randomUUID(),
    level: 'INFORMATION',
    title: 'News',
    body,
    readAt: null,
    createdAt: new Date().toISOString(),
  },
});

test('a client whose token ends is told so, connects with the next one, and misses no event', async () => {
  const { accessToken, userId } = await tokensOf('gita');
  const claims = JSON.parse(
    Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString(),
  ) as { sid: string };
  let connections = 0;
  const closed = new Inbox<{ readonly code: number; readonly reason: string }>();
  let after: string | null = null;
  const client = createClient({
    url: world.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 5,
    retryWait: () => Promise.resolve(),
    connectionParams: async () => {
      connections += 1;
      const token = connections === 1 ? await shortToken(userId, claims.sid, 2) : accessToken;
      return { authorization: `Bearer ${token}` };
    },
    on: { closed: (event) => closed.take(event as { code: number; reason: string }) },
  });
  const inbox = new Inbox<Answer>();
  client.subscribe(
    {
      query:
        'subscription ($after: Count) { notifications(after: $after) { sequence notification { body } } }',
      // Read again at each connection: it goes on after the last event that was seen.
      variables: {
        get after() {
          return after;
        },
      },
    },
    {
      next(result) {
        const update = (result.data as { notifications: { sequence: string } }).notifications;
        after = update.sequence;
        inbox.take(result as unknown as Answer);
      },
      error: (errors) => inbox.take({ errors } as Answer),
      complete: () => undefined,
    },
  );
  let opening = 0n;
  await expect
    .poll(async () => {
      // The subscription is open once it hears of something, and quiet once it has heard of the last.
      if (after === null) opening = await world.append(userId, [notification('opening')]);
      return after === String(opening);
    })
    .toBe(true);
  const heard = inbox.received.length;
  await closed.until(1);
  expect(closed.received[0]).toMatchObject({ code: 4403, reason: 'Access token expired' });
  await world.append(userId, [notification('while away')]);
  await world.append(userId, [notification('afterwards')]);
  const answers = await inbox.until(heard + 2);
  await client.dispose();
  const updates = answers.map(
    ({ data }) => (data as unknown as { notifications: { sequence: string } }).notifications,
  );
  const sequences = updates.map(({ sequence }) => Number(sequence));
  expect(sequences).toEqual(sequences.map((_, index) => (sequences[0] ?? 0) + index));
  expect(updates.slice(-2)).toMatchObject([
    { notification: { body: 'while away' } },
    { notification: { body: 'afterwards' } },
  ]);
  expect(connections).toBe(2);
});

test('a revoked session or key closes its sockets within seconds, with a code that says to log in', async () => {
  const asha = await world.register('hema');
  const { accessToken, userId } = await tokensOf('indu');
  const made = await asha.ask(
    `mutation ($password: String!) { createApiKey(input: { name: "bot", scopes: [READ], password: $password }) {
      ... on CreatedApiKey { secret apiKey { id } } ... on Failure { message } } }`,
    { password: testPassword },
  );
  const { secret, apiKey } = (
    made.data as unknown as { createApiKey: { secret: string; apiKey: { id: string } } }
  ).createApiKey;

  const byToken = await connect({ authorization: `Bearer ${accessToken}` });
  const byKey = await connect({ apiKey: secret });
  const byCookie = await connect({}, asha.headers);

  await world.database.prisma.session.deleteMany({ where: { userId } });
  await world.bus.publish('credentials', { userId });
  expect(await byToken.closed).toBe(4401);

  const revoke = `mutation { revokeApiKey(input: { id: "${apiKey.id}" }) { ... on ApiKey { revokedAt } } }`;
  expect((await asha.ask(revoke)).errors).toBeUndefined();
  expect(await byKey.closed).toBe(4401);

  await asha.ask('mutation { logOutEverywhere { ... on LoggedOutEverywhere { sessions } } }');
  expect(await byCookie.closed).toBe(4401);
});

test('should the bus say nothing, the rounds still close what was revoked', async () => {
  const { accessToken, userId } = await tokensOf('jaya');
  const { closed } = await connect({ authorization: `Bearer ${accessToken}` });
  await world.database.prisma.session.deleteMany({ where: { userId } });
  const begun = performance.now();
  expect(await closed).toBe(4401);
  expect(performance.now() - begun).toBeLessThan(30_000);
});

test('a socket by a bad credential, or from a page of another site, is refused', async () => {
  expect(await (await connect({ apiKey: 'nxk_unknown' })).closed).toBe(4401);
  const hema = await world.register('kavya');
  const headers = { ...hema.headers, origin: 'https://elsewhere.example' };
  expect(await (await connect({}, headers)).closed).toBe(4403);
});

/** Opens a socket and says hello; `closed` is the code with which the server ends it. */
async function connect(
  parameters: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly closed: Promise<number> }> {
  const socket = new WebSocket(world.url.replace('http', 'ws'), 'graphql-transport-ws', {
    headers: { ...headers },
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve) => socket.on('open', resolve));
  socket.send(JSON.stringify({ type: 'connection_init', payload: parameters }));
  await Promise.race([closed, new Promise((resolve) => socket.once('message', resolve))]);
  return { closed };
}
