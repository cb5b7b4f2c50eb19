import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { createAccount } from '@nandax/app/accounts/create-account.ts';
import { systemActor } from '@nandax/app/actor.ts';
import { demoEmail } from '@nandax/app/ports/accounts.ts';
import { openAccountWorld, type AccountWorld } from '../kit/account-world.ts';
import { testCookie, testPassword } from '../setup/accounts.ts';
import { startApiWorld, type ApiWorld } from './api-world.ts';

let world: ApiWorld;
let accounts: AccountWorld;
beforeAll(async () => {
  world = await startApiWorld();
  accounts = openAccountWorld(world.database.url, world.database.prisma);
});
afterAll(async () => {
  await accounts.close();
  await world.close();
});

const register = `mutation ($input: RegisterInput!) {
  register(input: $input) {
    __typename
    ... on RegistrationReceived { email letterInOutbox }
    ... on Failure { message }
    ... on InvalidInput { field }
  }
}`;
const confirm = `mutation ($input: ConfirmRegistrationInput!) {
  confirmRegistration(input: $input) {
    __typename
    ... on RegistrationConfirmed { email }
    ... on Failure { message }
  }
}`;
const login = `mutation ($input: LoginInput!) {
  login(input: $input) { __typename ... on LoggedIn { user { email } } ... on Failure { message } }
}`;
const stranger = () => world.visitor(null);

test('someone registers, opens the letter’s link, logs in, and has a paper portfolio of ten lakh', async () => {
  const input = { email: 'Asha@Example.com', password: testPassword, displayName: 'Asha' };
  const received = await stranger().ask(register, { input });
  expect(received.data).toEqual({
    register: {
      __typename: 'RegistrationReceived',
      email: 'asha@example.com',
      letterInOutbox: true,
    },
  });
  expect(received.cookies).toEqual([]);
  const credentials = { email: 'asha@example.com', password: testPassword };
  const early = await stranger().ask(login, { input: credentials });
  expect(early.data).toMatchObject({ login: { __typename: 'InvalidCredentials' } });

  const token = await accounts.tokenTo('asha@example.com');
  const confirmed = await stranger().ask(confirm, { input: { token } });
  expect(confirmed.data).toEqual({
    confirmRegistration: { __typename: 'RegistrationConfirmed', email: 'asha@example.com' },
  });
  const again = await stranger().ask(confirm, { input: { token } });
  expect(again.data).toMatchObject({ confirmRegistration: { __typename: 'InvalidToken' } });

  const entered = await stranger().ask(login, { input: credentials });
  expect(entered.data).toEqual({
    login: { __typename: 'LoggedIn', user: { email: 'asha@example.com' } },
  });
  const [cookie = ''] = entered.cookies;
  expect(cookie).toMatch(/^nandax_session=\w+; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/);
  const asha = world.visitor(cookie.split(';')[0] ?? null);
  const home = await asha.ask(`{
    viewer { email displayName role tier loginLetters }
    portfolios { nodes { name kind initialCapital cash tradingState } totalCount }
  }`);
  expect(home.data).toEqual({
    viewer: {
      email: 'asha@example.com',
      displayName: 'Asha',
      role: 'USER',
      tier: 'FREE',
      loginLetters: true,
    },
    portfolios: {
      totalCount: '1',
      nodes: [
        {
          name: 'Paper',
          kind: 'PAPER',
          initialCapital: '1000000.00',
          cash: '1000000.00',
          tradingState: 'ACTIVE',
        },
      ],
    },
  });

  const secret = cookie.slice('nandax_session='.length).split(';')[0] ?? '';
  const sessions = await world.database.prisma.session.findMany();
  expect(JSON.stringify(sessions)).not.toContain(secret);
  expect((await stranger().ask('{ viewer { email } }')).data).toEqual({ viewer: null });

  const out = await asha.ask('mutation { logout { ... on LoggedOut { loggedOut } } }');
  expect(out.data).toEqual({ logout: { loggedOut: true } });
  expect((await asha.ask('{ viewer { email } }')).data).toEqual({ viewer: null });
});

