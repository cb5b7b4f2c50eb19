import { parentPort } from 'node:worker_threads';
import { reportBacktest } from '@nandax/app/backtests/report-backtest.ts';
import { threadInput } from './start-thread.ts';
import type { BacktestThreadData, BacktestThreadMessage } from './thread-backtest-runner.ts';

const tell = (message: BacktestThreadMessage): void => parentPort?.postMessage(message);

const outcome = reportBacktest(threadInput() as BacktestThreadData, (percent) =>
  tell({ kind: 'progress', percent }),
);
tell({ kind: 'done', outcome });
