import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from './refusal.ts';

/** Who runs on a data folder. */
interface Owner {
  readonly pid: number;
  /** When that process began, as its system tells it: a number used again by another has another. */
  readonly began: string;
  readonly token: string;
}

/**
 * Claims a data folder for this process; the answer lets go of it. Throws a `Refusal` while another
 * supervisor runs on it. The claim of a process that is gone counts for nothing.
 */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'supervisor.json');
  const mine: Owner = {
    pid: process.pid,
    began: await beginOf(process.pid),
    token: randomUUID(),
  };
  const draft = `${path}.${mine.token}`;
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (;;) {
      // A link appears whole or not at all, and never in the place of another.
      const claimed = await link(draft, path).then(
        () => true,
        () => false,
      );
      if (claimed) return () => letGo(path, mine);
      const owner = await readOwner(path);
      if (owner !== null && (await isRunning(owner))) {
        throw new Refusal(
          `NandaX already runs on ${folder} (process ${owner.pid}). ` +
            'Stop it first, or set NANDAX_HOME to another folder.',
        );
      }
      // Of two that find the same stale claim one moves it away; the other begins again.
      await rename(path, `${draft}.stale`).catch(() => undefined);
      await rm(`${draft}.stale`, { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function letGo(path: string, mine: Owner): Promise<void> {
  const owner = await readOwner(path);
  if (owner?.token === mine.token) await rm(path, { force: true });
}

async function readOwner(path: string): Promise<Owner | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return null;
  }
}

async function isRunning(owner: Owner): Promise<boolean> {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return (await beginOf(owner.pid)) === owner.began;
}

/** Start time of a living process in /proc; empty where there is no /proc, 'ended' for a zombie. */
async function beginOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name, in parentheses, may hold spaces; state is the first field behind it, start the 20th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? '');
}
