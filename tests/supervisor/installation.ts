import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@nandax/adapters/postgres/free-port.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One data folder, on which the supervisor is started and ended as a person would. */
export class Installation {
  readonly home = mkdtempSync(join(tmpdir(), 'nandax-supervisor-'));
  #ports: readonly [number, number] | undefined;

  async start(variables: Readonly<Record<string, string>> = {}): Promise<Started> {
    this.#ports ??= [await freePort(), await freePort()];
    const [web, api] = this.#ports;
    const supervisor = spawn(process.execPath, ['--import', 'tsx', 'cli/start.ts'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NANDAX_HOME: this.home,
        PORT: String(web),
        API_PORT: String(api),
        DATABASE_URL: '',
        REDIS_URL: '',
        ...variables,
      },
    });
    return new Started(supervisor, { web, api });
  }

  /** Every process that belongs to this data folder: ours by their environment, the server's too. */
  processes(): number[] {
    return readdirSync('/proc').flatMap((entry) => {
      const pid = Number(entry);
      if (Number.isNaN(pid) || pid === process.pid) return [];
      return contentOf(`/proc/${entry}/environ`).includes(`NANDAX_HOME=${this.home}\0`) ||
        contentOf(`/proc/${entry}/cmdline`).includes(this.home)
        ? [pid]
        : [];
    });
  }

  /** As a power cut does: everything, at once. */
  killEverything(): void {
    for (const pid of this.processes()) process.kill(pid, 'SIGKILL');
  }

  async remove(): Promise<void> {
    this.killEverything();
    await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A supervisor that was started, with what it said so far. */
export class Started {
  readonly supervisor: ChildProcess;
  readonly ports: { readonly web: number; readonly api: number };
  #said = '';
  #heard: (() => void)[] = [];

  constructor(supervisor: ChildProcess, ports: Started['ports']) {
    this.supervisor = supervisor;
    this.ports = ports;
    for (const stream of [supervisor.stdout, supervisor.stderr]) {
      stream?.on('data', (words: Buffer) => {
        this.#said += words.toString();
        for (const wake of this.#heard.splice(0)) wake();
      });
    }
    supervisor.once('exit', () => {
      for (const wake of this.#heard.splice(0)) wake();
    });
  }

  get said(): string {
    return this.#said;
  }

  /** Resolves when it said so; rejects when it ended without. */
  async says(words: RegExp): Promise<string> {
    for (;;) {
      if (words.test(this.#said)) return this.#said;
      if (this.supervisor.exitCode !== null || this.supervisor.signalCode !== null) {
        throw new Error(`It ended without saying ${String(words)}. It said:\n${this.#said}`);
      }
      await new Promise<void>((wake) => this.#heard.push(wake));
    }
  }

  ready(): Promise<string> {
    return this.says(/NandaX is ready/);
  }

  /** Its exit code, once it has ended and all its words are read. */
  async ended(): Promise<number | null> {
    if (this.supervisor.exitCode === null && this.supervisor.signalCode === null) {
      await once(this.supervisor, 'close');
    }
    return this.supervisor.exitCode;
  }
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
