import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rename, stat, type FileHandle } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { childVariables } from '@nandax/adapters/env/environment.ts';
import { rootFolder } from './root.ts';

export interface ChildOptions {
  readonly name: string;
  /** Script, relative to the checkout. */
  readonly script: string;
  /** Asked at each start, since a database that came back may have moved. */
  readonly variables: () => Readonly<Record<string, string | undefined>>;
  /** Where its words go. */
  readonly logFile: string;
  /** Called when it died or came back, in words for the terminal. */
  readonly say: (line: string) => void;
  /**
   * Within which it has to be ready, milliseconds; else it hangs, and is ended. Default: three minutes,
   * since a start takes seconds here and far longer where the processor is slow or shared.
   */
  readonly readyWithinMs?: number;
}

/** Whoever was ready for so long, milliseconds, ran well. */
const ranWellMs = 60_000;
const longestPauseMs = 30_000;
/** Deaths before it was ever ready after which starting it is given up. */
const firstAttempts = 3;
const largestLogBytes = 10_000_000;

/** A process of ours that is started again when it dies. */
export class SupervisedChild {
  readonly #options: ChildOptions;
  readonly #stopping = new AbortController();
  #process: ChildProcess | undefined;
  #loop: Promise<void> | undefined;
  #everReady = false;
  #renewing = false;

  constructor(options: ChildOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Resolves when it is ready for the first time; rejects when it dies again and again before. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#loop = this.#keepRunning(resolve, reject);
    });
  }

  /** Lets the present process drain; the next one begins as soon as it has. */
  restart(): void {
    this.#renewing = true;
    this.#process?.kill('SIGTERM');
  }

  /** Asks it to drain, waits, and ends it by force when that takes too long. */
  async stop(timeoutMs: number): Promise<void> {
    this.#stopping.abort();
    const child = this.#process;
    if (child !== undefined && isRunning(child)) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = new AbortController();
      const late = pause(timeoutMs, 'late', { signal: timer.signal }).catch(() => 'ended');
      if ((await Promise.race([ended, late])) === 'late') {
        this.#options.say(`${this.#options.name} did not stop in time and was ended.`);
        child.kill('SIGKILL');
        await ended;
      }
      timer.abort();
    }
    await this.#loop;
  }

  /** Ends it without asking. */
  kill(): void {
    this.#stopping.abort();
    this.#process?.kill('SIGKILL');
  }

  async #keepRunning(onReady: () => void, onGivenUp: (error: Error) => void): Promise<void> {
    const { name, say } = this.#options;
    this.#stopping.signal.addEventListener('abort', () =>
      onGivenUp(new Error(`${name} was stopped before it was ready.`)),
    );
    for (let deaths = 0; !this.#isStopping();) {
      let readyAt = Infinity;
      const end = await this.#runOnce(() => {
        readyAt = Date.now();
        if (this.#everReady) say(`${name} is back.`);
        this.#everReady = true;
        onReady();
      });
      if (this.#isStopping()) return;
      if (this.#renewing) {
        this.#renewing = false;
        deaths = 0;
        continue;
      }
      // A process that ran well begins with a short pause again; one that hung until it was ended did not.
      deaths = Date.now() - readyAt > ranWellMs ? 1 : deaths + 1;
      if (!this.#everReady && deaths >= firstAttempts) {
        onGivenUp(new Error(`${name} never became ready: it ${end}.\n${await this.#lastWords()}`));
        return;
      }
      const pauseMs = Math.min(250 * 2 ** (deaths - 1), longestPauseMs);
      say(`${name} ${end} and is started again. Its log: ${this.#options.logFile}`);
      await pause(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  /** Runs the process to its end and tells that in words. */
  async #runOnce(onReady: () => void): Promise<string> {
    const { logFile, script, variables, readyWithinMs = 180_000 } = this.#options;
    const log = await openLog(logFile);
    try {
      const child = spawn(process.execPath, ['--import', 'tsx', script], {
        cwd: rootFolder,
        env: childVariables(variables()),
        // A group of its own, so that Ctrl-C reaches it only through us, in our order; when we are
        // killed it sees the channel close and ends by itself.
        detached: true,
        stdio: ['ignore', log.fd, log.fd, 'ipc'],
        windowsHide: true,
      });
      this.#process = child;
      const late = new AbortController();
      const timer = setTimeout(() => {
        late.abort();
        child.kill('SIGKILL');
      }, readyWithinMs);
      child.on('message', (message) => {
        if (!isReady(message)) return;
        clearTimeout(timer);
        onReady();
      });
      const end = await new Promise<string>((resolve) => {
        child.once('error', (error) => resolve(`could not be started (${error.message})`));
        child.once('exit', (code, signal) =>
          resolve(signal === null ? `ended with code ${code ?? 'none'}` : `was ended by ${signal}`),
        );
      });
      clearTimeout(timer);
      return late.signal.aborted
        ? `took more than ${readyWithinMs / 1_000} seconds to be ready`
        : end;
    } finally {
      await log.close();
    }
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #lastWords(): Promise<string> {
    const text = await readFile(this.#options.logFile, 'utf8').catch(() => '');
    return text.trimEnd().split('\n').slice(-25).join('\n');
  }
}

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'ready' in message;
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Opened for appending; one older log is kept. */
async function openLog(path: string): Promise<FileHandle> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > largestLogBytes) await rename(path, `${path}.old`);
  return open(path, 'a', 0o600);
}
