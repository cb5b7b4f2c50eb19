import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptKeyRing } from '@nandax/app/ports/secrets.ts';
import { keyRingFile, mintKey } from './installation-key-ring.ts';
import { parseKeyRing, printKeyRing, type KeyRing, type RingKey } from './key-ring.ts';

/**
 * The key ring in the data folder, to change it. The new file takes the old one's place whole, so no
 * reader and no power cut meets half a ring. One change at a time: callers see to it.
 */
export function keptKeyRing(folder: string): KeptKeyRing {
  const path = join(folder, keyRingFile);
  const read = (): KeyRing => parseKeyRing(readFileSync(path, 'utf8'));
  return {
    keys: () => read().map(({ id }) => id),
    changedAt: () => statSync(path).mtime,

    async add(now) {
      const fresh = mintKey(now);
      await replace(folder, path, [fresh, ...read()]);
      return fresh.id;
    },

    async remove(ids) {
      const [current, ...older] = read();
      await replace(folder, path, [current, ...older.filter(({ id }) => !ids.includes(id))]);
    },
  };
}

async function replace(folder: string, path: string, ring: readonly RingKey[]): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(printKeyRing(ring));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  // The name, too, has to outlast a power cut: what is sealed next is lost without its key.
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
}
