import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SupervisedChild } from './child.ts';
import { rootFolder } from './root.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nandax-child-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

test('a process that hangs before it is ready is given up after three tries, however long they took', async () => {
  const script = join(folder, 'hangs.mjs');
  await writeFile(
    script,
    "console.log('I hang.'); process.once('disconnect', () => process.exit());",
  );
  // Each look at the clock is two minutes after the last one.
  let now = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 120_000));
  const said: string[] = [];
  const child = new SupervisedChild({
    name: 'api',
    script: relative(rootFolder, script),
    variables: () => ({}),
    logFile: join(folder, 'api.log'),
    say: (line) => {
      said.push(line);
      if (said.length > 3) child.kill();
    },
    readyWithinMs: 1_000,
  });
  await expect(child.start()).rejects.toThrow(
    /^api never became ready: it took more than 1 seconds to be ready\./,
  );
  expect(said).toHaveLength(2);
  expect(said[0]).toMatch(/^api took more than 1 seconds to be ready and is started again\./);
});
