import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AnchorLine, AuditAnchor, AuditHead } from '@nandax/app/ports/audit.ts';
import type { KeyRingSource } from '../secrets/key-ring.ts';
import { printAnchorLine, readAnchorLine } from './anchor-line.ts';

/** Name of the anchor in the data folder. */
export const anchorFile = 'audit-anchors';

/** Lines read or written at a time. */
const batchSize = 1_000;

/**
 * The anchor as a file of the data folder that only grows, so `chattr +a` may be set on it. Several
 * processes may write to it at once. A line that a crash left half written is passed over, and the
 * next one begins on a line of its own.
 */
export function fileAnchor(ring: KeyRingSource, folder: string): AuditAnchor {
  const path = join(folder, anchorFile);
  return {
    async write(heads, at) {
      if (heads.length === 0) return;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(path, 'a+', 0o600);
      try {
        if (await endsHalfway(file)) await file.appendFile('\n');
        for (let from = 0; from < heads.length; from += batchSize) {
          const batch = heads.slice(from, from + batchSize);
          const lines = batch.map((head) => `${printAnchorLine(ring, head, at)}\n`);
          // Small enough for one write, so that the lines of two writers do not mix.
          await file.appendFile(lines.join(''));
        }
        await file.sync();
      } finally {
        await file.close();
      }
    },

    async read() {
      const furthest = new Map<string, AuditHead>();
      for await (const batch of linesOf(ring, path)) {
        for (const line of batch) {
          if (line.kind !== 'HEAD') continue;
          const { head } = line;
          const known = furthest.get(head.chain);
          if (known === undefined || known.position < head.position) furthest.set(head.chain, head);
        }
      }
      return furthest;
    },

    lines: () => linesOf(ring, path),
  };
}

/** Whether the file's last line has no end. */
async function endsHalfway(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() !== '\n';
}

async function* linesOf(ring: KeyRingSource, path: string): AsyncGenerator<readonly AnchorLine[]> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return;
  try {
    let batch: AnchorLine[] = [];
    let number = 0;
    for await (const text of file.readLines({ encoding: 'latin1' })) {
      number += 1;
      const line = readAnchorLine(ring, text, number);
      if (line !== null) batch.push(line);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    await file.close();
  }
}
