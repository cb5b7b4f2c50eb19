import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginTotpEnrolment } from '@nandax/app/second-factor/begin-totp-enrolment.ts';
import { confirmTotp } from '@nandax/app/second-factor/confirm-totp.ts';
import { disableTotp } from '@nandax/app/second-factor/disable-totp.ts';
import { renewRecoveryCodes } from '@nandax/app/second-factor/renew-recovery-codes.ts';
import { endCredentials } from '@nandax/app/sessions/end-credentials.ts';
import { tokenHash } from '@nandax/app/token.ts';
import { wrongCodeAt } from '../kit/authenticator-app.ts';
import { testPassword } from '../setup/accounts.ts';
import { openDoorWorld, type DoorWorld } from './door-world.ts';

let world: DoorWorld;
beforeAll(async () => {
  world = await openDoorWorld();
});
afterAll(() => world.close());

const refused = (attemptsLeft: number | null) => ({ kind: 'SECOND_FACTOR_REFUSED', attemptsLeft });
const ended = { kind: 'CHALLENGE_ENDED' };

test('once an app is set up, the password alone opens nothing and a code of the app does', async () => {
  const { email, actor } = await world.person('asha');
  const { secret, keyUri, qrCode } = await world.enrol(actor);
  expect(keyUri).toContain(`secret=${secret}`);
  expect(qrCode).toMatch(/^<svg [^]*<\/svg>\s*$/);

  const entered = await world.enter(email);
  expect(entered).toMatchObject({
    ok: false,
    failure: { kind: 'SECOND_FACTOR_REQUIRED', methods: ['TOTP', 'RECOVERY_CODE'] },
  });
  const before = await world.prisma.session.count({ where: { userId: actor.userId } });
  expect(before).toBe(1);

  world.pass(30);
  const challenge = await world.challenge(email);
  const opened = await world.answer(challenge, { method: 'TOTP', code: world.code(secret) });
  expect(opened).toMatchObject({ kind: 'LOGGED_IN', userId: actor.userId });
  const session = await world.prisma.session.findMany({
    where: { userId: actor.userId, secondFactor: true },
  });
  expect(session).toHaveLength(2);
  expect(await world.trail(actor.userId)).toEqual([
    'ACCOUNT_REGISTERED',
    'LOGIN_SUCCEEDED',
    'TOTP_ENABLED',
    'LOGIN_SUCCEEDED',
  ]);
});

test('a code works once, also in another login and for the one that confirmed the app', async () => {
  const { email, actor } = await world.person('binod');
  const { secret } = await world.enrol(actor);
  const confirming = world.code(secret);
  const first = await world.challenge(email);
  expect(await world.answer(first, { method: 'TOTP', code: confirming })).toEqual(refused(4));

  world.pass(30);
  const code = world.code(secret);
  expect(await world.answer(first, { method: 'TOTP', code })).toMatchObject({ kind: 'LOGGED_IN' });
  const second = await world.challenge(email);
  expect(await world.answer(second, { method: 'TOTP', code })).toEqual(refused(4));
});

test('two logins at one instant share no code', async () => {
  const { email, actor } = await world.person('bina');
  const { secret } = await world.enrol(actor);
  world.pass(30);
  const code = world.code(secret);
  const secrets = [await world.challenge(email), await world.challenge(email)];
  const results = await Promise.all(
    secrets.map((each) => world.answer(each, { method: 'TOTP', code })),
  );
  expect(results.map(({ kind }) => kind).sort()).toEqual(['LOGGED_IN', 'SECOND_FACTOR_REFUSED']);
});

test('the code of the step before is taken, once, and never after a later one', async () => {
  const { email, actor } = await world.person('chitra');
  const { secret } = await world.enrol(actor);
  world.pass(90);
  const earlier = { method: 'TOTP', code: world.code(secret, -1) } as const;
  const current = { method: 'TOTP', code: world.code(secret) } as const;
  expect(await world.answer(await world.challenge(email), earlier)).toMatchObject({
    kind: 'LOGGED_IN',
  });
  expect(await world.answer(await world.challenge(email), earlier)).toEqual(refused(4));
  expect(await world.answer(await world.challenge(email), current)).toMatchObject({
    kind: 'LOGGED_IN',
  });
  expect(await world.answer(await world.challenge(email), earlier)).toEqual(refused(4));
  const tooOld = { method: 'TOTP', code: world.code(secret, -2) } as const;
  expect(await world.answer(await world.challenge(email), tooOld)).toEqual(refused(4));
});

test('a recovery code opens a login once, and its owner is told how many are left', async () => {
  const { email, actor } = await world.person('devi');
  const { recoveryCodes } = await world.enrol(actor);
  expect(recoveryCodes).toHaveLength(10);
  expect(new Set(recoveryCodes).size).toBe(10);
  const [code = ''] = recoveryCodes;
  expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);

  const typed = ` ${code.toLowerCase().replaceAll('-', '')} `;
  const opened = await world.answer(await world.challenge(email), {
    method: 'RECOVERY_CODE',
    code: typed,
  });
  expect(opened).toMatchObject({ kind: 'LOGGED_IN' });
  expect(
    await world.answer(await world.challenge(email), { method: 'RECOVERY_CODE', code }),
  ).toEqual(refused(4));
  expect(await world.trail(actor.userId)).toContain('RECOVERY_CODE_USED');
  const letters = await world.lettersTo(email);
  expect(letters.map(({ text }) => text).join()).toContain('You have 9 recovery codes left.');
});

