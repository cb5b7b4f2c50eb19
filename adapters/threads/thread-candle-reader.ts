import type { CandleColumns } from '@nandax/core/market/candles.ts';
import type { CsvFailure } from '@nandax/core/market/csv-failure.ts';
import type { Result } from '@nandax/core/result.ts';
import type { CandleFileReader } from '@nandax/app/ports/market-data.ts';
import { startThread } from './start-thread.ts';

/** What the thread answers. */
export type CandleFileOutcome = Result<CandleColumns, readonly CsvFailure[]>;

const threadFile = new URL('./candle-thread.ts', import.meta.url);

/** Reads each file in a worker thread of its own, so that a large one does not hold up the process. */
export const threadCandleReader: CandleFileReader = {
  read: (content) =>
    new Promise<CandleFileOutcome>((resolve, reject) => {
      const thread = startThread(threadFile, content);
      thread.on('message', resolve);
      thread.on('error', reject);
      thread.on('exit', (code) => reject(new Error(`the reader's thread ended with ${code}`)));
    }),
};
