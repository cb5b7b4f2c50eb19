import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserActor } from '@nandax/app/actor.ts';
import { beginPasskeyChallenge } from '@nandax/app/second-factor/begin-passkey-challenge.ts';
import { beginPasskeyLogin } from '@nandax/app/second-factor/begin-passkey-login.ts';
import { beginPasskeyRegistration } from '@nandax/app/second-factor/begin-passkey-registration.ts';
import { finishPasskeyLogin } from '@nandax/app/second-factor/finish-passkey-login.ts';
import { finishPasskeyRegistration } from '@nandax/app/second-factor/finish-passkey-registration.ts';
import { removePasskey } from '@nandax/app/second-factor/remove-passkey.ts';
import { SoftwareAuthenticator, type Lies } from '../kit/authenticator.ts';
import { testPassword } from '../setup/accounts.ts';
import { openDoorWorld, origin, publicUrl, type DoorWorld } from './door-world.ts';

let world: DoorWorld;
beforeAll(async () => {
  world = await openDoorWorld();
});
afterAll(() => world.close());

const refused = (attemptsLeft: number) => ({ kind: 'SECOND_FACTOR_REFUSED', attemptsLeft });
const ended = { kind: 'CHALLENGE_ENDED' };

async function begin(actor: UserActor) {
  const begun = await beginPasskeyRegistration(world.ports, { actor, password: testPassword });
  if (!begun.ok) throw new Error(begun.failure.kind);
  return begun.value;
}

/** Adds a passkey of a fresh authenticator. */
async function add(actor: UserActor, name = 'Key') {
  const authenticator = new SoftwareAuthenticator(publicUrl);
  const { secret, options } = await begin(actor);
  const response = authenticator.create(options);
  const added = await finishPasskeyRegistration(world.ports, { actor, secret, name, response });
  if (!added.ok) throw new Error(added.failure.kind);
  return { authenticator, ...added.value };
}

async function finish(secret: string, response: object) {
  const result = await finishPasskeyLogin(world.ports, {
    secret,
    response,
    tokens: false,
    ...origin,
  });
  return result.ok ? result.value : result.failure;
}

/** Logs in by passkey alone, telling the truth but for `lies`. */
async function logInWith(authenticator: SoftwareAuthenticator, lies: Lies = {}) {
  const { secret, options } = await beginPasskeyLogin(world.ports);
  return finish(secret, authenticator.get(options, lies));
}

test('a passkey logs in by itself, and its session has shown a second factor', async () => {
  const { actor } = await world.person('asha');
  const { authenticator, id, recoveryCodes } = await add(actor, 'Blue key');
  expect(recoveryCodes).toHaveLength(10);

  const opened = await logInWith(authenticator);
  expect(opened).toMatchObject({ kind: 'LOGGED_IN', userId: actor.userId });
  const sessions = await world.prisma.session.findMany({ where: { userId: actor.userId } });
  expect(sessions.map(({ secondFactor }) => secondFactor)).toEqual([true, true]);
  const passkey = await world.prisma.passkey.findUniqueOrThrow({ where: { id } });
  expect(passkey).toMatchObject({ name: 'Blue key', counter: 1n, lastUsedAt: world.now() });
  expect(await world.trail(actor.userId)).toEqual([
    'ACCOUNT_REGISTERED',
    'LOGIN_SUCCEEDED',
    'PASSKEY_ADDED',
    'LOGIN_SUCCEEDED',
  ]);
});

test('what is asked of an authenticator names this installation, asks for user verification, and tells nothing of anyone', async () => {
  const { actor } = await world.person('binod');
  const { authenticator } = await add(actor);
  const { options } = await begin(actor);
  expect(options).toMatchObject({
    rp: { id: 'trade.example.com', name: 'NandaX' },
    user: { name: 'binod@example.com', displayName: 'binod' },
    attestation: 'none',
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    excludeCredentials: [{ id: authenticator.credentialId }],
  });
  const login = await beginPasskeyLogin(world.ports);
  expect(login.options).toMatchObject({
    rpId: 'trade.example.com',
    userVerification: 'required',
    allowCredentials: [],
  });
});

