import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { UserActor } from '@nandax/app/actor.ts';
import { SealBroken, type SealedTexts, type Sealer } from '@nandax/app/ports/secrets.ts';
import { pruneKeys } from '@nandax/app/secrets/prune-keys.ts';
import { rotateSecrets } from '@nandax/app/secrets/rotate-secrets.ts';
import { fileAnchor } from '@nandax/adapters/audit/file-anchor.ts';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import { prismaPersonalData } from '@nandax/adapters/prisma/audit/user-keys.ts';
import { sealedColumns } from '@nandax/adapters/prisma/secrets/sealed-columns.ts';
import { prismaSealedTexts } from '@nandax/adapters/prisma/secrets/sealed-texts.ts';
import {
  installationKeyRing,
  keyRingFile,
  mintKeyRing,
} from '@nandax/adapters/secrets/installation-key-ring.ts';
import { keptKeyRing } from '@nandax/adapters/secrets/kept-key-ring.ts';
import type { KeyRing, KeyRingSource } from '@nandax/adapters/secrets/key-ring.ts';
import { createSealer } from '@nandax/adapters/secrets/sealer.ts';
import { createTestUser } from '../setup/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

let database: TestDatabase;
let folder: string;
let userId: string;
/** A process that runs all the while: it read the ring when it started. */
let other: Sealer;

const now = new Date('2026-11-25T10:00:00Z');
const ids = systemIds();
const ringOfFile = (): KeyRingSource => installationKeyRing(undefined, folder);
const ringFile = () => readFileSync(join(folder, keyRingFile), 'utf8').trim().split('\n');

function rotation(sealer?: Sealer) {
  const ring = ringOfFile();
  const sealedTexts: SealedTexts = prismaSealedTexts(
    database.prisma,
    sealer ?? createSealer(ring),
    ring,
  );
  return {
    keyRing: keptKeyRing(folder),
    sealedTexts,
    auditAnchor: fileAnchor(ring, folder),
    clock: systemClock,
  };
}

beforeEach(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'nandax-ring-'));
  await mintKeyRing(folder, now);
  other = createSealer(ringOfFile());
  userId = (await createTestUser(database.prisma, 'asha')).id;
  await database.prisma.userKey.deleteMany();
  await writePersonal();
  const { prisma } = database;
  const sealed = (place: string, id: string) => other.seal(`secret of ${id}`, `${place}:${id}`);
  await prisma.totpCredential.create({
    data: { userId, sealedSecret: sealed('TotpCredential.sealedSecret', userId), createdAt: now },
  });
  for (let each = 0; each < 3; each += 1) {
    const id = randomUUID();
    await prisma.brokerConnection.create({
      data: {
        id,
        userId,
        broker: 'ZERODHA',
        label: 'mine',
        sealedApiKey: sealed('BrokerConnection.sealedApiKey', id),
        apiKeyEnding: 'abcd',
        sealedApiSecret: sealed('BrokerConnection.sealedApiSecret', id),
        createdAt: now,
      },
    });
  }
  await writeLetters(450);
  await prisma.letter.create({
    data: { id: randomUUID(), sealedContent: '', createdAt: now, nextAttemptAt: now, sentAt: now },
  });
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function writeLetters(count: number): Promise<void> {
  await database.prisma.letter.createMany({
    data: Array.from({ length: count }, () => {
      const id = randomUUID();
      const sealedContent = other.seal(`secret of ${id}`, `Letter.sealedContent:${id}`);
      return { id, sealedContent, createdAt: now, nextAttemptAt: now };
    }),
  });
}

/** A row of the audit trail with an address in it, under the user's own key. */
async function writePersonal(): Promise<void> {
  const actor: UserActor = {
    kind: 'USER',
    userId,
    sessionId: randomUUID(),
    ipAddress: '203.0.113.7',
    userAgent: 'x',
  };
  await accountStore(database.prisma, { sealer: other, ids }).transaction((rows) =>
    rows.audit.append([{ chain: userId, action: 'LOGIN_SUCCEEDED', actor }], now),
  );
}

