import { Worker } from 'node:worker_threads';

/** A worker thread that runs a TypeScript file, whatever loader this process itself was started with. */
export function startThread(file: URL, workerData: unknown): Worker {
  return new Worker(file, { workerData, execArgv: ['--import', 'tsx'] });
}