test('the fifth wrong code ends a login for good, the right one included', async () => {
  const { email, actor } = await world.person('esha');
  const { secret } = await world.enrol(actor);
  world.pass(30);
  const challenge = await world.challenge(email);
  const wrong = { method: 'TOTP', code: wrongCodeAt(secret, world.now()) } as const;
  for (const left of [4, 3, 2, 1, 0]) {
    expect(await world.answer(challenge, wrong)).toEqual(refused(left));
  }
  const right = { method: 'TOTP', code: world.code(secret) } as const;
  expect(await world.answer(challenge, right)).toEqual(ended);

  // Guessing goes on in another login: there it has to wait, and nothing of it counts.
  const other = await world.challenge(email);
  expect(await world.answer(other, right)).toEqual({
    kind: 'TOO_MANY_ATTEMPTS',
    retryAfterSeconds: 5,
  });
  const failures = (await world.trail(actor.userId)).filter((each) => each === 'LOGIN_FAILED');
  expect(failures).toHaveLength(5);
  world.pass(5);
  expect(await world.answer(other, { method: 'TOTP', code: world.code(secret) })).toMatchObject({
    kind: 'LOGGED_IN',
  });
});

test('while someone guesses codes, a recovery code still lets the owner in', async () => {
  const { email, actor } = await world.person('firoz');
  const { secret, recoveryCodes } = await world.enrol(actor);
  const wrong = { method: 'TOTP', code: wrongCodeAt(secret, world.now()) } as const;
  const guessed = await world.challenge(email);
  for (let guess = 0; guess < 5; guess += 1) await world.answer(guessed, wrong);
  const own = await world.challenge(email);
  expect(await world.answer(own, wrong)).toMatchObject({ kind: 'TOO_MANY_ATTEMPTS' });
  const [code = ''] = recoveryCodes;
  expect(await world.answer(own, { method: 'RECOVERY_CODE', code })).toMatchObject({
    kind: 'LOGGED_IN',
  });
});

test('guesses at one instant do not slip past the count', async () => {
  const { email, actor } = await world.person('gita');
  const { secret } = await world.enrol(actor);
  const wrong = { method: 'TOTP', code: wrongCodeAt(secret, world.now()) } as const;
  const challenges = [];
  for (let each = 0; each < 12; each += 1) challenges.push(await world.challenge(email));
  const results = await Promise.all(challenges.map((each) => world.answer(each, wrong)));
  const looked = results.filter(({ kind }) => kind === 'SECOND_FACTOR_REFUSED');
  expect(looked.length).toBeLessThanOrEqual(5);
  expect(results.filter(({ kind }) => kind === 'TOO_MANY_ATTEMPTS').length).toBe(
    12 - looked.length,
  );
});

test('a login cannot be finished with another user’s factor', async () => {
  const hari = await world.person('hari');
  const indu = await world.person('indu');
  await world.enrol(hari.actor);
  const { secret, recoveryCodes } = await world.enrol(indu.actor);
  world.pass(30);
  const challenge = await world.challenge(hari.email);
  const code = world.code(secret);
  const [recovery = ''] = recoveryCodes;
  expect(await world.answer(challenge, { method: 'TOTP', code })).toEqual(refused(4));
  expect(await world.answer(challenge, { method: 'RECOVERY_CODE', code: recovery })).toEqual(
    refused(3),
  );
  // And nothing of hers was used up by it.
  const hers = await world.challenge(indu.email);
  expect(await world.answer(hers, { method: 'TOTP', code })).toMatchObject({ kind: 'LOGGED_IN' });
  const again = await world.challenge(indu.email);
  expect(await world.answer(again, { method: 'RECOVERY_CODE', code: recovery })).toMatchObject({
    kind: 'LOGGED_IN',
  });
});

test('a login waits ten minutes, is answered once, and ends with the sessions of its user', async () => {
  const { email, actor } = await world.person('jaya');
  const { secret } = await world.enrol(actor);
  const late = await world.challenge(email);
  world.pass(600);
  const answer = () => ({ method: 'TOTP', code: world.code(secret) }) as const;
  expect(await world.answer(late, answer())).toEqual(ended);

  const used = await world.challenge(email);
  expect(await world.answer(used, answer())).toMatchObject({ kind: 'LOGGED_IN' });
  world.pass(30);
  expect(await world.answer(used, answer())).toEqual(ended);

  const waiting = await world.challenge(email);
  await world.ports.accounts.transaction((rows) =>
    endCredentials(rows, actor.userId, { sessionId: null, apiKeys: true }, world.now()),
  );
  expect(await world.answer(waiting, answer())).toEqual(ended);
  expect(await world.answer('nxc_unknown', answer())).toEqual(ended);
});