/** Opens everything there is, by a process that ran all the while; answers the ids of the keys. */
async function openEverything(): Promise<ReadonlySet<string>> {
  const { prisma } = database;
  const keys = new Set<string>();
  const check = (place: string, id: string, sealed: string) => {
    if (sealed === '') return;
    keys.add(sealed.split('.')[1] ?? '');
    expect(other.open(sealed, `${place}:${id}`)).toBe(`secret of ${id}`);
  };
  for (const row of await prisma.totpCredential.findMany()) {
    check('TotpCredential.sealedSecret', row.userId, row.sealedSecret);
  }
  for (const row of await prisma.brokerConnection.findMany()) {
    check('BrokerConnection.sealedApiKey', row.id, row.sealedApiKey);
    check('BrokerConnection.sealedApiSecret', row.id, row.sealedApiSecret);
  }
  for (const row of await prisma.letter.findMany()) {
    check('Letter.sealedContent', row.id, row.sealedContent);
  }
  for (const row of await prisma.userKey.findMany()) keys.add(row.sealedKey.split('.')[1] ?? '');
  const personal = prismaPersonalData(prisma, other);
  for (const row of await prisma.auditEvent.findMany({ where: { action: 'LOGIN_SUCCEEDED' } })) {
    const plain = await personal.open(userId, row.personal ?? '', `AuditEvent.personal:${row.id}`);
    expect(plain).toContain('203.0.113.7');
  }
  return keys;
}

