import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserActor } from '@nandax/app/actor.ts';
import { connectBroker } from '@nandax/app/brokers/connect-broker.ts';
import { disconnectBroker } from '@nandax/app/brokers/disconnect-broker.ts';
import { needsSecondFactor } from '@nandax/app/brokers/needs-second-factor.ts';
import { testPassword } from '../setup/accounts.ts';
import { openDoorWorld, origin, type DoorWorld } from './door-world.ts';

let world: DoorWorld;
beforeAll(async () => {
  world = await openDoorWorld();
});
afterAll(() => world.close());

const access = {
  broker: 'ZERODHA',
  label: 'Family account',
  apiKey: 'kitekeyplanted42',
  apiSecret: 'kitesecretplantedxyz',
} as const;

async function connect(actor: UserActor, changes: object = {}, ports = world.ports) {
  const result = await connectBroker(ports, {
    actor,
    password: testPassword,
    ...access,
    ...changes,
  });
  return result.ok ? result.value : result.failure;
}

/** Logs in anew with a code of the app: a session that has shown a second factor. */
async function enterWithCode(email: string, secret: string): Promise<UserActor> {
  world.pass(30);
  const opened = await world.answer(await world.challenge(email), {
    method: 'TOTP',
    code: world.code(secret),
  });
  if (opened.kind !== 'LOGGED_IN') throw new Error(opened.kind);
  const { userId, sessionId } = opened;
  return { kind: 'USER', userId, sessionId, ...origin };
}

test('a live broker is closed to who has no second factor, and to a session that has not shown it', async () => {
  const { email, actor } = await world.person('asha');
  expect(await connect(actor)).toEqual({ kind: 'SECOND_FACTOR_NEEDED', isSetUp: false });
  // The same user in another browser, before the second factor was set up.
  const earlier = await world.enter(email);
  if (!earlier.ok) throw new Error(earlier.failure.kind);
  const { secret } = await world.enrol(actor);
  const elsewhere = { ...actor, sessionId: earlier.value.sessionId };
  expect(await connect(elsewhere)).toEqual({ kind: 'SECOND_FACTOR_NEEDED', isSetUp: true });
  expect(await world.prisma.brokerConnection.count({ where: { userId: actor.userId } })).toBe(0);

  expect(await connect(actor)).toHaveProperty('id');
  expect(await connect(await enterWithCode(email, secret))).toHaveProperty('id');
});

test('an installation that does not ask for a second factor connects without one', async () => {
  const { actor } = await world.person('binod');
  const settings = { ...world.ports.settings, secondFactorForLiveBrokers: false };
  expect(await connect(actor, {}, { ...world.ports, settings })).toHaveProperty('id');
});

test('programs and agents act for a user who has a second factor, and for no other', async () => {
  const { actor } = await world.person('chitra');
  const { userId } = actor;
  const gate = () =>
    world.ports.accounts.transaction((rows) =>
      Promise.all([
        needsSecondFactor(world.ports.settings, rows, { kind: 'AGENT', userId, agentId: userId }),
        needsSecondFactor(world.ports.settings, rows, {
          kind: 'API_KEY',
          userId,
          apiKeyId: userId,
          scopes: new Set(['LIVE_TRADE']),
          ...origin,
        }),
      ]),
    );
  const needed = { kind: 'SECOND_FACTOR_NEEDED', isSetUp: false };
  expect(await gate()).toEqual([needed, needed]);
  await world.enrol(actor);
  expect(await gate()).toEqual([null, null]);
});

test('the password is asked for, and what cannot be a key is named before anything is looked at', async () => {
  const { actor } = await world.person('devi');
  await world.enrol(actor);
  expect(await connect(actor, { password: 'not the password' })).toEqual({
    kind: 'INVALID_CREDENTIALS',
  });
  expect(await connect(actor, { label: ' ' })).toMatchObject({ field: 'label' });
  expect(await connect(actor, { apiKey: 'short' })).toMatchObject({ field: 'apiKey' });
  expect(await connect(actor, { apiSecret: 'with a space in it' })).toMatchObject({
    field: 'apiSecret',
  });
});

test('a tier connects as many brokers as it allows; an ended connection makes room', async () => {
  const { actor } = await world.person('esha', { tier: 'FREE' });
  await world.enrol(actor);
  const [one, other] = await Promise.all([connect(actor), connect(actor)]);
  const limit = { kind: 'TIER_LIMIT_REACHED', limit: 'liveBrokers', allowed: 1, asked: 2 };
  const [connected, refused] = 'id' in one ? [one, other] : [other, one];
  expect(refused).toMatchObject(limit);
  if (!('id' in connected)) throw new Error('neither was connected');
  const connectionId = connected.id;
  expect(await disconnectBroker(world.ports, { actor, connectionId })).toMatchObject({ ok: true });
  expect(await connect(actor)).toHaveProperty('id');
});

test('the secrets are sealed where they lie, in no audit row, and destroyed with the connection', async () => {
  const { actor } = await world.person('firoz');
  await world.enrol(actor);
  const connected = await connect(actor);
  if (!('id' in connected)) throw new Error(connected.kind);
  const { id } = connected;
  const find = () => world.prisma.brokerConnection.findUniqueOrThrow({ where: { id } });
  const kept = await find();
  expect(JSON.stringify(kept)).not.toMatch(/kitekeyplanted|kitesecretplanted/);
  expect(kept.apiKeyEnding).toBe('ed42');
  const { sealer } = world.ports;
  expect(sealer.open(kept.sealedApiKey, `BrokerConnection.sealedApiKey:${id}`)).toBe(access.apiKey);
  expect(sealer.open(kept.sealedApiSecret, `BrokerConnection.sealedApiSecret:${id}`)).toBe(
    access.apiSecret,
  );

  const stranger = await world.person('gita');
  expect(
    await disconnectBroker(world.ports, { actor: stranger.actor, connectionId: id }),
  ).toMatchObject({ failure: { kind: 'NOT_FOUND' } });
  expect(await disconnectBroker(world.ports, { actor, connectionId: id })).toMatchObject({
    ok: true,
  });
  expect(await find()).toMatchObject({ sealedApiKey: '', sealedApiSecret: '', apiKeyEnding: '' });
  expect(await disconnectBroker(world.ports, { actor, connectionId: id })).toMatchObject({
    failure: { kind: 'NOT_FOUND' },
  });
  const audit = await world.prisma.auditEvent.findMany({ where: { chain: actor.userId } });
  expect(audit.map(({ action }) => action).slice(-2)).toEqual([
    'BROKER_CONNECTED',
    'BROKER_DISCONNECTED',
  ]);
  const details = audit.map(({ detail }) => detail).join();
  expect(details).not.toMatch(/planted|Family/);
});
