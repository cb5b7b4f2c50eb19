import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeEmail } from '@nandax/app/accounts/change-email.ts';
import { confirmEmailChange } from '@nandax/app/accounts/confirm-email-change.ts';
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

const ask = async (userId: string, newEmail: string, password = testPassword) =>
  changeEmail(world.ports, { actor: await world.logInAs(userId), newEmail, password });
const confirm = (token: string) => confirmEmailChange(world.ports, { token, ...fromHome });
const invalid = { ok: false, failure: { kind: 'INVALID_TOKEN' } };
const emailOf = async (userId: string) => (await world.ports.accounts.findById(userId))?.email;

test('an account moves when the letter to the new address is opened, and the old one hears of both', async () => {
  const userId = await world.join('asha@example.com');
  expect(await ask(userId, ' Asha.New@Example.com ')).toEqual({
    ok: true,
    value: { newEmail: 'asha.new@example.com' },
  });
  expect(await emailOf(userId)).toBe('asha@example.com');
  const token = await world.tokenTo('asha.new@example.com');
  expect(expectOk(await confirm(token))).toEqual({ userId, email: 'asha.new@example.com' });
  expect(await emailOf(userId)).toBe('asha.new@example.com');
  expect(await confirm(token)).toEqual(invalid);
  const told = await world.lettersTo('asha@example.com');
  expect(told.slice(0, 2).map(({ subject }) => subject)).toEqual([
    'NandaX: Your account has another address',
    'NandaX: Your account is to have another address',
  ]);
});

test('it takes the password, which cannot be guessed on this way either', async () => {
  const userId = await world.join('binod@example.com');
  const guess = () => ask(userId, 'thief@example.com', 'wrong');
  for (let times = 0; times < 5; times += 1) {
    expect(await guess()).toEqual({ ok: false, failure: { kind: 'INVALID_CREDENTIALS' } });
  }
  expect(await guess()).toMatchObject({ ok: false, failure: { kind: 'TOO_MANY_ATTEMPTS' } });
  expect(await world.lettersTo('thief@example.com')).toEqual([]);
  const failed = await database.prisma.auditEvent.count({
    where: { chain: userId, action: 'LOGIN_FAILED' },
  });
  expect(failed).toBe(5);
});

test('asking for a known address tells nothing, and its link moves nothing', async () => {
  await world.join('chitra@example.com');
  const userId = await world.join('dev@example.com');
  const known = expectOk(await ask(userId, 'chitra@example.com'));
  expect(known).toEqual({ newEmail: 'chitra@example.com' });
  const token = await world.tokenTo('chitra@example.com');
  expect(await confirm(token)).toEqual(invalid);
  expect(await emailOf(userId)).toBe('dev@example.com');
  const spent = await database.prisma.emailToken.findFirstOrThrow({ where: { userId } });
  expect(spent.usedAt).not.toBeNull();
});

test('a link works for a day, and only the newest', async () => {
  const userId = await world.join('esha@example.com');
  await ask(userId, 'esha.one@example.com');
  const one = await world.tokenTo('esha.one@example.com');
  await ask(userId, 'esha.two@example.com');
  const two = await world.tokenTo('esha.two@example.com');
  expect(await confirm(one)).toEqual(invalid);
  world.pass(day);
  expect(await confirm(two)).toEqual(invalid);
  expect(await emailOf(userId)).toBe('esha@example.com');
});
