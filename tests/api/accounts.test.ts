import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApiWorld, type ApiWorld } from './api-world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await startApiWorld();
});
afterAll(() => world.close());

const register = `mutation ($input: RegisterInput!) {
  register(input: $input) {
    __typename
    ... on User { email displayName }
    ... on Failure { message }
    ... on InvalidInput { field }
  }
}`;
const login = `mutation ($input: LoginInput!) {
  login(input: $input) { __typename ... on User { email } ... on Failure { message } }
}`;

test('registering logs in, opens a paper portfolio of ten lakh, and survives only by its cookie', async () => {
  const input = { email: 'Asha@Example.com', password: 'correct horse', displayName: 'Asha' };
  const registered = await world.visitor(null).ask(register, { input });
  expect(registered.data).toEqual({
    register: { __typename: 'User', email: 'asha@example.com', displayName: 'Asha' },
  });
  const [cookie = ''] = registered.cookies;
  expect(cookie).toMatch(/^nandax_session=\w+; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/);

  const asha = world.visitor(cookie.split(';')[0] ?? null);
  const home = await asha.ask(`{
    viewer { email }
    portfolios { nodes { name kind initialCapital cash equity netPnl tradingState positions { quantity } } totalCount }
  }`);
  expect(home.data).toEqual({
    viewer: { email: 'asha@example.com' },
    portfolios: {
      totalCount: '1',
      nodes: [
        {
          name: 'Paper',
          kind: 'PAPER',
          initialCapital: '1000000.00',
          cash: '1000000.00',
          equity: '1000000.00',
          netPnl: '0.00',
          tradingState: 'ACTIVE',
          positions: [],
        },
      ],
    },
  });

  const secret = cookie.slice('nandax_session='.length).split(';')[0] ?? '';
  const sessions = await world.database.prisma.session.findMany();
  expect(sessions.some(({ id }) => id.includes(secret))).toBe(false);
  expect((await world.visitor(null).ask('{ viewer { email } }')).data).toEqual({ viewer: null });

  const out = await asha.ask('mutation { logout { ... on LoggedOut { loggedOut } } }');
  expect(out.data).toEqual({ logout: { loggedOut: true } });
  expect((await asha.ask('{ viewer { email } }')).data).toEqual({ viewer: null });
});

test('an email is taken once, whatever its case, and what cannot be is named', async () => {
  await world.register('binod');
  const again = { email: 'BINOD@example.com', password: 'correct horse', displayName: 'B' };
  expect((await world.visitor(null).ask(register, { input: again })).data).toMatchObject({
    register: { __typename: 'EmailTaken' },
  });
  const short = { email: 'new@example.com', password: 'short', displayName: 'N' };
  expect((await world.visitor(null).ask(register, { input: short })).data).toMatchObject({
    register: { __typename: 'InvalidInput', field: 'password' },
  });
});

test('a wrong password and an unknown email are answered in the same words', async () => {
  await world.register('chitra');
  const attempt = (email: string, password: string) =>
    world.visitor(null).ask(login, { input: { email, password } });
  const wrong = await attempt('chitra@example.com', 'incorrect horse');
  const unknown = await attempt('nobody@example.com', 'incorrect horse');
  expect(wrong.data).toEqual(unknown.data);
  expect(wrong.data).toMatchObject({ login: { __typename: 'InvalidCredentials' } });
  expect(wrong.cookies).toEqual([]);
  const right = await attempt('chitra@example.com', 'correct horse');
  expect(right.data).toEqual({ login: { __typename: 'User', email: 'chitra@example.com' } });
  expect(right.cookies).toHaveLength(1);
});

test('someone who is not logged in is told so by code, and a defect tells nothing of itself', async () => {
  const answer = await world.visitor(null).ask('{ portfolios { totalCount } }');
  expect(answer.errors).toEqual([
    expect.objectContaining({
      message: 'Log in first.',
      extensions: { code: 'UNAUTHENTICATED' },
    }),
  ]);
});

test('a socket from a page of another site is refused', async () => {
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(world.url.replace('http', 'ws'), 'graphql-transport-ws', {
    headers: { origin: 'https://elsewhere.example' },
  });
  const code = await new Promise<number>((resolve) => {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
    socket.on('close', resolve);
  });
  expect(code).toBe(4403);
});
