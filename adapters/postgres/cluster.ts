import { spawn } from 'node:child_process';
import { chown, mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { program, type PostgresBinaries } from './binaries.ts';
import type { ServerAccount } from './server-account.ts';

/** One PostgreSQL data directory and how to run it. */
export interface Cluster {
  /** Folder that belongs to the server's account; holds `data/` and `server.log`. */
  readonly folder: string;
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount;
  /** Password of the superuser `nandax`. */
  readonly password: string;
  /** False: commits may be lost at a power cut. For tests only. */
  readonly durable: boolean;
}

/** What a running server wrote about itself. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

export const superuser = 'nandax';

export function clusterDirectory(cluster: Cluster): string {
  return join(cluster.folder, 'data');
}

/**
 * Makes the data directory when there is none. It is made aside and renamed, so that an interrupted
 * start, or two at once, never leave half of one.
 */
export async function initialiseCluster(cluster: Cluster): Promise<void> {
  await mkdir(cluster.folder, { recursive: true, mode: 0o700 });
  if (cluster.account !== null) {
    await chown(cluster.folder, cluster.account.uid, cluster.account.gid);
  }
  if (await isInitialised(cluster)) return;
  const draft = await mkdtemp(join(cluster.folder, 'initialising-'));
  const data = join(draft, 'data');
  const passwordFile = join(draft, 'password');
  await writeFile(passwordFile, `${cluster.password}\n`, { mode: 0o600 });
  if (cluster.account !== null) {
    const { uid, gid } = cluster.account;
    await Promise.all([chown(draft, uid, gid), chown(passwordFile, uid, gid)]);
  }
  try {
    await runProgram(cluster, 'initdb', [
      `--pgdata=${data}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      ...(cluster.durable ? [] : ['--no-sync']),
    ]);
    await rename(data, clusterDirectory(cluster));
  } catch (error) {
    if (!(await isInitialised(cluster))) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function isInitialised(cluster: Cluster): Promise<boolean> {
  return readFile(join(clusterDirectory(cluster), 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

/**
 * Starts the server on a free port of the loopback interface, the preferred one if it is free, and resolves when it accepts
 * connections. `pg_ctl` gives it a session of its own: no terminal's Ctrl-C and no death of ours
 * reaches it.
 */
export async function startServer(cluster: Cluster, preferredPort?: number): Promise<void> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(await freePort(preferredPort)),
    unix_socket_directories: '',
    // Several test files share one server, each with processes of an installation.
    max_connections: cluster.durable ? '200' : '400',
    log_min_messages: 'warning',
    timezone: 'UTC',
    ...(cluster.durable
      ? {}
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  await runProgram(cluster, 'pg_ctl', [
    'start',
    '--pgdata',
    clusterDirectory(cluster),
    '--log',
    join(cluster.folder, 'server.log'),
    '--wait',
    '--timeout',
    '60',
    '--silent',
    '--options',
    options.join(' '),
  ]);
}

/**
 * Stops the server and waits for its end. `fast` ends sessions and writes a checkpoint; `immediate`
 * is a power cut by hand, mended at the next start.
 */
export async function stopServer(cluster: Cluster, mode: 'fast' | 'immediate'): Promise<void> {
  await runProgram(cluster, 'pg_ctl', [
    'stop',
    '--pgdata',
    clusterDirectory(cluster),
    '--mode',
    mode,
    '--wait',
    '--timeout',
    '30',
    '--silent',
  ]);
}

/** What `postmaster.pid` says: pid on line 1, port on line 4. Null: no server, or one just starting. */
export async function readServer(cluster: Cluster): Promise<RunningServer | null> {
  const text = await readFile(pidFile(cluster), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return pid > 0 && port > 0 ? { pid, port } : null;
}

/**
 * Removes a `postmaster.pid` whose process is gone, or whose number now belongs to another
 * program: PostgreSQL itself refuses to start in the second case.
 */
export async function removeStalePid(cluster: Cluster): Promise<void> {
  const text = await readFile(pidFile(cluster), 'utf8').catch(() => null);
  if (text === null) return;
  const pid = Number(text.split('\n')[0]);
  if (pid > 0 && isAlive(pid) && (await isPostgres(pid))) return;
  await rm(pidFile(cluster), { force: true });
}

function pidFile(cluster: Cluster): string {
  return join(clusterDirectory(cluster), 'postmaster.pid');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Where the system has no /proc the process counts as PostgreSQL: refusing is better than two
 * servers. A zombie (Z) has ended; a container whose first process collects none keeps it listed.
 */
async function isPostgres(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => `${pid} (postgres) S`);
  return /^\d+ \(postgres\) [^ZX]/.test(stat);
}

/**
 * Runs a bundled program to its end as the server's account. Its words go to a file, since the
 * server inherits them from pg_ctl and a pipe would stay open for the server's life.
 */
async function runProgram(
  cluster: Cluster,
  name: 'initdb' | 'pg_ctl',
  args: readonly string[],
): Promise<void> {
  const words = join(cluster.folder, `${name}.${process.pid}.log`);
  const output = await open(words, 'w', 0o600);
  try {
    const child = spawn(program(cluster.binaries, name), args, {
      cwd: cluster.folder,
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
      windowsHide: true,
      ...cluster.account,
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    if (code === 0) return;
    const said = (await readFile(words, 'utf8')).trim();
    throw new Error(`PostgreSQL's ${name} ended with code ${code ?? 'none'}. ${said}`);
  } finally {
    await output.close();
    await rm(words, { force: true });
  }
}
