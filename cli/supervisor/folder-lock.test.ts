import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimFolder } from './folder-lock.ts';
import { Refusal } from './refusal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nandax-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a claimed folder is refused until it is let go of', async () => {
  const letGo = await claimFolder(folder);
  await expect(claimFolder(folder)).rejects.toThrow(Refusal);
  await letGo();
  await (
    await claimFolder(folder)
  )();
});

test('of many that claim at once, one gets the folder', async () => {
  const claims = await Promise.allSettled(Array.from({ length: 8 }, () => claimFolder(folder)));
  expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('the claim of a process that is gone, or whose number another one has now, counts for nothing', async () => {
  const path = join(folder, 'supervisor.json');
  // 2 ** 22 is above the largest process number of Linux; our own number with another beginning is
  // what a number used again looks like.
  for (const pid of [2 ** 22 + 1, process.pid]) {
    await writeFile(path, JSON.stringify({ pid, began: 'another time', token: 'theirs' }));
    const letGo = await claimFolder(folder);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
    await letGo();
  }
});

test('half a claim, as a power cut leaves it, counts for nothing', async () => {
  await writeFile(join(folder, 'supervisor.json'), '{"pid":');
  await (
    await claimFolder(folder)
  )();
});
