import { parentPort, workerData } from 'node:worker_threads';
import { reportBacktest } from '@nandax/app/backtests/report-backtest.ts';
import type { BacktestThreadData, BacktestThreadMessage } from './thread-backtest-runner.ts';

const tell = (message: BacktestThreadMessage): void => parentPort?.postMessage(message);

const outcome = reportBacktest(workerData as BacktestThreadData, (percent) =>
  tell({ kind: 'progress', percent }),
);
tell({ kind: 'done', outcome });
