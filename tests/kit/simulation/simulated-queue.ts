import type { Job } from '@nandax/app/jobs.ts';
import { JobHeld, type JobQueue } from '@nandax/app/ports/queue.ts';
import type { Scheduler, SimulatedProcess } from './scheduler.ts';

interface QueuedJob {
  readonly job: Job;
  state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';
  attempts: number;
  /** Virtual time from which on it may run. */
  notBefore: number;
  worker: SimulatedProcess | null;
}

/** Attempts, first pause and lock, as adapters/queue sets them. */
const maxAttempts = 3;
const firstPauseMs = 1_000;
const lockMs = 10_000;

/** A queue with BullMQ's manners: an id once, three attempts, a lost worker's job runs again. */
export class SimulatedQueue {
  readonly #jobs = new Map<string, QueuedJob>();

  constructor(private readonly scheduler: Scheduler) {}

  /** The adding side, as a process sees it. */
  connect(process: SimulatedProcess): JobQueue {
    return {
      add: async (job) => {
        await this.scheduler.turn(process);
        if (this.#jobs.has(job.id)) return;
        this.#jobs.set(job.id, {
          job,
          state: 'WAITING',
          attempts: 0,
          notBefore: 0,
          worker: null,
        });
      },
      // Nobody retries by hand in a simulated day.
      addAgain: () => Promise.reject(new Error('a simulated queue adds no job again')),
      close: () => Promise.resolve(),
    };
  }

  /** Takes jobs one after the other for as long as the process lives. */
  async consume(
    process: SimulatedProcess,
    handle: (job: Job, attempt: number) => Promise<void>,
    onExhausted: (job: Job, error: unknown) => Promise<void>,
  ): Promise<void> {
    for (;;) {
      await this.scheduler.until(process, () => this.#next() !== null);
      const taken = this.#next();
      if (taken === null) continue;
      taken.state = 'RUNNING';
      taken.worker = process;
      taken.attempts += 1;
      try {
        await handle(taken.job, taken.attempts);
        await this.scheduler.turn(process);
        taken.state = 'DONE';
      } catch (error) {
        if (error instanceof JobHeld) {
          taken.attempts -= 1;
          taken.state = 'WAITING';
          taken.notBefore = error.until.getTime();
          continue;
        }
        const exhausted = taken.attempts >= maxAttempts;
        if (exhausted) await onExhausted(taken.job, error);
        taken.state = exhausted ? 'FAILED' : 'WAITING';
        taken.notBefore = this.scheduler.now + firstPauseMs * 2 ** (taken.attempts - 1);
      }
    }
  }

  /** A lost worker is no attempt; its jobs wait until their lock has run out. */
  abandon(process: SimulatedProcess): void {
    for (const job of this.#jobs.values()) {
      if (job.worker !== process || job.state !== 'RUNNING') continue;
      job.state = 'WAITING';
      job.attempts -= 1;
      job.notBefore = this.scheduler.now + lockMs;
    }
  }

  #next(): QueuedJob | null {
    for (const job of this.#jobs.values()) {
      if (job.state === 'WAITING' && job.notBefore <= this.scheduler.now) return job;
    }
    return null;
  }
}
