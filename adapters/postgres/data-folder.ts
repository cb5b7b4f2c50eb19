import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The folder that holds all state of this installation: `home` when given (NANDAX_HOME), else for
 * root a system data folder (root's home is closed to the account PostgreSQL runs as), else
 * `.nandax` in the user's home.
 */
export function dataFolder(home: string | undefined): string {
  if (home !== undefined) return resolve(home);
  return process.getuid?.() === 0 ? '/var/lib/nandax' : join(homedir(), '.nandax');
}

/** Makes the data folder: private, but open to pass through for the account PostgreSQL runs as. */
export async function makeDataFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
}

/**
 * A secret kept in the data folder, readable by its owner only, minted on first use. It appears
 * under its name only when complete, so that neither a power cut nor a second process that mints
 * at the same time leaves half a secret.
 */
export function keptSecret(folder: string, name: string, bytes = 32): Promise<string> {
  return keptText(folder, name, () => randomBytes(bytes).toString('base64url'));
}

/** As `keptSecret`, of the caller's own making. */
export async function keptText(folder: string, name: string, mint: () => string): Promise<string> {
  const path = join(folder, name);
  const kept = await readFile(path, 'utf8').catch(ifMissing(null));
  if (kept !== null) return kept.trim();
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${mint().trim()}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await link(draft, path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return (await readFile(path, 'utf8')).trim();
}

function ifMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return value;
    throw error;
  };
}
