import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.ts';

const run = promisify(execFile);

/** The system account PostgreSQL runs as; null: the one we run as ourselves. */
export type ServerAccount = { readonly uid: number; readonly gid: number } | null;

/** PostgreSQL refuses to run as root: for root this is the account `postgres`, made when missing. */
export async function serverAccount(): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return null;
  const found = await accountIds();
  if (found !== null) return found;
  await run('groupadd', ['--system', 'postgres']).catch(() => undefined);
  await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
  const created = await accountIds();
  if (created === null) throw new Error('The system account "postgres" could not be created.');
  return created;
}

async function accountIds(): Promise<ServerAccount> {
  try {
    const [uid, gid] = await Promise.all([
      run('id', ['-u', 'postgres']),
      run('id', ['-g', 'postgres']),
    ]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/**
 * The first folder on the way to `path` that the account may not enter; null: the way is open.
 * Looks at the permission bits alone.
 */
export async function closedFolder(path: string, account: ServerAccount): Promise<string | null> {
  if (account === null) return null;
  const parent = dirname(path);
  if (parent !== path) {
    const closed = await closedFolder(parent, account);
    if (closed !== null) return closed;
  }
  const { mode, uid, gid } = await stat(path);
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  return (mode & bit) === 0 ? path : null;
}

/**
 * The binaries where the account can run them: in place, or, when the checkout lies in a closed
 * folder such as root's home, a copy in `folder` made once per version.
 */
export async function reachableBinaries(
  binaries: PostgresBinaries,
  account: ServerAccount,
  folder: string,
): Promise<PostgresBinaries> {
  if ((await closedFolder(binaries.root, account)) === null) return binaries;
  const root = join(folder, `postgres-${binaries.version}`);
  const complete = await stat(root).catch(() => null);
  if (complete === null) {
    const copy = `${root}.copy-${process.pid}`;
    await rm(copy, { recursive: true, force: true });
    await mkdir(dirname(copy), { recursive: true });
    await cp(binaries.root, copy, { recursive: true, verbatimSymlinks: true });
    await chmod(copy, 0o755);
    await rename(copy, root).catch(() => rm(copy, { recursive: true, force: true }));
  }
  return { ...binaries, root };
}
