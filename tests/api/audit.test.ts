import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor, type UserActor } from '@nandax/app/actor.ts';
import { installationChain, type AuditEntry } from '@nandax/app/ports/audit.ts';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import { testTools } from '../setup/accounts.ts';
import { startApiWorld, type ApiWorld, type Visitor } from './api-world.ts';

interface Row {
  readonly id: string;
  readonly action: string;
  readonly position: string;
  readonly record: string | null;
  readonly hash: string;
  readonly previousHash: string;
  readonly userId: string | null;
  readonly actorUserId: string | null;
  readonly actorId: string | null;
  readonly actorKind: string;
  readonly entity: string | null;
  readonly entityId: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  readonly personal: unknown;
}

interface Page {
  readonly nodes: readonly Row[];
  readonly totalCount: string;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const page = `{
  totalCount
  pageInfo { hasNextPage endCursor }
  nodes {
    id action position record hash previousHash userId actorUserId actorId actorKind entity entityId
    before after ipAddress userAgent personal
  }
}`;
const own = `query Own($first: Int! = 50, $after: Cursor, $action: AuditAction) {
  page: auditTrail(first: $first, after: $after, action: $action) ${page}
}`;
const all = `query All($first: Int! = 50, $after: Cursor, $userId: ID, $action: AuditAction) {
  page: auditEvents(first: $first, after: $after, userId: $userId, action: $action) ${page}
}`;

let world: ApiWorld;
let asha: Visitor & { readonly userId: string };
let binod: Visitor & { readonly userId: string };
let admin: Visitor & { readonly userId: string };

const globalId = (entity: string, id: string) =>
  Buffer.from(`${entity}:${id}`).toString('base64url');

const sessionId = '0190f7a0-0000-7000-8000-00000000000a';
const strategyId = '0190f7a0-0000-7000-8000-00000000000b';
const actorOf = (userId: string, ipAddress: string): UserActor => ({
  kind: 'USER',
  userId,
  sessionId,
  ipAddress,
  userAgent: `browser of ${ipAddress}`,
});

async function append(...entries: AuditEntry[]): Promise<void> {
  const store = accountStore(world.database.prisma, testTools);
  await store.transaction((rows) => rows.audit.append(entries, systemClock.now()));
}

async function read(visitor: Visitor, query: string, variables: object = {}): Promise<Page> {
  const answer = await visitor.ask(query, variables);
  expect(answer.errors).toBeUndefined();
  return (answer.data as unknown as { readonly page: Page }).page;
}

beforeAll(async () => {
  world = await startApiWorld();
  asha = await world.register('asha');
  binod = await world.register('binod');
  admin = await world.register('admin', { role: 'ADMIN' });
  await append({
    chain: asha.userId,
    action: 'STRATEGY_CHANGED',
    actor: actorOf(asha.userId, '203.0.113.1'),
    entity: 'Strategy',
    entityId: strategyId,
    before: { name: 'Old' },
    after: { name: 'New' },
  });
  await append({
    chain: asha.userId,
    action: 'EMAIL_CHANGED',
    actor: actorOf(asha.userId, '203.0.113.1'),
    personal: { before: 'old@example.com', after: 'asha@example.com' },
  });
  await append({
    chain: asha.userId,
    action: 'TIER_CHANGED',
    actor: actorOf(admin.userId, '198.51.100.9'),
    before: { tier: 'FREE' },
    after: { tier: 'PRO' },
  });
  await append({
    chain: binod.userId,
    action: 'LOGGED_OUT',
    actor: actorOf(binod.userId, '192.0.2.2'),
  });
  await append({
    chain: installationChain,
    action: 'TIER_LIMITS_CHANGED',
    actor: actorOf(admin.userId, '198.51.100.9'),
    entity: 'TierLimits',
    entityId: 'PRO',
  });
});

afterAll(() => world.close());

test('a user reads their own trail, the newest first, with their own personal data opened', async () => {
  const { nodes, totalCount } = await read(asha, own);
  expect(totalCount).toBe('4');
  expect(nodes.map(({ action, position }) => `${position} ${action}`)).toEqual([
    '4 TIER_CHANGED',
    '3 EMAIL_CHANGED',
    '2 STRATEGY_CHANGED',
    '1 ACCOUNT_REGISTERED',
  ]);
  const [tier, email, strategy, registered] = nodes;
  expect(strategy).toMatchObject({
    userId: globalId('User', asha.userId),
    actorKind: 'USER',
    actorUserId: globalId('User', asha.userId),
    actorId: globalId('Session', sessionId),
    entity: 'Strategy',
    entityId: globalId('Strategy', strategyId),
    before: { name: 'Old' },
    after: { name: 'New' },
    ipAddress: '203.0.113.1',
    userAgent: 'browser of 203.0.113.1',
  });
  expect(email?.personal).toMatchObject({ before: 'old@example.com', after: 'asha@example.com' });
  // Of the administrator who did it the user learns that someone did, and no more.
  expect(tier).toMatchObject({
    actorKind: 'USER',
    actorUserId: null,
    actorId: null,
    ipAddress: null,
  });
  expect(registered).toMatchObject({ actorKind: 'SYSTEM', entity: null, entityId: null });
});

test('pages and kinds: nothing twice, nothing left out', async () => {
  const first = await read(asha, own, { first: 3 });
  expect(first.pageInfo.hasNextPage).toBe(true);
  const rest = await read(asha, own, { first: 3, after: first.pageInfo.endCursor });
  expect(rest.pageInfo.hasNextPage).toBe(false);
  expect([...first.nodes, ...rest.nodes].map(({ position }) => position)).toEqual([
    '4',
    '3',
    '2',
    '1',
  ]);
  const some = await read(asha, own, { action: 'EMAIL_CHANGED' });
  expect(some.nodes.map(({ action }) => action)).toEqual(['EMAIL_CHANGED']);
  expect(some.totalCount).toBe('1');
});

test('nobody reads the trail of another, by list or by id, nor all of it', async () => {
  const binods = await read(binod, own);
  expect(binods.nodes.map(({ action }) => action)).toEqual(['LOGGED_OUT', 'ACCOUNT_REGISTERED']);
  const [row] = (await read(asha, own)).nodes;
  const node = 'query Node($id: ID!) { node(id: $id) { id ... on AuditEvent { hash } } }';
  expect((await asha.ask(node, { id: row?.id })).data).toMatchObject({ node: { hash: row?.hash } });
  expect((await binod.ask(node, { id: row?.id })).data).toEqual({ node: null });
  expect((await binod.ask(all)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  const stranger = world.visitor(null);
  expect((await stranger.ask(own)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect((await stranger.ask(all)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

test('an administrator reads what happened everywhere, and of others no personal data', async () => {
  const { nodes, totalCount } = await read(admin, all);
  expect(totalCount).toBe('8');
  expect(nodes[0]).toMatchObject({
    action: 'TIER_LIMITS_CHANGED',
    userId: null,
    entityId: 'PRO',
    ipAddress: '198.51.100.9',
  });
  for (const row of nodes.filter(({ userId }) => userId !== globalId('User', admin.userId))) {
    expect(row.record).toBeNull();
    if (row.userId !== null)
      expect([row.ipAddress, row.userAgent, row.personal]).toEqual([null, null, null]);
  }
  expect(JSON.stringify(nodes)).not.toMatch(/203\.0\.113|192\.0\.2|old@example|asha@example/);

  const ofAsha = await read(admin, all, { userId: globalId('User', asha.userId) });
  expect(ofAsha.nodes.map(({ position }) => position)).toEqual(['4', '3', '2', '1']);
  expect(ofAsha.nodes[0]?.actorUserId).toBe(globalId('User', admin.userId));
  const tiers = await read(admin, all, { action: 'TIER_CHANGED' });
  expect(tiers.nodes).toHaveLength(1);
  const bad = await admin.ask(all, { userId: globalId('Order', asha.userId) });
  expect(bad.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test('an export can be checked with the script of the documentation, and a forged one fails it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nandax-export-'));
  const script =
    /```js\n([\s\S]*?)```/.exec(readFileSync('docs/audit-trail.md', 'utf8'))?.[1] ?? '';
  writeFileSync(join(folder, 'check-trail.mjs'), script);
  const { nodes } = await read(asha, own);
  const check = (rows: readonly object[]) => {
    const lines = rows.map((row) => JSON.stringify(row)).join('\n');
    writeFileSync(join(folder, 'export.jsonl'), `${lines}\n`);
    const arguments_ = [join(folder, 'check-trail.mjs'), join(folder, 'export.jsonl')];
    const { status, stdout } = spawnSync(process.execPath, arguments_, { encoding: 'utf8' });
    return { status, stdout: stdout.trim() };
  };
  expect(check(nodes)).toEqual({ status: 0, stdout: `4 rows in order, up to ${nodes[0]?.hash}` });
  expect(check(nodes.toSpliced(1, 1)).stdout).toBe('Row 3 is missing or was changed.');
  const forged = nodes.map((row) => ({
    ...row,
    record: row.record?.replace('STRATEGY_CHANGED', 'STRATEGY_DELETED'),
  }));
  expect(check(forged)).toEqual({ status: 1, stdout: 'Row 2 is missing or was changed.' });
  rmSync(folder, { recursive: true });
});

test('after erasure the rows and their proof stand, and the personal data are gone', async () => {
  await append({ chain: asha.userId, action: 'ACCOUNT_ERASED', actor: systemActor });
  await world.database.prisma.userKey.delete({ where: { userId: asha.userId } });
  const { nodes } = await read(asha, own);
  expect(nodes).toHaveLength(5);
  for (const row of nodes) {
    expect([row.ipAddress, row.userAgent, row.personal]).toEqual([null, null, null]);
    expect(row.record).not.toBeNull();
  }
});
