import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
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

const change = `mutation ($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    __typename
    ... on PasswordChanged { sessionsEnded apiKeysRevoked }
    ... on InvalidInput { field }
  }
}`;
const newPassword = 'quiet-73-Godavari-heron';

/** A socket that is connected and waits. */
async function openSocket(headers: Record<string, string>, payload?: object): Promise<WebSocket> {
  const address = world.url.replace('http', 'ws');
  const socket = new WebSocket(address, 'graphql-transport-ws', { headers });
  await once(socket, 'open');
  const acknowledged = once(socket, 'message');
  socket.send(JSON.stringify({ type: 'connection_init', payload }));
  await acknowledged;
  return socket;
}

async function askByKey(key: string, query: string): Promise<unknown> {
  const response = await fetch(world.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

test('a password change ends all other sessions, sockets and keys at once, and this session goes on', async () => {
  const asha = await world.register('asha');
  const elsewhere = world.visitor(await testCookie(world.database.prisma, asha.userId));
  const key = await accounts.apiKeyOf(asha.userId);
  const own = await openSocket({ cookie: asha.cookie ?? '' });
  const other = await openSocket({ cookie: elsewhere.cookie ?? '' });
  const byKey = await openSocket({}, { authorization: `Bearer ${key}` });
  const closed = [other, byKey].map(async (socket) => {
    const [code] = (await once(socket, 'close')) as [number];
    return code;
  });

  const input = { currentPassword: testPassword, newPassword };
  const changed = await asha.ask(change, { input });
  expect(changed.data).toEqual({
    changePassword: { __typename: 'PasswordChanged', sessionsEnded: 1, apiKeysRevoked: 1 },
  });
  // 4401: log in first.
  expect(await Promise.all(closed)).toEqual([4401, 4401]);
  expect((await elsewhere.ask('{ viewer { email } }')).data).toEqual({ viewer: null });
  expect(await askByKey(key, '{ portfolios { totalCount } }')).toMatchObject({
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });

  expect(own.readyState).toBe(WebSocket.OPEN);
  expect((await asha.ask('{ viewer { email } }')).data).toEqual({
    viewer: { email: 'asha@example.com' },
  });
  own.close();
  const [letter] = await accounts.lettersTo('asha@example.com');
  expect(letter?.subject).toBe('NandaX: Your password was changed');
});

test('keys stay good where their owner keeps them', async () => {
  const binod = await world.register('binod');
  const key = await accounts.apiKeyOf(binod.userId);
  const input = { currentPassword: testPassword, newPassword, keepApiKeys: true };
  const changed = await binod.ask(change, { input });
  expect(changed.data).toMatchObject({ changePassword: { apiKeysRevoked: 0 } });
  expect(await askByKey(key, '{ viewer { email } }')).toEqual({
    data: { viewer: { email: 'binod@example.com' } },
  });
});

test('without the present password, with a weak one or with the same one nothing changes', async () => {
  const chitra = await world.register('chitra');
  const attempt = async (input: object) => (await chitra.ask(change, { input })).data;
  expect(await attempt({ currentPassword: 'wrong', newPassword })).toEqual({
    changePassword: { __typename: 'InvalidCredentials' },
  });
  for (const weak of ['short', 'password123', testPassword]) {
    expect(await attempt({ currentPassword: testPassword, newPassword: weak })).toEqual({
      changePassword: { __typename: 'InvalidInput', field: 'newPassword' },
    });
  }
  const account = await accounts.ports.accounts.findById(chitra.userId);
  const hash = account?.passwordHash ?? null;
  expect(await accounts.ports.passwords.verify(hash, testPassword)).toBe(true);
});
