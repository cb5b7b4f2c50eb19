import { parentPort } from 'node:worker_threads';
import { readHistoryFile } from '@nandax/app/market-data/read-history-file.ts';
import { threadInput } from './start-thread.ts';

const outcome = readHistoryFile(threadInput() as string);
const columns = outcome.ok
  ? Object.values(outcome.value.kind === 'CANDLES' ? outcome.value.candles : outcome.value.ticks)
  : [];
// The columns move to the reader instead of being copied.
parentPort?.postMessage(
  outcome,
  columns.flatMap((column) =>
    column instanceof Float64Array ? [column.buffer as ArrayBuffer] : [],
  ),
);
