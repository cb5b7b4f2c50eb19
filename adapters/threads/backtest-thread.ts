import { parentPort } from 'node:worker_threads';
import { examineOrder } from '@nandax/app/backtests/examine-order.ts';
import { reportBacktest } from '@nandax/app/backtests/report-backtest.ts';
import { threadInput } from './start-thread.ts';
import type { BacktestThreadData, BacktestThreadMessage } from './thread-backtest-runner.ts';

const tell = (message: BacktestThreadMessage): void => parentPort?.postMessage(message);

const data = threadInput() as BacktestThreadData;
const outcome =
  data.task === 'EXAMINE'
    ? examineOrder(data.asked)
    : reportBacktest(data.order, (percent) => tell({ kind: 'progress', percent }));
tell({ kind: 'done', outcome });
