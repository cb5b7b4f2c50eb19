import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createTestUser, testPassword } from '../setup/accounts.ts';
import { stopClock } from '../setup/stop-clock.ts';
import { startApiWorld, type ApiWorld, type Visitor } from './api-world.ts';

/**
 * The classic attacks on sessions, each tried. Those on tokens are in tokens.test.ts, on limits in
 * attacks-on-limits.test.ts, on ids in tests/walk/id-guessing.test.ts.
 */
let world: ApiWorld;
beforeAll(async () => {
  world = await startApiWorld();
});
afterAll(() => world.close());

const login = `mutation ($email: String!, $password: String!) {
  login(input: { email: $email, password: $password }) { __typename ... on Failure { message } }
}`;

function logIn(visitor: Visitor, email: string, password: string) {
  return visitor.ask(login, { email, password });
}

test('fixation: a session that someone planted in the browser is not the one that is logged in', async () => {
  const { email } = await createTestUser(world.database.prisma, 'fixated');
  const attacker = await world.register('fixating');
  // The victim's browser was given the attacker's cookie, or one that was made up.
  for (const planted of [
    attacker.cookie,
    'nandax_session=made0up0by0someone0else0and0planted000',
  ]) {
    const victim = world.visitor(planted);
    const answer = await logIn(victim, email, testPassword);
    expect(answer.data).toEqual({ login: { __typename: 'LoggedIn' } });
    const [own = ''] = answer.cookies;
    expect(own.split(';')[0]).not.toBe(planted);
    const held = world.visitor(planted);
    expect((await held.ask('{ viewer { email } }')).data).toEqual({ viewer: null });
  }
});

test('a session’s secret is of 25 random bytes, changes with each login, and is stored as a hash', async () => {
  const { email } = await createTestUser(world.database.prisma, 'secretive');
  const visitor = world.visitor(null);
  const secrets: string[] = [];
  for (let index = 0; index < 3; index += 1) {
    const [cookie = ''] = (await logIn(visitor, email, testPassword)).cookies;
    expect(cookie).toMatch(/HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/);
    secrets.push(cookie.split(';')[0]?.split('=')[1] ?? '');
  }
  expect(new Set(secrets).size).toBe(3);
  for (const secret of secrets) expect(secret).toMatch(/^[a-z2-7]{40}$/);
  const stored = JSON.stringify(await world.database.prisma.session.findMany());
  for (const secret of secrets) expect(stored).not.toContain(secret);
});

test('a session slides on while it is used, and ends when it is not', async () => {
  const asha = await world.register('sliding');
  const { prisma } = world.database;
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  const ofHers = { where: { userId: asha.userId } };
  // In its first half a use changes nothing, in its second half it begins anew.
  await prisma.session.updateMany({ ...ofHers, data: { expiresAt: inDays(20) } });
  expect((await asha.ask('{ viewer { email } }')).cookies).toEqual([]);
  await prisma.session.updateMany({ ...ofHers, data: { expiresAt: inDays(10) } });
  expect((await asha.ask('{ viewer { email } }')).cookies).toHaveLength(1);
  const session = await prisma.session.findFirstOrThrow(ofHers);
  expect(session.expiresAt.getTime()).toBeGreaterThan(inDays(29).getTime());
  await prisma.session.updateMany({ ...ofHers, data: { expiresAt: inDays(-1) } });
  expect((await asha.ask('{ viewer { email } }')).data).toEqual({ viewer: null });
});

test('over HTTPS the cookie is Secure, and a stranger cannot claim HTTPS or an address', async () => {
  const { email } = await createTestUser(world.database.prisma, 'secured');
  const ask = (headers: Readonly<Record<string, string>>) =>
    fetch(world.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: login, variables: { email, password: testPassword } }),
    });
  const { headers } = world.visitor(null);
  const secure = await ask({ ...headers, 'x-forwarded-proto': 'https' });
  expect(secure.headers.getSetCookie()[0]).toContain('; Secure');
  const claimed = await ask({ 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' });
  expect(claimed.headers.getSetCookie()[0]).not.toContain('; Secure');
  const addresses = await world.database.prisma.session.findMany({
    select: { ipAddress: true },
    where: { ipAddress: '192.0.2.1' },
  });
  expect(addresses).toEqual([]);
});

