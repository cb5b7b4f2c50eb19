import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { keptText } from '../postgres/data-folder.ts';
import {
  parseKeyRing,
  printKeyRing,
  type KeyRing,
  type KeyRingSource,
  type RingKey,
} from './key-ring.ts';

/** Name of the key ring in the data folder. */
export const keyRingFile = 'key-ring';

/**
 * The key ring of this installation: from the environment where it is given, else from the data
 * folder. The file is read again when it has changed, so a key that a rotation adds is known to
 * processes that run. @throws Error where there is none, or it cannot be read
 */
export function installationKeyRing(given: string | undefined, folder: string): KeyRingSource {
  if (given !== undefined) {
    const ring = parseKeyRing(given);
    return () => ring;
  }
  const path = join(folder, keyRingFile);
  let read: { readonly changed: string; readonly ring: KeyRing } | null = null;
  return () => {
    const { mtimeMs, ino, size } = statSync(path);
    // A changed ring is another file; two changes may share a millisecond.
    const changed = `${mtimeMs} ${ino} ${size}`;
    if (read?.changed !== changed)
      read = { changed, ring: parseKeyRing(readFileSync(path, 'utf8')) };
    return read.ring;
  };
}

/** Makes the key ring of the data folder with a first key, where there is none. */
export async function mintKeyRing(folder: string, now: Date): Promise<void> {
  await keptText(folder, keyRingFile, () => printKeyRing([mintKey(now)]));
}

/** A fresh key, named by its day. */
export function mintKey(now: Date): RingKey {
  const day = now.toISOString().slice(0, 10);
  return { id: `${day}-${randomBytes(3).toString('hex')}`, key: randomBytes(32) };
}