test('every column of the schema that is named sealed… is in the table of sealed columns', async () => {
  const schema = await readFile('prisma/schema.prisma', 'utf8');
  const named = [...schema.matchAll(/^model (\w+) \{(.*?)^\}/gms)].flatMap(([, model, body = '']) =>
    [...body.matchAll(/^ {2}(sealed\w+) /gm)].map(([, column]) => `${model}.${column}`),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(sealedColumns.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(
    named.sort(),
  );
});

test('a rotation seals everything anew, and a process that ran all the while opens and seals on', async () => {
  const [before] = await openEverything();
  const { added, columns } = await rotateSecrets(rotation());
  expect(added).not.toBeNull();
  expect(added).not.toBe(before);
  expect(columns).toEqual([
    { column: 'UserKey.sealedKey', resealed: 1, broken: [] },
    { column: 'TotpCredential.sealedSecret', resealed: 1, broken: [] },
    { column: 'BrokerConnection.sealedApiKey', resealed: 3, broken: [] },
    { column: 'BrokerConnection.sealedApiSecret', resealed: 3, broken: [] },
    { column: 'Letter.sealedContent', resealed: 450, broken: [] },
  ]);
  await writeLetters(2);
  await writePersonal();
  expect(await openEverything()).toEqual(new Set([added]));
  expect(statSync(join(folder, keyRingFile)).mode & 0o777).toBe(0o600);
  // Both keys are there, the fresh one first.
  expect(ringFile().map((line) => line.split(':')[0])).toEqual([added, before]);
});

test('what others write during a rotation opens afterwards', async () => {
  const [rotated] = await Promise.all([
    rotateSecrets(rotation()),
    (async () => {
      for (let each = 0; each < 20; each += 1) await writeLetters(10);
    })(),
    (async () => {
      for (let each = 0; each < 10; each += 1) await writePersonal();
    })(),
  ]);
  expect(rotated.added).not.toBeNull();
  await openEverything();
  await rotation().sealedTexts.reseal();
  expect(await openEverything()).toEqual(new Set([rotated.added]));
});

test('a rotation that was interrupted goes on under the key it added', async () => {
  let left = 100;
  const failing: Sealer = {
    ...other,
    open: (sealed, place) => {
      if ((left -= 1) < 0) throw new Error('the power failed');
      return other.open(sealed, place);
    },
  };
  await expect(rotateSecrets(rotation(failing))).rejects.toThrow('the power failed');
  expect(ringFile()).toHaveLength(2);
  expect((await openEverything()).size).toBe(2);

  const goneOn = await rotateSecrets(rotation());
  expect(goneOn.added).toBeNull();
  expect(ringFile()).toHaveLength(2);
  expect((await openEverything()).size).toBe(1);
});

test('two rotations at once lose no key, and nothing', async () => {
  await Promise.all([rotateSecrets(rotation()), rotateSecrets(rotation())]);
  expect(ringFile()).toHaveLength(3);
  expect((await openEverything()).size).toBe(1);
});

test('a text that does not open is named, left as it is, and keeps its key', async () => {
  const [broken] = await database.prisma.brokerConnection.findMany();
  const [moved] = await database.prisma.letter.findMany({ where: { sentAt: null } });
  const sealedApiKey = moved?.sealedContent ?? '';
  await database.prisma.brokerConnection.update({
    where: { id: broken?.id ?? '' },
    data: { sealedApiKey },
  });
  const { columns } = await rotateSecrets(rotation());
  expect(columns.flatMap((each) => each.broken)).toEqual([
    `BrokerConnection.sealedApiKey:${broken?.id}`,
  ]);
  const kept = await database.prisma.brokerConnection.findUniqueOrThrow({
    where: { id: broken?.id ?? '' },
  });
  expect(kept.sealedApiKey).toBe(sealedApiKey);
  const pruned = await pruneKeys({ ...rotation(), clock: inTenMinutes });
  expect(pruned).toMatchObject({ value: { removed: [], stillInUse: [expect.any(String)] } });
  // It keeps no later rotation from adding its key.
  expect((await rotateSecrets(rotation())).added).not.toBeNull();
});

const inTenMinutes = { now: () => new Date(systemClock.now().getTime() + 600_000) };

test('an old key leaves when nothing is sealed under it, and not before what began has ended', async () => {
  const chain = randomUUID();
  const head = { chain, position: 7n, hash: 'a'.repeat(64) };
  await fileAnchor(ringOfFile(), folder).write([head], now);
  const old = other.seal('secret', 'a place');
  const [oldId] = ringFile().map((line) => line.split(':')[0]);
  const { added } = await rotateSecrets(rotation());
  expect(await pruneKeys(rotation())).toMatchObject({
    failure: { kind: 'ROTATED_JUST_NOW' },
  });
  expect(ringFile()).toHaveLength(2);

  // A latecomer of before the rotation is sealed anew first.
  const id = randomUUID();
  const late = createSealer(() => [ringOfFile()()[1]] as unknown as KeyRing);
  const sealedContent = late.seal(`secret of ${id}`, `Letter.sealedContent:${id}`);
  await database.prisma.letter.create({
    data: { id, sealedContent, createdAt: now, nextAttemptAt: now },
  });
  const pruned = await pruneKeys({ ...rotation(), clock: inTenMinutes });
  expect(pruned).toMatchObject({ value: { removed: [oldId], stillInUse: [] } });
  expect(ringFile().map((line) => line.split(':')[0])).toEqual([added]);
  expect(await openEverything()).toEqual(new Set([added]));
  expect(() => other.open(old, 'a place')).toThrow(SealBroken);
  // The last anchored heads count on.
  expect((await fileAnchor(ringOfFile(), folder).read()).get(chain)).toEqual(head);
});

test('a ring of the environment is changed by its operator only, yet everything is sealed anew', async () => {
  const ring = ringOfFile()();
  const grown: KeyRing = [{ id: 'fresh', key: Buffer.alloc(32, 7) }, ...ring];
  const source = () => grown;
  other = createSealer(source);
  const sealedTexts = prismaSealedTexts(database.prisma, other, source);
  const ports = { ...rotation(), sealedTexts, keyRing: null };
  const { added, columns } = await rotateSecrets(ports);
  expect(added).toBeNull();
  expect(columns.map(({ resealed }) => resealed)).toEqual([1, 1, 3, 3, 450]);
  expect(await openEverything()).toEqual(new Set(['fresh']));
  expect(ringFile()).toHaveLength(1);
  expect(await pruneKeys(ports)).toMatchObject({ failure: { kind: 'KEY_RING_NOT_KEPT' } });
});
