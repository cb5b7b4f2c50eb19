import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditHash } from '@nandax/app/audit/chain.ts';
import { installationChain } from '@nandax/app/ports/audit.ts';
import { createAuditWorld, type AuditWorld } from '../kit/audit-world.ts';
import { createTestUser } from '../setup/accounts.ts';

let world: AuditWorld;
let chain: string;

// A trail of eight rows of one user, and a few of others that nobody touches, all of them anchored.
beforeEach(async () => {
  world = await createAuditWorld();
  chain = randomUUID();
  await world.append(randomUUID(), 3);
  await world.append(chain, 8);
  await world.append(installationChain, 2);
  await world.anchorHeads();
});

afterEach(() => world.close());

const at = (position: bigint) => `WHERE "chain" = '${chain}' AND "position" = ${position}`;
const findings = async () => (await world.verify()).findings;

test('a trail that nobody touched is in order, with real accounts in it', async () => {
  await createTestUser(world.database.prisma, 'asha');
  await createTestUser(world.database.prisma, 'binod');
  await world.anchorHeads();
  const { findings: found, extent } = await world.verify();
  expect(found).toEqual([]);
  expect(extent).toEqual({
    rows: 15,
    chains: 5,
    anchoredHeads: 5,
    unreadableAnchors: 0,
    findings: 0,
  });
});

test('a chain longer than one read is walked whole', async () => {
  const long = randomUUID();
  await world.append(long, 1);
  await world.forge(
    `INSERT INTO "AuditEvent" SELECT gen_random_uuid(), "chain", n, "occurredAt", "action",
       "actorKind", "actorUserId", "actorId", "entity", "entityId", "detail", "personal",
       "personalOf", "previousHash", "hash"
     FROM "AuditEvent", generate_series(2, 2500) n WHERE "chain" = $1`,
    [long],
  );
  await world.rehash(long);
  expect(await findings()).toEqual([]);
  await world.forge(
    `UPDATE "AuditEvent" SET "action" = 'X' WHERE "chain" = $1 AND "position" = 2001`,
    [long],
  );
  expect(await findings()).toEqual([{ kind: 'ROW_CHANGED', chain: long, position: 2001n }]);
});

test('a row removed from the middle shows', async () => {
  await world.forge(`DELETE FROM "AuditEvent" ${at(4n)}`);
  expect(await findings()).toEqual([{ kind: 'ROWS_MISSING', chain, position: 4n, until: 4n }]);
});

test('the first rows removed show', async () => {
  await world.forge(`DELETE FROM "AuditEvent" WHERE "chain" = $1 AND "position" <= 3`, [chain]);
  expect(await findings()).toEqual([{ kind: 'ROWS_MISSING', chain, position: 1n, until: 3n }]);
});

test('a removed tail shows by its head and by the anchor', async () => {
  await world.forge(`DELETE FROM "AuditEvent" WHERE "chain" = $1 AND "position" > 6`, [chain]);
  expect(await findings()).toEqual([
    { kind: 'TAIL_MISSING', chain, position: 6n, head: 8n },
    { kind: 'ANCHORED_ROW_MISSING', chain, position: 8n },
  ]);
});

test('a tail removed together with its head set back shows by the anchor', async () => {
  await world.forge(`DELETE FROM "AuditEvent" WHERE "chain" = $1 AND "position" > 6`, [chain]);
  await world.rehash(chain);
  expect(await findings()).toEqual([{ kind: 'ANCHORED_ROW_MISSING', chain, position: 8n }]);
});

test('a removed tail that new rows grew over shows by the anchor', async () => {
  await world.forge(`DELETE FROM "AuditEvent" WHERE "chain" = $1 AND "position" > 6`, [chain]);
  await world.rehash(chain);
  await world.append(chain, 5);
  await world.anchorHeads();
  expect(await findings()).toEqual([{ kind: 'ANCHORED_ROW_DIFFERS', chain, position: 8n }]);
});

test.each([
  ['occurredAt', `"occurredAt" + interval '1 second'`],
  ['action', `'LOGGED_OUT'`],
  ['actorKind', `'STRANGER'`],
  ['actorUserId', 'gen_random_uuid()'],
  ['actorId', 'gen_random_uuid()'],
  ['entity', `'Order'`],
  ['entityId', `'1'`],
  ['detail', `'{"after":null,"before":null}'`],
  ['personal', `'sealed'`],
  ['personalOf', 'gen_random_uuid()'],
  ['id', 'gen_random_uuid()'],
])('a changed %s shows', async (column, value) => {
  await world.forge(`UPDATE "AuditEvent" SET "${column}" = ${value} ${at(5n)}`);
  expect(await findings()).toEqual([{ kind: 'ROW_CHANGED', chain, position: 5n }]);
});

test('a changed row whose own hash was made to fit breaks the link of the next', async () => {
  await world.forge(`UPDATE "AuditEvent" SET "action" = 'LOGGED_OUT' ${at(5n)}`);
  const [row] = await world.database.prisma.auditEvent.findMany({ where: { chain, position: 5n } });
  if (row === undefined) throw new Error('no row');
  await world.forge(`UPDATE "AuditEvent" SET "hash" = '${auditHash(row)}' ${at(5n)}`);
  expect(await findings()).toEqual([{ kind: 'LINK_BROKEN', chain, position: 6n }]);
});

