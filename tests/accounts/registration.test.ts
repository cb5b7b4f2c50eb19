import { afterAll, beforeAll, expect, test } from 'vitest';
import { confirmRegistration } from '@nandax/app/registration/confirm-registration.ts';
import {
  requestRegistration,
  type RegistrationInput,
} from '@nandax/app/registration/request-registration.ts';
import { writeLettersForRequests } from '@nandax/app/registration/write-letters-for-requests.ts';
import { tokenHash } from '@nandax/app/token.ts';
import { fromHome, openAccountWorld, type AccountWorld } from '../kit/account-world.ts';
import { expectOk } from '../kit/trading-world.ts';
import { testPassword } from '../setup/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

const day = 86_400_000;

let database: TestDatabase;
let world: AccountWorld;
beforeAll(async () => {
  database = await createTestDatabase();
  world = openAccountWorld(database.url, database.prisma);
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

const register = (email: string, more: Partial<RegistrationInput> = {}) =>
  requestRegistration(world.ports, {
    email,
    password: testPassword,
    displayName: 'Asha',
    ...more,
  });
const confirm = (token: string) => confirmRegistration(world.ports, { token, ...fromHome });
const invalid = { ok: false, failure: { kind: 'INVALID_TOKEN' } };

test('an account comes into being with its confirmation, once, and nothing stands there before', async () => {
  expect(await register(' Asha@Example.com ')).toEqual({
    ok: true,
    value: { email: 'asha@example.com' },
  });
  expect(await world.ports.accounts.findByEmail('asha@example.com')).toBeNull();
  const [letter] = await world.lettersTo('asha@example.com');
  expect(letter?.text).toContain('http://localhost:3000/confirm?token=nxe_');
  expect(await world.ports.accounts.findByEmail('asha@example.com')).toBeNull();

  const token = await world.tokenTo('asha@example.com');
  const { userId } = expectOk(await confirm(token));
  expect(await world.ports.accounts.findById(userId)).toMatchObject({
    email: 'asha@example.com',
    displayName: 'Asha',
    role: 'USER',
    tier: 'FREE',
  });
  expect(await database.prisma.portfolio.count({ where: { userId } })).toBe(1);
  expect(await confirm(token)).toEqual(invalid);
});

test('of a link only the hash is kept, and of a letter nothing can be read', async () => {
  await register('binod@example.com');
  const token = await world.tokenTo('binod@example.com');
  const request = await database.prisma.accountRequest.findFirstOrThrow({
    where: { email: 'binod@example.com' },
  });
  expect(request.tokenHash).toBe(tokenHash(token));
  const letters = JSON.stringify(await database.prisma.letter.findMany());
  expect(letters).not.toContain(token);
  expect(letters).not.toContain('binod');
});

test('a link that is a day old makes no account, and a made-up one neither', async () => {
  await register('chitra@example.com');
  const token = await world.tokenTo('chitra@example.com');
  world.pass(day);
  expect(await confirm(token)).toEqual(invalid);
  expect(await confirm(`${token}x`)).toEqual(invalid);
  expect(await world.ports.accounts.findByEmail('chitra@example.com')).toBeNull();
});

test('a known address gets a letter that says so, without a link that makes anything', async () => {
  await world.join('dev@example.com');
  await register('DEV@example.com', { displayName: 'Somebody else' });
  const [letter] = await world.lettersTo('dev@example.com');
  expect(letter).toMatchObject({ subject: 'NandaX: You already have an account' });
  expect(letter?.text).not.toContain('token=');
  expect(letter?.text).not.toContain('Somebody else');
  const left = await database.prisma.accountRequest.findMany({
    where: { email: 'dev@example.com' },
  });
  expect(left).toMatchObject([{ passwordHash: null, displayName: null, tokenHash: null }]);
});

test('whoever confirms second finds the link used up, and the first account unchanged', async () => {
  await register('esha@example.com', { displayName: 'First' });
  const first = await world.tokenTo('esha@example.com');
  await register('esha@example.com', { displayName: 'Second' });
  const second = await world.tokenTo('esha@example.com');
  expect(second).not.toBe(first);
  expectOk(await confirm(first));
  expect(await confirm(second)).toEqual(invalid);
  expect(await world.ports.accounts.findByEmail('esha@example.com')).toMatchObject({
    displayName: 'First',
  });
});

test('one link confirmed by many at once makes one account', async () => {
  await register('farah@example.com');
  const token = await world.tokenTo('farah@example.com');
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => confirm(token)));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
});

test('the letter to a stranger carries no word of whoever asked for it', async () => {
  await register('gita@example.com', { displayName: 'Win now at evil.example' });
  const [letter] = await world.lettersTo('gita@example.com');
  expect(letter?.text).not.toContain('evil.example');
});

test('one address gets five letters an hour at most, however often it is asked for', async () => {
  for (let times = 0; times < 8; times += 1) await register('hema@example.com');
  expect(await world.lettersTo('hema@example.com')).toHaveLength(5);
  world.pass(3_600_001);
  await register('hema@example.com');
  expect(await world.lettersTo('hema@example.com')).toHaveLength(6);
});

test('a request that waited longer than its link would work gets no letter', async () => {
  await register('indira@example.com');
  world.pass(day);
  expect(await writeLettersForRequests(world.ports)).toBe(1);
  expect(await world.lettersTo('indira@example.com')).toEqual([]);
  expect(
    await database.prisma.accountRequest.count({ where: { email: 'indira@example.com' } }),
  ).toBe(0);
});

test.each([
  ['email', { email: 'nobody' }],
  ['email', { email: 'a@example.com,b@example.com' }],
  ['email', { email: 'a@example.com\r\nBcc:b@example.com' }],
  ['displayName', { displayName: '  ' }],
  ['displayName', { displayName: 'two\nlines' }],
  ['password', { password: 'short' }],
  ['password', { password: 'password123' }],
  ['password', { password: 'asha@example.com' }],
] as const)('what %s cannot be is named: %o', async (field, input) => {
  const refused = await register('asha@example.com', input);
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'INVALID_INPUT', field } });
});
