import type { Worker } from 'node:worker_threads';
import type { Result } from '@nandax/core/result.ts';
import type {
  BacktestOrder,
  BacktestReport,
  BacktestRunner,
} from '@nandax/app/ports/backtest-runner.ts';
import { startThread } from './start-thread.ts';

/** What the thread says. */
export type BacktestThreadMessage =
  | { readonly kind: 'progress'; readonly percent: number }
  | { readonly kind: 'done'; readonly outcome: Result<BacktestReport, string> };

const threadFile = new URL('./backtest-thread.ts', import.meta.url);

/** Runs each backtest in a worker thread of its own; aborting one ends its thread at once. */
export function threadBacktestRunner(): BacktestRunner {
  const threads = new Set<Worker>();
  return {
    run(order, { onProgress, signal }) {
      const thread = startThread(threadFile, order);
      threads.add(thread);
      return follow(thread, onProgress, signal).finally(async () => {
        threads.delete(thread);
        await thread.terminate();
      });
    },
    async close() {
      await Promise.all([...threads].map((thread) => thread.terminate()));
    },
  };
}

function follow(
  thread: Worker,
  onProgress: (percent: number) => void,
  signal: AbortSignal,
): Promise<Result<BacktestReport, string>> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    thread.on('message', (message: BacktestThreadMessage) => {
      if (message.kind === 'progress') onProgress(message.percent);
      else resolve(message.outcome);
    });
    thread.on('error', reject);
    thread.on('exit', (code) => reject(new Error(`the backtest's thread ended with ${code}`)));
  });
}

/** The order as the thread receives it. */
export type BacktestThreadData = BacktestOrder;
