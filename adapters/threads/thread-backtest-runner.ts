import type { Worker } from 'node:worker_threads';
import type { Result } from '@nandax/core/result.ts';
import type {
  AskedExamination,
  BacktestOrder,
  BacktestReport,
  BacktestRunner,
} from '@nandax/app/ports/backtest-runner.ts';
import type { BiasReportView } from '@nandax/app/views/strategy.ts';
import { startThread } from './start-thread.ts';

/** What the thread is asked. */
export type BacktestThreadData =
  | { readonly task: 'RUN'; readonly order: BacktestOrder }
  | { readonly task: 'EXAMINE'; readonly asked: AskedExamination };

/** What the thread says. */
export type BacktestThreadMessage<Outcome = unknown> =
  | { readonly kind: 'progress'; readonly percent: number }
  | { readonly kind: 'done'; readonly outcome: Outcome };

const threadFile = new URL('./backtest-thread.ts', import.meta.url);

/** Runs each backtest in a worker thread of its own; aborting one ends its thread at once. */
export function threadBacktestRunner(): BacktestRunner {
  const threads = new Set<Worker>();
  const start = <Outcome>(
    data: BacktestThreadData,
    onProgress: (percent: number) => void,
    signal: AbortSignal,
  ): Promise<Outcome> => {
    const thread = startThread(threadFile, data);
    threads.add(thread);
    return follow<Outcome>(thread, onProgress, signal).finally(async () => {
      threads.delete(thread);
      await thread.terminate();
    });
  };
  return {
    run: (order, { onProgress, signal }) =>
      start<Result<BacktestReport, string>>({ task: 'RUN', order }, onProgress, signal),
    examine: (asked, { signal }) =>
      start<Result<BiasReportView, string>>({ task: 'EXAMINE', asked }, () => undefined, signal),
    async close() {
      await Promise.all([...threads].map((thread) => thread.terminate()));
    },
  };
}

function follow<Outcome>(
  thread: Worker,
  onProgress: (percent: number) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    thread.on('message', (message: BacktestThreadMessage<Outcome>) => {
      if (message.kind === 'progress') onProgress(message.percent);
      else resolve(message.outcome);
    });
    thread.on('error', reject);
    thread.on('exit', (code) => reject(new Error(`the backtest's thread ended with ${code}`)));
  });
}
