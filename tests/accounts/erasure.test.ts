import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeEmail } from '@nandax/app/accounts/change-email.ts';
import { deleteAccount } from '@nandax/app/accounts/delete-account.ts';
import { eraseDueAccounts } from '@nandax/app/accounts/erase-due-accounts.ts';
import { restoreAccount } from '@nandax/app/accounts/restore-account.ts';
import { sweepExpiredRows } from '@nandax/app/accounts/sweep-expired-rows.ts';
import { updateProfile } from '@nandax/app/accounts/update-profile.ts';
import { auditHash, genesisHash } from '@nandax/app/audit/chain.ts';
import type { AuditRecord } from '@nandax/app/ports/audit.ts';
import { requestPasswordReset } from '@nandax/app/registration/request-password-reset.ts';
import { requestRegistration } from '@nandax/app/registration/request-registration.ts';
import { logIn } from '@nandax/app/sessions/log-in.ts';
import { prismaAuditTrail } from '@nandax/adapters/prisma/audit/audit-trail.ts';
import { prismaPersonalData } from '@nandax/adapters/prisma/audit/user-keys.ts';
import { openAccountWorld, type AccountWorld } from '../kit/account-world.ts';
import { startAgentAtWork, type AgentAtWork } from '../kit/agent-at-work.ts';
import { tablesWith } from '../kit/search-database.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { createTestUser, testPassword, testTools } from '../setup/accounts.ts';

const day = 86_400_000;
const email = 'trader@example.com';
/** What must be gone afterwards; none of it stands anywhere else. */
const planted = {
  email,
  otherEmail: 'planted.other@example.com',
  name: 'Plantagenet Rao',
  address: '203.0.113.77',
  device: 'PlantedBrowser/7.7',
  broker: 'Planted broker label',
};
const origin = { ipAddress: planted.address, userAgent: planted.device };

let trading: TradingWorld;
let agent: AgentAtWork;
let world: AccountWorld;
let userId: string;
beforeAll(async () => {
  trading = await createTradingWorld();
  ({ userId } = trading);
  agent = await startAgentAtWork(trading);
  world = openAccountWorld(trading.database.url, trading.database.prisma);
  await agent.play(2);
  await leaveTraces();
});
afterAll(async () => {
  await agent.close();
  await world.close();
  await trading.close();
});

/** Does all that leaves something of a person behind. */
async function leaveTraces(): Promise<void> {
  const { ports } = world;
  const { prisma } = trading.database;
  const program = { email, tokens: true, https: false, ...origin };
  await logIn(ports, { ...program, password: 'wrong' });
  expectOk(await logIn(ports, { ...program, password: testPassword }));
  const actor = await world.logInAs(userId, origin);
  expectOk(await updateProfile(ports, { actor, displayName: planted.name }));
  const moved = { actor, newEmail: planted.otherEmail, password: testPassword };
  expectOk(await changeEmail(ports, moved));
  expectOk(await requestPasswordReset(ports, { email }));
  const again = { email, displayName: planted.name, password: testPassword };
  expectOk(await requestRegistration(ports, again));
  await world.lettersTo(email);
  // The worker may have taken it already; one that none has seen is there either way.
  await prisma.accountRequest.create({
    data: {
      id: ports.ids.uuid(),
      kind: 'REGISTRATION',
      email,
      displayName: planted.name,
      createdAt: ports.clock.now(),
      expiresAt: new Date(ports.clock.now().getTime() + 90 * day),
      handledAt: ports.clock.now(),
    },
  });
  await world.apiKeyOf(userId);
  await prisma.apiKey.updateMany({
    where: { userId },
    data: { lastIpAddress: planted.address, name: planted.device },
  });
  await prisma.brokerConnection.create({
    data: {
      id: ports.ids.uuid(),
      userId,
      broker: 'ZERODHA',
      label: planted.broker,
      sealedApiKey: '',
      sealedApiSecret: '',
      apiKeyEnding: '',
      createdAt: ports.clock.now(),
    },
  });
  const id = ports.ids.uuid();
  const body = `A session was ended from ${planted.address}.`;
  const told = { id, userId, level: 'WARNING', title: 'Session', body } as const;
  await ports.accounts.transaction(async (rows) => {
    const now = ports.clock.now();
    await rows.notifications.insert({ ...told, createdAt: now });
    const event = { topic: 'NOTIFICATION', type: 'NOTIFICATION_CREATED', subjectId: id } as const;
    await rows.events.append(userId, [{ ...event, payload: told }], now);
  });
  await logIn(ports, { ...program, password: 'wrong' });
}