test('a known and an unknown address are answered word for word alike', async () => {
  await world.register('binod');
  const ask = async (query: string, input: object) =>
    JSON.stringify((await stranger().ask(query, { input })).data);
  const registered = (email: string) =>
    ask(register, { email, password: testPassword, displayName: 'B' });
  expect(await registered('binod@example.com')).toBe(
    (await registered('nobody@example.com')).replace('nobody', 'binod'),
  );
  const forgot = `mutation ($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) {
      __typename
      ... on PasswordResetRequested { letterInOutbox }
      ... on Failure { message }
    }
  }`;
  expect(await ask(forgot, { email: 'binod@example.com' })).toBe(
    await ask(forgot, { email: 'nobody@example.com' }),
  );
});

test('a name and settings are changed by their owner', async () => {
  const chitra = await world.register('chitra');
  const changed = await chitra.ask(`mutation {
    updateProfile(input: { displayName: " Chitra Rao " }) { ... on User { displayName } }
    updateAccountSettings(input: { loginLetters: false }) { ... on User { loginLetters } }
  }`);
  expect(changed.data).toEqual({
    updateProfile: { displayName: 'Chitra Rao' },
    updateAccountSettings: { loginLetters: false },
  });
  const nameless = await chitra.ask(`mutation {
    updateProfile(input: { displayName: " " }) { __typename ... on InvalidInput { field } }
  }`);
  expect(nameless.data).toEqual({
    updateProfile: { __typename: 'InvalidInput', field: 'displayName' },
  });
  const trail = await world.database.prisma.auditEvent.findMany({
    where: { chain: chitra.userId },
    orderBy: { position: 'asc' },
  });
  expect(trail.map(({ action }) => action)).toEqual([
    'ACCOUNT_REGISTERED',
    'PROFILE_CHANGED',
    'SETTINGS_CHANGED',
  ]);
  expect(JSON.stringify(trail, (_, value: unknown) => String(value))).not.toContain('Chitra');
});

test('the local outbox is shown to the demo account and to nobody else, keys included', async () => {
  const { prisma } = world.database;
  const letters = '{ letters(first: 5) { to subject text createdAt } }';
  await accounts.join('dev@example.com');
  const admin = await world.register('admin', { role: 'ADMIN' });
  for (const visitor of [stranger(), admin]) {
    const answer = await visitor.ask(letters);
    expect(answer.data).toBeNull();
    expect(answer.errors?.[0]?.extensions.code).toBe(
      visitor === admin ? 'NOT_FOUND' : 'UNAUTHENTICATED',
    );
  }

  const { ids, clock, passwords } = accounts.ports;
  const demo = {
    id: ids.uuid(),
    email: demoEmail,
    displayName: 'Demo',
    passwordHash: await passwords.hash(testPassword),
    role: 'USER',
    tier: 'FREE',
    createdAt: clock.now(),
  } as const;
  await accounts.ports.accounts.transaction((rows) => createAccount(rows, ids, demo, systemActor));
  const seen = await world.visitor(await testCookie(prisma, demo.id)).ask(letters);
  expect(seen.data?.['letters']).toContainEqual(
    expect.objectContaining({ to: 'dev@example.com', subject: 'NandaX: Confirm your address' }),
  );
  const byKey = await fetch(world.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await accounts.apiKeyOf(demo.id)}`,
    },
    body: JSON.stringify({ query: letters }),
  });
  expect(await byKey.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
});

test('someone who is not logged in is told so by code, and a defect tells nothing of itself', async () => {
  const answer = await stranger().ask('{ portfolios { totalCount } }');
  expect(answer.errors).toEqual([
    expect.objectContaining({
      message: 'Log in first.',
      extensions: { code: 'UNAUTHENTICATED' },
    }),
  ]);
});

test('a socket from a page of another site is refused', async () => {
  const socket = new WebSocket(world.url.replace('http', 'ws'), 'graphql-transport-ws', {
    headers: { origin: 'https://elsewhere.example' },
  });
  const code = await new Promise<number>((resolve) => {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
    socket.on('close', resolve);
  });
  expect(code).toBe(4403);
});