test('CSRF by form: what a page of another site can make a browser send changes nothing', async () => {
  const asha = await world.register('forged');
  const mutation = 'mutation { logOutEverywhere { __typename } }';
  const body = JSON.stringify({ query: mutation });
  const cookie = asha.cookie ?? '';
  const elsewhere = 'https://elsewhere.example';
  const forms: [string, RequestInit][] = [
    [
      'urlencoded',
      form('application/x-www-form-urlencoded', `query=${encodeURIComponent(mutation)}`),
    ],
    ['plain text', form('text/plain', body)],
    ['multipart', form('multipart/form-data; boundary=x', `--x\r\n\r\n${body}\r\n--x--`)],
    ['no type', { method: 'POST', headers: { cookie }, body: new Blob([body]) }],
    ['json from another origin', form('application/json', body)],
    ['a GET', { headers: { cookie, origin: elsewhere } }],
  ];
  for (const [name, request] of forms) {
    const url =
      request.method === undefined
        ? `${world.url}?query=${encodeURIComponent(mutation)}`
        : world.url;
    const response = await fetch(url, request);
    expect(response.status, name).toBeGreaterThanOrEqual(400);
  }
  expect((await asha.ask('{ viewer { email } }')).data).toEqual({
    viewer: { email: 'forged@example.com' },
  });

  function form(type: string, content: string): RequestInit {
    const headers = { cookie, origin: elsewhere, 'content-type': type };
    return { method: 'POST', headers, body: content };
  }
});

test('CSRF by socket: a page of another site opens none with the visitor’s cookie', async () => {
  const asha = await world.register('hijacked');
  const { host, port } = new URL(world.url);
  const foreign = [
    'https://elsewhere.example',
    'null',
    `http://127.0.0.1.elsewhere.example:${port}`,
    `http://elsewhere.example/${host}`,
    `http://${host}/elsewhere`,
    `http://elsewhere@${host}`,
  ];
  for (const origin of foreign) {
    const socket = new WebSocket(world.url.replace('http', 'ws'), 'graphql-transport-ws', {
      headers: { ...asha.headers, origin },
    });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code, origin).toBe(4403);
  }
});

test('unknown and known addresses are refused in the same words, the same way, in the same time', async () => {
  const rounds = 4;
  const took = { known: [] as number[], unknown: [] as number[] };
  const answers = { known: new Set<string>(), unknown: new Set<string>() };
  for (let round = 0; round < rounds; round += 1) {
    await createTestUser(world.database.prisma, `known-${round}`);
    for (const kind of ['known', 'unknown'] as const) {
      const visitor = world.visitor(null);
      const begun = performance.now();
      const { data, cookies } = await logIn(
        visitor,
        `${kind}-${round}@example.com`,
        'not-the-password-at-all',
      );
      took[kind].push(performance.now() - begun);
      answers[kind].add(JSON.stringify({ data, cookies }));
    }
  }
  expect(answers.known).toEqual(answers.unknown);
  expect(answers.known.size).toBe(1);
  // Each takes 400 ms whatever was looked up, which is longer than the work; how much more says only
  // how busy the machine is. That the work itself is alike stands in accounts/unknown-emails.test.ts.
  for (const kind of ['known', 'unknown'] as const) {
    expect(Math.min(...took[kind])).toBeGreaterThanOrEqual(395);
  }
});

test('guessing slows down for the one who guesses, and the owner still gets in from elsewhere', async () => {
  stopClock();
  const { email } = await createTestUser(world.database.prisma, 'guessed');
  const guesser = world.visitor(null, '198.51.100.66');
  for (let guess = 0; guess < 5; guess += 1) {
    const { data } = await logIn(guesser, email, `wrong-guess-number-${guess}`);
    expect(data).toMatchObject({ login: { __typename: 'InvalidCredentials' } });
  }
  // Even the right password has to wait from there.
  expect((await logIn(guesser, email, testPassword)).data).toMatchObject({
    login: { __typename: 'TooManyAttempts' },
  });
  const owner = world.visitor(null, '203.0.113.80');
  expect((await logIn(owner, email, testPassword)).data).toEqual({
    login: { __typename: 'LoggedIn' },
  });
  // An unknown address is slowed down just so.
  const other = world.visitor(null, '198.51.100.67');
  for (let guess = 0; guess < 5; guess += 1) {
    await logIn(other, 'nobody.at.all@example.com', `wrong-guess-number-${guess}`);
  }
  expect((await logIn(other, 'nobody.at.all@example.com', testPassword)).data).toMatchObject({
    login: { __typename: 'TooManyAttempts' },
  });
});

test('an old bcrypt hash still logs in, and is made anew on the way', async () => {
  const { id, email } = await createTestUser(world.database.prisma, 'old');
  const { prisma } = world.database;
  // bcrypt, 10 rounds, of the password below.
  const passwordHash = '$2y$10$M6dFyON/kPowTuwNQSL3hOIVqmeCF3O7ZJai8fv14hzzxzYp3vP3W';
  await prisma.user.update({ where: { id }, data: { passwordHash } });
  const visitor = world.visitor(null);
  expect((await logIn(visitor, email, 'an-old-Password-of-2018')).data).toMatchObject({
    login: { __typename: 'InvalidCredentials' },
  });
  expect((await logIn(visitor, email, 'an-old-Password-of-2019')).data).toEqual({
    login: { __typename: 'LoggedIn' },
  });
  const after = await prisma.user.findUniqueOrThrow({ where: { id } });
  expect(after.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect((await logIn(visitor, email, 'an-old-Password-of-2019')).data).toEqual({
    login: { __typename: 'LoggedIn' },
  });
});