const search = async () => {
  const places: Record<string, readonly string[]> = {};
  for (const [what, text] of Object.entries(planted)) {
    places[what] = await tablesWith(trading.database.prisma, text);
  }
  return places;
};

/** The trading record, as it must stay. */
async function tradingRecord(): Promise<object> {
  const { prisma } = trading.database;
  const portfolioId = trading.portfolioId;
  return {
    orders: await prisma.order.findMany({ where: { userId }, orderBy: { id: 'asc' } }),
    orderEvents: await prisma.orderEvent.count(),
    fills: await prisma.fill.findMany({ where: { userId }, orderBy: { id: 'asc' } }),
    trades: await prisma.trade.findMany({ where: { userId }, orderBy: { id: 'asc' } }),
    ledger: await prisma.ledgerEntry.findMany({ where: { portfolioId }, orderBy: { id: 'asc' } }),
    positions: await prisma.position.findMany({ where: { portfolioId } }),
    decisions: await prisma.agentDecision.count({ where: { runId: agent.runId } }),
  };
}

/** The user's chain, every hash of it computed anew. */
async function provenTrail(): Promise<readonly AuditRecord[]> {
  const trail = prismaAuditTrail(trading.database.prisma);
  const records: AuditRecord[] = [];
  for await (const batch of trail.records(userId, 0n)) records.push(...batch);
  let previousHash = genesisHash;
  records.forEach((record, index) => {
    expect(record.position).toBe(BigInt(index + 1));
    expect(record.previousHash).toBe(previousHash);
    expect(auditHash(record)).toBe(record.hash);
    previousHash = record.hash;
  });
  expect(await trail.head(userId)).toMatchObject({
    position: BigInt(records.length),
    hash: previousHash,
  });
  return records;
}

const personalOf = ({ id, personal, personalOf: owner }: AuditRecord): Promise<string | null> =>
  personal === null || owner === null
    ? Promise.resolve(null)
    : prismaPersonalData(trading.database.prisma, testTools.sealer).open(
        owner,
        personal,
        `AuditEvent.personal:${id}`,
      );

test('an account is erased when its grace period is over and not a day before; the trading record stays', async () => {
  // The search finds what is there: otherwise it would prove nothing afterwards.
  expect(await search()).toEqual({
    email: expect.arrayContaining(['AccountRequest', 'User']) as unknown,
    otherEmail: ['EmailToken'],
    name: expect.arrayContaining(['AccountRequest', 'User']) as unknown,
    address: expect.arrayContaining([
      'ApiKey',
      'Event',
      'FailedAttempts',
      'Notification',
      'Session',
    ]) as unknown,
    device: expect.arrayContaining(['ApiKey', 'Session']) as unknown,
    broker: ['BrokerConnection'],
  });
  const actor = await world.logInAs(userId, origin);
  expectOk(await deleteAccount(world.ports, { actor, password: testPassword }));
  const before = await tradingRecord();
  const trail = await provenTrail();
  const opened = await Promise.all(trail.map(personalOf));
  expect(opened.join()).toContain(planted.address);
  expect(opened.join()).toContain(planted.otherEmail);

  world.pass(29 * day);
  expect(await eraseDueAccounts(world.ports)).toBe(0);
  world.pass(day);
  expect(await eraseDueAccounts(world.ports)).toBe(1);
  await sweepExpiredRows(world.ports);
  expect(await eraseDueAccounts(world.ports)).toBe(0);

  expect(await search()).toEqual({
    email: [],
    otherEmail: [],
    name: [],
    address: [],
    device: [],
    broker: [],
  });
  expect(await tradingRecord()).toEqual(before);
  expect(before).toMatchObject({ fills: [{}], trades: [{ status: 'OPEN' }] });

  const after = await provenTrail();
  expect(after.slice(0, trail.length)).toEqual(trail);
  expect(after.slice(trail.length).map(({ action, actorKind }) => [action, actorKind])).toEqual([
    ['ACCOUNT_ERASED', 'SYSTEM'],
  ]);
  for (const record of after) expect(await personalOf(record)).toBeNull();
});

test('nobody gets an erased account back, and its address is free again', async () => {
  const input = { email, password: testPassword, ...origin };
  expect(await restoreAccount(world.ports, input)).toEqual({
    ok: false,
    failure: { kind: 'INVALID_CREDENTIALS' },
  });
  const erased = await trading.database.prisma.user.findUniqueOrThrow({ where: { id: userId } });
  expect(erased).toMatchObject({ displayName: 'Erased', passwordHash: null });
  const next = await createTestUser(trading.database.prisma, 'trader');
  expect(next.email).toBe(email);
  expect(next.id).not.toBe(userId);
});
