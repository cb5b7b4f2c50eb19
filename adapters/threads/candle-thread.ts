import { parentPort } from 'node:worker_threads';
import { parseKiteCandleCsv } from '@nandax/core/market/kite-candle-csv.ts';
import { threadInput } from './start-thread.ts';
import type { CandleFileOutcome } from './thread-candle-reader.ts';

const outcome: CandleFileOutcome = parseKiteCandleCsv(threadInput() as string);
const columns = outcome.ok ? Object.values(outcome.value) : [];
// The columns move to the reader instead of being copied.
parentPort?.postMessage(
  outcome,
  columns.flatMap((column) =>
    column instanceof Float64Array ? [column.buffer as ArrayBuffer] : [],
  ),
);
