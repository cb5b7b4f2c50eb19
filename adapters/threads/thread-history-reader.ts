import type { CsvFailure } from '@nandax/core/market/csv-failure.ts';
import type { Result } from '@nandax/core/result.ts';
import type { HistoryFile, HistoryFileReader } from '@nandax/app/ports/market-data.ts';
import { startThread } from './start-thread.ts';

const threadFile = new URL('./history-file-thread.ts', import.meta.url);

/** Reads each file in a worker thread of its own, so that a large one does not hold up the process. */
export const threadHistoryReader: HistoryFileReader = {
  read: (content) =>
    new Promise<Result<HistoryFile, readonly CsvFailure[]>>((resolve, reject) => {
      const thread = startThread(threadFile, content);
      thread.on('message', resolve);
      thread.on('error', reject);
      thread.on('exit', (code) => reject(new Error(`the reader's thread ended with ${code}`)));
    }),
};
