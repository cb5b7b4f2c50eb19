import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { TrialPool, TrialThreads } from '@nandax/app/ports/trial-threads.ts';
import { sharedProblem, type BarsProblem } from '@nandax/core/optimise/over-bars/bars-problem.ts';
import type { WalkForwardResult } from '@nandax/core/optimise/over-bars/walk-forward.ts';
import type { Point } from '@nandax/core/optimise/search-space.ts';
import type { Trial } from '@nandax/core/optimise/trial.ts';
import type { Stretch, WalkForwardWindow } from '@nandax/core/optimise/walk-forward-windows.ts';
import { startThread } from './start-thread.ts';

/** What a thread is started with: the problem, its columns in shared memory. */
export type TrialThreadData = BarsProblem;

/** What a thread is asked for, one thing at a time. */
export type TrialRequest =
  | { readonly kind: 'trials'; readonly stretch: Stretch; readonly points: readonly Point[] }
  | {
      readonly kind: 'walk-forward';
      readonly windows: readonly WalkForwardWindow[];
      readonly best: readonly (Trial | null)[];
    };

const threadFile = new URL('./trial-thread.ts', import.meta.url);

/** Tries parameters in worker threads that share one copy of the bars. */
export function threadTrials(): TrialThreads {
  const pools = new Set<ThreadPool>();
  return {
    start(problem, threads = availableParallelism()) {
      const pool = new ThreadPool(sharedProblem(problem), threads, () => pools.delete(pool));
      pools.add(pool);
      return pool;
    },
    async close() {
      await Promise.all([...pools].map((pool) => pool.close()));
    },
  };
}

interface Waiting {
  readonly request: TrialRequest;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: Error) => void;
}

class ThreadPool implements TrialPool {
  readonly threads: number;
  readonly #workers: readonly Worker[];
  readonly #free: Worker[];
  readonly #busy = new Map<Worker, Waiting>();
  readonly #queue: Waiting[] = [];
  readonly #onClose: () => void;
  /** Why nothing more is tried; null: all is well. */
  #ended: Error | null = null;

  constructor(problem: BarsProblem, threads: number, onClose: () => void) {
    this.threads = threads;
    this.#onClose = onClose;
    this.#workers = Array.from({ length: threads }, () => startThread(threadFile, problem));
    this.#free = [...this.#workers];
    for (const worker of this.#workers) {
      worker.on('message', (answer: unknown) => {
        const done = this.#busy.get(worker);
        this.#busy.delete(worker);
        this.#free.push(worker);
        done?.resolve(answer);
        this.#send();
      });
      worker.on('error', (error) => this.#end(error));
      worker.on('exit', (code) => this.#end(new Error(`a thread of trials ended with ${code}`)));
    }
  }

  try(stretch: Stretch, points: readonly Point[]): ReturnType<TrialPool['try']> {
    return this.#ask({ kind: 'trials', stretch, points });
  }

  walkForward(
    windows: readonly WalkForwardWindow[],
    best: readonly (Trial | null)[],
  ): Promise<WalkForwardResult> {
    return this.#ask({ kind: 'walk-forward', windows, best });
  }

  async close(): Promise<void> {
    this.#onClose();
    this.#end(new Error('the threads of trials were closed'));
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #ask<T>(request: TrialRequest): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#ended !== null) {
        reject(this.#ended);
        return;
      }
      this.#queue.push({ request, resolve: resolve as (answer: unknown) => void, reject });
      this.#send();
    });
  }

  #send(): void {
    while (this.#queue.length > 0) {
      const worker = this.#free.shift();
      if (worker === undefined) return;
      const waiting = this.#queue.shift() as Waiting;
      this.#busy.set(worker, waiting);
      worker.postMessage(waiting.request);
    }
  }

  #end(reason: Error): void {
    if (this.#ended !== null) return;
    this.#ended = reason;
    for (const { reject } of [...this.#busy.values(), ...this.#queue]) reject(reason);
    this.#busy.clear();
    this.#queue.length = 0;
  }
}