test('swapped rows show', async () => {
  await world.forge(`UPDATE "AuditEvent" SET "position" = -1 ${at(3n)}`);
  await world.forge(`UPDATE "AuditEvent" SET "position" = 3 ${at(6n)}`);
  await world.forge(`UPDATE "AuditEvent" SET "position" = 6 ${at(-1n)}`);
  const found = await findings();
  expect(found).toContainEqual({ kind: 'ROW_CHANGED', chain, position: 3n });
  expect(found).toContainEqual({ kind: 'ROW_CHANGED', chain, position: 6n });
});

test('a row put before the first shows', async () => {
  await world.forge(
    `INSERT INTO "AuditEvent" SELECT gen_random_uuid(), "chain", 0, "occurredAt", "action",
       "actorKind", "actorUserId", "actorId", "entity", "entityId", "detail", "personal",
       "personalOf", "previousHash", "hash" FROM "AuditEvent" ${at(1n)}`,
  );
  expect(await findings()).toEqual([{ kind: 'ROW_UNEXPECTED', chain, position: 0n }]);
});

test('a row moved to another user’s chain shows in both', async () => {
  const other = randomUUID();
  await world.append(other, 2);
  await world.forge(`UPDATE "AuditEvent" SET "chain" = '${other}', "position" = 3 ${at(8n)}`);
  const found = await findings();
  expect(found).toContainEqual({ kind: 'TAIL_MISSING', chain, position: 7n, head: 8n });
  expect(found).toContainEqual({ kind: 'ROW_CHANGED', chain: other, position: 3n });
});

test('a rewritten chain with recomputed hashes and head shows, also when it was anchored again', async () => {
  await world.forge(`UPDATE "AuditEvent" SET "action" = 'LOGGED_OUT' ${at(2n)}`);
  await world.rehash(chain);
  const fault = { kind: 'ANCHORED_ROW_DIFFERS', chain, position: 8n };
  expect(await findings()).toEqual([fault]);
  await world.append(chain, 2);
  await world.anchorHeads();
  expect(await findings()).toEqual([fault]);
});

test('a whole chain removed with its head shows', async () => {
  await world.forge(`DELETE FROM "AuditEvent" WHERE "chain" = $1`, [chain]);
  await world.forge(`DELETE FROM "AuditHead" WHERE "chain" = $1`, [chain]);
  expect(await findings()).toEqual([{ kind: 'ANCHORED_ROW_MISSING', chain, position: 8n }]);
});

test('a head that is gone, set back, or names another hash shows', async () => {
  await world.forge(`UPDATE "AuditHead" SET "hash" = repeat('a', 64) WHERE "chain" = $1`, [chain]);
  expect(await findings()).toEqual([{ kind: 'HEAD_DIFFERS', chain, position: 8n }]);
  await world.forge(`UPDATE "AuditHead" SET "position" = 5 WHERE "chain" = $1`, [chain]);
  expect(await findings()).toEqual([{ kind: 'HEAD_BEHIND', chain, position: 8n, head: 5n }]);
  await world.forge(`DELETE FROM "AuditHead" WHERE "chain" = $1`, [chain]);
  expect(await findings()).toEqual([{ kind: 'HEAD_MISSING', chain, position: 8n }]);
});

test('an anchor that was edited shows, and a line that a crash cut does not', async () => {
  const path = join(world.folder, 'audit-anchors');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text + text.slice(0, 90));
  expect(await findings()).toEqual([]);
  writeFileSync(path, text.replace(`${chain} 8 `, `${chain} 7 `));
  const line = text.split('\n').findIndex((each) => each.includes(chain)) + 1;
  expect(await findings()).toEqual([{ kind: 'ANCHOR_FORGED', line }]);
});

test('fifty transactions at once on one chain leave fifty positions without a gap', async () => {
  const busy = randomUUID();
  await Promise.all(Array.from({ length: 50 }, () => world.append(busy, 1)));
  const rows = await world.database.prisma.auditEvent.findMany({
    where: { chain: busy },
    orderBy: { position: 'asc' },
  });
  expect(rows.map(({ position }) => Number(position))).toEqual(
    Array.from({ length: 50 }, (_, index) => index + 1),
  );
  expect(await findings()).toEqual([]);
});

test('rows that arrive while the trail is walked are no findings', async () => {
  const results = await Promise.all([
    world.append(chain, 20),
    world.verify(),
    world.append(randomUUID(), 20),
    world.verify(),
  ]);
  expect(results[1].findings).toEqual([]);
  expect(results[3].findings).toEqual([]);
});

test('the database refuses to change, delete or truncate the trail, and to move a head back', async () => {
  const { prisma } = world.database;
  await expect(prisma.auditEvent.updateMany({ data: { action: 'X' } })).rejects.toThrow(
    /written once/,
  );
  await expect(prisma.auditEvent.deleteMany({ where: { chain } })).rejects.toThrow(/written once/);
  await expect(prisma.$executeRaw`TRUNCATE "AuditEvent"`).rejects.toThrow(/written once/);
  await expect(prisma.auditHead.deleteMany({ where: { chain } })).rejects.toThrow(/written once/);
  await expect(prisma.$executeRaw`TRUNCATE "AuditHead"`).rejects.toThrow(/written once/);
  await expect(
    prisma.auditHead.update({ where: { chain }, data: { position: 3n } }),
  ).rejects.toThrow(/cannot move back/);
  expect(await findings()).toEqual([]);
});
