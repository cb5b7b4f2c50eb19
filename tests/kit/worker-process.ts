import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { testKeyRing } from '../setup/accounts.ts';
import { testHome } from '../setup/home.ts';
import type { TradingWorld } from './trading-world.ts';

/** A worker in a process of its own, so that it can be killed like one. */
export interface WorkerProcess {
  /** SIGKILL: nothing is drained, nothing is said. */
  kill(): Promise<void>;
}

/** Starts a worker on the world's database and queue; resolves when it is ready. */
export async function startWorkerProcess(
  world: Pick<TradingWorld, 'database' | 'redisUrl'>,
): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'worker/main.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: world.database.url,
      NANDAX_KEY_RING: testKeyRing,
      NANDAX_HOME: testHome,
      REDIS_URL: world.redisUrl ?? '',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await ready(child);
  return {
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function ready(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the worker ended with ${String(code)} before it was ready`);
  });
  await Promise.race([once(child, 'message'), ended]);
}
