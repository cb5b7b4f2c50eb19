import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A process whose every word, on both outputs, is kept. */
export interface SpokenProcess {
  readonly said: () => string;
  /** Resolves when it has said this; rejects when it ended before. */
  until(words: string): Promise<void>;
  /** Resolves at its end, stopped gently where it does not end by itself. */
  stop(): Promise<void>;
  /** Resolves when it ended by itself. */
  ended(): Promise<void>;
}

/** Starts `api/main.ts` or another entry under these variables and no others of NandaX. */
export function startSpokenProcess(
  entry: string,
  variables: Readonly<Record<string, string>>,
): SpokenProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', entry], {
    env: { ...process.env, DIRECT_URL: '', REDIS_URL: '', ...variables },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const closed = once(child, 'close');
  let said = '';
  const listeners = new Set<() => void>();
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (words: Buffer) => {
      said += words.toString();
      for (const listener of listeners) listener();
    });
  }
  return {
    said: () => said,
    until: (words) => waitFor(child, () => said, listeners, words),
    async stop() {
      child.kill('SIGTERM');
      await closed;
    },
    async ended() {
      await closed;
    },
  };
}

function waitFor(
  child: ChildProcess,
  said: () => string,
  listeners: Set<() => void>,
  words: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      listeners.delete(look);
      child.off('close', gone);
      end();
    };
    const look = () => {
      if (said().includes(words)) settle(resolve);
    };
    const gone = () =>
      settle(() => reject(new Error(`it ended before it said: ${words}\n${said()}`)));
    listeners.add(look);
    child.once('close', gone);
    look();
  });
}
