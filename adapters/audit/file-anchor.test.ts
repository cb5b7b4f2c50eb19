import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AnchorLine, AuditHead } from '@nandax/app/ports/audit.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { anchorFile, fileAnchor } from './file-anchor.ts';

const chain = '0190f7a0-0000-7000-8000-000000000001';
const other = '0190f7a0-0000-7000-8000-000000000002';
const now = new Date('2026-11-25T10:00:00Z');
const head = (position: bigint, of = chain): AuditHead => ({
  chain: of,
  position,
  hash: position.toString(16).padStart(64, '0'),
});
const key = (id: string) => ({ id, key: randomBytes(32) });

let folder: string;
let ring: KeyRing;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nandax-anchor-'));
  path = join(folder, anchorFile);
  ring = [key('one')];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const anchor = () => fileAnchor(() => ring, folder);

async function lines(): Promise<AnchorLine[]> {
  const all: AnchorLine[] = [];
  for await (const batch of anchor().lines()) all.push(...batch);
  return all;
}

test('the furthest head of each chain is read back, by another process too', async () => {
  expect(await anchor().read()).toEqual(new Map());
  await anchor().write([head(1n), head(4n, other)], now);
  await anchor().write([head(2n)], now);
  expect(await anchor().read()).toEqual(
    new Map([
      [chain, head(2n)],
      [other, head(4n, other)],
    ]),
  );
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('the data folder is made where it is missing, and nothing is written for nothing', async () => {
  const deep = fileAnchor(() => ring, join(folder, 'not', 'there'));
  await deep.write([], now);
  expect(await deep.read()).toEqual(new Map());
  await deep.write([head(1n)], now);
  expect(await deep.read()).toEqual(new Map([[chain, head(1n)]]));
});

test('a line that a crash left half written is passed over, at every length it may have', async () => {
  await anchor().write([head(1n)], now);
  const [line = ''] = readFileSync(path, 'utf8').split('\n');
  for (let length = 0; length < line.length; length += 1) {
    writeFileSync(path, `${line}\n${line.slice(0, length)}`);
    expect(await lines()).toHaveLength(1);
    await anchor().write([head(2n)], now);
    expect(await lines()).toEqual([
      { kind: 'HEAD', line: 1, head: head(1n) },
      { kind: 'HEAD', line: length === 0 ? 2 : 3, head: head(2n) },
    ]);
  }
});

test('every field of a line that is edited shows', async () => {
  await anchor().write([head(1n)], now);
  const [line = ''] = readFileSync(path, 'utf8').split('\n');
  const fields = line.split(' ');
  const edited = [
    fields.with(0, '2026-11-25T10:00:01.000Z'),
    fields.with(1, other),
    fields.with(2, '2'),
    fields.with(3, 'f'.repeat(64)),
    fields.with(5, '0'.repeat(64)),
    [...fields, 'more'],
  ];
  for (const each of edited) {
    writeFileSync(path, `${each.join(' ')}\n`);
    expect(await lines()).toEqual([{ kind: 'FORGED', line: 1 }]);
    expect(await anchor().read()).toEqual(new Map());
  }
  // Signed by somebody else’s key of the same name.
  ring = [key('one')];
  writeFileSync(path, `${line}\n`);
  expect(await lines()).toEqual([{ kind: 'FORGED', line: 1 }]);
});

test('lines signed under an older key of the ring still count, and under a key that is gone do not', async () => {
  await anchor().write([head(1n)], now);
  ring = [key('two'), ...ring];
  await anchor().write([head(2n)], now);
  expect(await lines()).toMatchObject([{ kind: 'HEAD' }, { kind: 'HEAD' }]);
  ring = [ring[0]];
  expect(await lines()).toMatchObject([
    { kind: 'KEY_GONE', line: 1 },
    { kind: 'HEAD', line: 2 },
  ]);
});

test('writers at the same time do not mix their lines', async () => {
  const many = (from: bigint) => Array.from({ length: 1_500 }, (_, at) => head(from + BigInt(at)));
  await Promise.all([1n, 10_000n, 20_000n].map((from) => anchor().write(many(from), now)));
  const all = await lines();
  expect(all).toHaveLength(4_500);
  expect(all.every(({ kind }) => kind === 'HEAD')).toBe(true);
  appendFileSync(path, 'nonsense\n');
  expect(await lines()).toHaveLength(4_500);
});