test.each<[string, Lies]>([
  ['another origin', { origin: 'https://trade.example.com.evil.example' }],
  ['another port of this host', { origin: 'https://trade.example.com:8443' }],
  ['another relying party', { relyingParty: 'evil.example' }],
  ['another challenge', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
  ['no user verification', { userVerified: false }],
])('an answer with %s is refused, at registration and at login', async (_what, lies) => {
  const { actor } = await world.person(`lies${Object.values(lies).join('').length}`);
  const { secret, options } = await begin(actor);
  const liar = new SoftwareAuthenticator(publicUrl);
  const registered = await finishPasskeyRegistration(world.ports, {
    actor,
    secret,
    name: 'Key',
    response: liar.create(options, lies),
  });
  expect(registered).toEqual({ ok: false, failure: refused(4) });

  const { authenticator } = await add(actor);
  expect(await logInWith(authenticator, lies)).toEqual(refused(4));
  expect(await logInWith(authenticator)).toMatchObject({ kind: 'LOGGED_IN' });
});

test('an answer is taken once: replayed to its own login or to another, it opens nothing', async () => {
  const { actor } = await world.person('chitra');
  const { authenticator } = await add(actor);
  const { secret, options } = await beginPasskeyLogin(world.ports);
  const response = authenticator.get(options);
  expect(await finish(secret, response)).toMatchObject({ kind: 'LOGGED_IN' });
  expect(await finish(secret, response)).toEqual(ended);
  const other = await beginPasskeyLogin(world.ports);
  expect(await finish(other.secret, response)).toEqual(refused(4));
});

test('a registration is taken once, by the user who began it, and only for a credential nobody has', async () => {
  const devi = await world.person('devi');
  const esha = await world.person('esha');
  const authenticator = new SoftwareAuthenticator(publicUrl);
  const begun = await begin(devi.actor);
  const response = authenticator.create(begun.options);
  const finishAs = (actor: UserActor, secret: string, answer: object) =>
    finishPasskeyRegistration(world.ports, { actor, secret, name: 'Key', response: answer });
  expect(await finishAs(esha.actor, begun.secret, response)).toMatchObject({ failure: ended });
  expect(await finishAs(devi.actor, begun.secret, response)).toMatchObject({ ok: true });
  expect(await finishAs(devi.actor, begun.secret, response)).toMatchObject({ failure: ended });

  // The same authenticator may not come to stand for someone else.
  const hers = await begin(esha.actor);
  const taken = authenticator.create(hers.options);
  expect(await finishAs(esha.actor, hers.secret, taken)).toMatchObject({ failure: refused(4) });
  expect(await logInWith(authenticator, { userHandle: devi.actor.userId })).toEqual(refused(4));
});

test('a counter that does not rise is refused, told to the user and written down; a forged one is not', async () => {
  const { email, actor } = await world.person('firoz');
  const { authenticator } = await add(actor);
  expect(await logInWith(authenticator, { counter: 7 })).toMatchObject({ kind: 'LOGGED_IN' });
  expect(await logInWith(authenticator, { counter: 7 })).toEqual(refused(0));
  expect(await logInWith(authenticator, { counter: 3 })).toEqual(refused(0));
  const fallen = (await world.trail(actor.userId)).filter(
    (action) => action === 'PASSKEY_COUNTER_FELL',
  );
  expect(fallen).toHaveLength(2);
  expect((await world.lettersTo(email)).map(({ subject }) => subject)).toContain(
    'NandaX: A login with a passkey was refused',
  );

  // Whoever knows the credential's id but not its key raises no such alarm.
  const { secret, options } = await beginPasskeyLogin(world.ports);
  const stranger = new SoftwareAuthenticator(publicUrl);
  const forged = { ...stranger.get(options, { counter: 1 }), id: authenticator.credentialId };
  expect(await finish(secret, { ...forged, rawId: authenticator.credentialId })).toEqual(
    refused(4),
  );
  expect(await world.trail(actor.userId)).toHaveLength(
    ['registered', 'in', 'added', 'in', 'fell', 'fell'].length,
  );
  expect(await logInWith(authenticator, { counter: 8 })).toMatchObject({ kind: 'LOGGED_IN' });
});

test('five wrong answers end a login by passkey, and malformed ones are answers', async () => {
  const { actor } = await world.person('gita');
  const { authenticator } = await add(actor);
  const { secret, options } = await beginPasskeyLogin(world.ports);
  const malformed: readonly object[] = [
    {},
    { id: 'x' },
    [],
    { ...authenticator.get(options), response: { clientDataJSON: 'e30', signature: '%' } },
    { ...authenticator.get(options), id: 'AAAA' },
  ];
  const left = [];
  for (const response of malformed) left.push(await finish(secret, response));
  expect(left).toEqual([4, 3, 2, 1, 0].map(refused));
  expect(await finish(secret, authenticator.get(options))).toEqual(ended);
});

test('a passkey is the second factor of a login by password, and another user’s is not', async () => {
  const hari = await world.person('hari');
  const indu = await world.person('indu');
  const { authenticator } = await add(hari.actor);
  const { authenticator: hers } = await add(indu.actor);

  const secret = await world.challenge(hari.email);
  const early = { method: 'PASSKEY', response: authenticator.get({ challenge: 'AAAA' }) } as const;
  expect(await world.answer(secret, early)).toEqual(refused(4));
  const asked = await beginPasskeyChallenge(world.ports, secret);
  if (!asked.ok) throw new Error(asked.failure.kind);
  const { options } = asked.value;
  expect(options).toMatchObject({ allowCredentials: [{ id: authenticator.credentialId }] });
  const response = hers.get(options);
  expect(await world.answer(secret, { method: 'PASSKEY', response })).toEqual(refused(3));
  const right = { method: 'PASSKEY', response: authenticator.get(options) } as const;
  expect(await world.answer(secret, right)).toMatchObject({
    kind: 'LOGGED_IN',
    userId: hari.actor.userId,
  });
  expect(await world.answer(secret, right)).toEqual(ended);
  // A step of one kind is no step of another.
  const login = await beginPasskeyLogin(world.ports);
  expect(await beginPasskeyChallenge(world.ports, login.secret)).toMatchObject({ failure: ended });
});

test('who lost the only passkey gets in with a recovery code, removes it, and needs none then', async () => {
  const { email, actor } = await world.person('jaya');
  const { id, authenticator, recoveryCodes } = await add(actor);
  const [code = ''] = recoveryCodes ?? [];
  const entered = await world.answer(await world.challenge(email), {
    method: 'RECOVERY_CODE',
    code,
  });
  expect(entered).toMatchObject({ kind: 'LOGGED_IN' });

  const other = await world.person('kiran');
  const remove = (by: UserActor, password = testPassword) =>
    removePasskey(world.ports, { actor: by, passkeyId: id, password });
  expect(await remove(other.actor)).toMatchObject({ failure: { kind: 'NOT_FOUND' } });
  expect(await remove(actor, 'not the password')).toMatchObject({
    failure: { kind: 'INVALID_CREDENTIALS' },
  });
  expect(await remove(actor)).toMatchObject({ ok: true });
  expect(await world.enter(email)).toMatchObject({ ok: true });
  expect(await logInWith(authenticator)).toEqual(refused(4));
  expect(await world.prisma.recoveryCode.count({ where: { userId: actor.userId } })).toBe(0);
});

test('someone suspended is not let in by passkey, and only who holds it is told so', async () => {
  const { actor } = await world.person('lata');
  const { authenticator } = await add(actor);
  await world.prisma.user.update({
    where: { id: actor.userId },
    data: { suspendedAt: world.now() },
  });
  expect(await logInWith(authenticator)).toEqual({ kind: 'ACCOUNT_SUSPENDED' });
  expect(await logInWith(authenticator, { relyingParty: 'evil.example' })).toEqual(refused(4));
});
