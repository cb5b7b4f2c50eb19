import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { testKeyRing } from '../setup/accounts.ts';
import { testHome } from '../setup/home.ts';
import type { Errand, Report } from './errand.ts';

/** A worker that can be sent to its death. */
export interface DoomedWorker {
  send(errand: Errand): void;
  /** Resolves with true once it has died by its own hand, with false after `patienceMs`. */
  died(patienceMs: number): Promise<boolean>;
  /** SIGKILL from outside, if it still lives. */
  kill(): Promise<void>;
}

/** Starts one; resolves when it waits for its errand. */
export async function startDoomedWorker(
  where: {
    readonly databaseUrl: string;
    readonly redisUrl: string | undefined;
    readonly brokerUrl: string;
  },
  hear: (report: Report) => void,
): Promise<DoomedWorker> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/crash/doomed-worker.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: where.databaseUrl,
      REDIS_URL: where.redisUrl ?? '',
      BROKER_URL: where.brokerUrl,
      NANDAX_KEY_RING: testKeyRing,
      NANDAX_HOME: testHome,
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  child.on('message', (report: Report) => {
    if ('ready' in report) ready();
    else hear(report);
  });
  const early = exit.then(([code]) => {
    throw new Error(`the worker ended with ${String(code)} before it was ready`);
  });
  early.catch(() => undefined);
  await Promise.race([isReady, early]);
  return {
    send: (errand) => void child.send(errand),
    async died(patienceMs) {
      const timer = new AbortController();
      const late = once(timer.signal, 'abort').then(() => null);
      const handle = setTimeout(() => timer.abort(), patienceMs);
      const ended = await Promise.race([exit, late]);
      clearTimeout(handle);
      if (ended === null) return false;
      const [code, signal] = ended;
      if (signal !== 'SIGKILL') throw new Error(`the worker ended with ${String(code)}`);
      return true;
    },
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}
