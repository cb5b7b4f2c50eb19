import { Worker, workerData } from 'node:worker_threads';

interface ThreadData {
  /** Address of the TypeScript file to run. */
  readonly file: string;
  readonly input: unknown;
}

const entry = new URL('./thread-entry.mjs', import.meta.url);

/** Runs a TypeScript file in a worker thread of its own; it finds `input` by `threadInput`. */
export function startThread(file: URL, input: unknown): Worker {
  const data: ThreadData = { file: file.href, input };
  return new Worker(entry, { workerData: data, execArgv: [] });
}

/** Within a thread: the input it was started with. */
export function threadInput(): unknown {
  return (workerData as ThreadData).input;
}
