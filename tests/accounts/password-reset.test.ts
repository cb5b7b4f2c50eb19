import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeEmail } from '@nandax/app/accounts/change-email.ts';
import { confirmEmailChange } from '@nandax/app/accounts/confirm-email-change.ts';
import { resetPassword } from '@nandax/app/accounts/reset-password.ts';
import { requestPasswordReset } from '@nandax/app/registration/request-password-reset.ts';
import { logIn } from '@nandax/app/sessions/log-in.ts';
import { fromHome, openAccountWorld, type AccountWorld } from '../kit/account-world.ts';
import { expectOk } from '../kit/trading-world.ts';
import { testPassword } from '../setup/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

const hour = 3_600_000;
const newPassword = 'quiet-73-Godavari-heron';

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

const ask = (email: string) => requestPasswordReset(world.ports, { email });
const reset = (token: string, more: { password?: string; keepApiKeys?: boolean } = {}) =>
  resetPassword(world.ports, {
    token,
    password: newPassword,
    keepApiKeys: false,
    ...more,
    ...fromHome,
  });
const enter = (email: string, password: string) =>
  logIn(world.ports, { email, password, tokens: false, https: false, ...fromHome });
const invalid = { ok: false, failure: { kind: 'INVALID_TOKEN' } };
const actionsOf = async (chain: string) =>
  (
    await database.prisma.auditEvent.findMany({ where: { chain }, orderBy: { position: 'asc' } })
  ).map(({ action }) => action);

test('the link of a letter replaces the password once, and ends sessions and keys', async () => {
  const userId = await world.join('asha@example.com');
  await world.logInAs(userId);
  await world.logInAs(userId);
  await world.apiKeyOf(userId);
  expectOk(await ask('Asha@example.com'));
  const token = await world.tokenTo('asha@example.com');
  expect(token).toMatch(/^nxe_/);

  // A weak password does not cost the link.
  expect(await reset(token, { password: 'password123' })).toMatchObject({
    ok: false,
    failure: { kind: 'INVALID_INPUT', field: 'password' },
  });
  expectOk(await reset(token));
  expect(await database.prisma.session.count({ where: { userId } })).toBe(0);
  expect(await database.prisma.apiKey.count({ where: { userId, revokedAt: null } })).toBe(0);
  expect(await enter('asha@example.com', testPassword)).toMatchObject({ ok: false });
  expectOk(await enter('asha@example.com', newPassword));

  expect(await reset(token)).toEqual(invalid);
  const [told] = (await world.lettersTo('asha@example.com')).filter(({ subject }) =>
    subject.includes('password was changed'),
  );
  expect(told?.text).toContain(fromHome.ipAddress);
  expect(await actionsOf(userId)).toEqual([
    'ACCOUNT_REGISTERED',
    'PASSWORD_RESET_REQUESTED',
    'PASSWORD_RESET',
    'LOGIN_FAILED',
    'LOGIN_SUCCEEDED',
  ]);
});

test('API keys stay where their owner asks for it', async () => {
  const userId = await world.join('binod@example.com');
  await world.apiKeyOf(userId);
  await ask('binod@example.com');
  expectOk(await reset(await world.tokenTo('binod@example.com'), { keepApiKeys: true }));
  expect(await database.prisma.apiKey.count({ where: { userId, revokedAt: null } })).toBe(1);
});

test('a link works for an hour, and the first one used makes the others worthless', async () => {
  await world.join('chitra@example.com');
  await ask('chitra@example.com');
  const early = await world.tokenTo('chitra@example.com');
  world.pass(hour);
  expect(await reset(early)).toEqual(invalid);

  await ask('chitra@example.com');
  const one = await world.tokenTo('chitra@example.com');
  world.pass(1000);
  await ask('chitra@example.com');
  const other = await world.tokenTo('chitra@example.com');
  expect(other).not.toBe(one);
  expectOk(await reset(other));
  expect(await reset(one)).toEqual(invalid);
});

test('a link used by many at once counts once', async () => {
  await world.join('dev@example.com');
  await ask('dev@example.com');
  const token = await world.tokenTo('dev@example.com');
  const outcomes = await Promise.all(
    Array.from({ length: 4 }, (_, index) => reset(token, { password: `${newPassword}-${index}` })),
  );
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
});

test('no letter goes to an unknown address, nor to a suspended account', async () => {
  const userId = await world.join('esha@example.com');
  await world.ports.accounts.transaction((rows) =>
    rows.accounts.changeUser(userId, { suspendedAt: world.ports.clock.now() }),
  );
  const before = (await world.lettersTo('esha@example.com')).length;
  expect(await ask('esha@example.com')).toMatchObject({ ok: true });
  expect(await ask('nobody@example.com')).toMatchObject({ ok: true });
  expect(await world.lettersTo('esha@example.com')).toHaveLength(before);
  expect(await world.lettersTo('nobody@example.com')).toEqual([]);
});

test('a reset stops a move to another address that someone else began', async () => {
  const userId = await world.join('farah@example.com');
  const thief = await world.logInAs(userId, { ipAddress: '198.51.100.9', userAgent: 'thief' });
  expectOk(
    await changeEmail(world.ports, {
      actor: thief,
      newEmail: 'thief@example.com',
      password: testPassword,
    }),
  );
  const moving = await world.tokenTo('thief@example.com');
  await ask('farah@example.com');
  expectOk(await reset(await world.tokenTo('farah@example.com')));
  expect(await confirmEmailChange(world.ports, { token: moving, ...fromHome })).toEqual(invalid);
  expect(await world.ports.accounts.findById(userId)).toMatchObject({ email: 'farah@example.com' });
});