test('someone suspended meanwhile is not let in by the right code', async () => {
  const { email, actor } = await world.person('kiran');
  const { secret } = await world.enrol(actor);
  world.pass(30);
  const challenge = await world.challenge(email);
  await world.prisma.user.update({
    where: { id: actor.userId },
    data: { suspendedAt: world.now() },
  });
  const code = world.code(secret);
  expect(await world.answer(challenge, { method: 'TOTP', code })).toEqual({
    kind: 'ACCOUNT_SUSPENDED',
  });
});

test('neither the secret nor a recovery code nor a login’s secret stands in the database', async () => {
  const { email, actor } = await world.person('lata');
  const { secret, recoveryCodes } = await world.enrol(actor);
  const challenge = await world.challenge(email);
  const { userId } = actor;
  const rows = JSON.stringify([
    await world.prisma.totpCredential.findMany({ where: { userId }, omit: { lastUsedStep: true } }),
    await world.prisma.recoveryCode.findMany({ where: { userId } }),
    await world.prisma.challenge.findMany({ where: { userId } }),
    await world.prisma.letter.findMany(),
  ]);
  const planted = [secret, challenge, ...recoveryCodes];
  const plain = [...planted, ...recoveryCodes.map((code) => code.replaceAll('-', ''))];
  expect(plain.filter((each) => rows.includes(each))).toEqual([]);
  expect(rows).toContain(tokenHash(challenge));
  const kept = await world.prisma.totpCredential.findUniqueOrThrow({ where: { userId } });
  const place = `TotpCredential.sealedSecret:${userId}`;
  expect(world.ports.sealer.open(kept.sealedSecret, place)).toBe(secret);
});

test('an app that is set up stays until password and code take it away', async () => {
  const { email, actor } = await world.person('mina');
  const { secret, recoveryCodes } = await world.enrol(actor);
  expect(await beginTotpEnrolment(world.ports, { actor, password: testPassword })).toMatchObject({
    failure: { kind: 'ILLEGAL_STATE', state: 'ENABLED' },
  });
  world.pass(30);
  const code = world.code(secret);
  const disable = (password: string, shown: string) =>
    disableTotp(world.ports, { actor, password, code: shown });
  expect(await disable('not the password', code)).toMatchObject({
    failure: { kind: 'INVALID_CREDENTIALS' },
  });
  const wrong = wrongCodeAt(secret, world.now());
  expect(await disable(testPassword, wrong)).toMatchObject({ failure: refused(null) });
  expect(await world.enter(email)).toMatchObject({ ok: false });

  expect(await disable(testPassword, code)).toMatchObject({ ok: true });
  expect(await world.enter(email)).toMatchObject({ ok: true, value: { kind: 'LOGGED_IN' } });
  expect(await world.prisma.recoveryCode.count({ where: { userId: actor.userId } })).toBe(0);
  expect(await world.trail(actor.userId)).toContain('TOTP_DISABLED');

  // The codes of the app that was taken away are worth nothing for the next one.
  await world.enrol(actor);
  const [old = ''] = recoveryCodes;
  expect(
    await world.answer(await world.challenge(email), { method: 'RECOVERY_CODE', code: old }),
  ).toEqual(refused(4));
});

test('fresh recovery codes take the place of the earlier ones', async () => {
  const { email, actor } = await world.person('nila');
  const { recoveryCodes } = await world.enrol(actor);
  const [shown = '', earlier = ''] = recoveryCodes;
  const renewed = await renewRecoveryCodes(world.ports, {
    actor,
    password: testPassword,
    code: shown,
  });
  if (!renewed.ok) throw new Error(renewed.failure.kind);
  const [fresh = ''] = renewed.value.codes;
  const answer = async (code: string) =>
    world.answer(await world.challenge(email), { method: 'RECOVERY_CODE', code });
  expect(await answer(earlier)).toEqual(refused(4));
  expect(await answer(fresh)).toMatchObject({ kind: 'LOGGED_IN' });
});

test('an enrolment is finished by a code of its own secret only, and guesses have to wait', async () => {
  const { email, actor } = await world.person('omar');
  const none = await confirmTotp(world.ports, { actor, code: '000000' });
  expect(none).toMatchObject({ failure: { kind: 'ILLEGAL_STATE', state: 'NOT_BEGUN' } });
  const begun = await beginTotpEnrolment(world.ports, { actor, password: testPassword });
  if (!begun.ok) throw new Error(begun.failure.kind);
  const { secret } = begun.value;
  const wrong = wrongCodeAt(secret, world.now());
  for (let guess = 0; guess < 4; guess += 1) {
    expect(await confirmTotp(world.ports, { actor, code: wrong })).toMatchObject({
      failure: refused(null),
    });
  }
  const code = world.code(secret);
  expect(await confirmTotp(world.ports, { actor, code })).toMatchObject({
    failure: { kind: 'TOO_MANY_ATTEMPTS' },
  });
  expect(await world.enter(email)).toMatchObject({ ok: true });
  world.pass(5);
  expect(await confirmTotp(world.ports, { actor, code: world.code(secret) })).toMatchObject({
    ok: true,
  });
});
