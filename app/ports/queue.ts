import type { Job, JobName, JobOf, QueueName } from '../jobs.ts';

/** Adds jobs. Adding a job whose id is already waiting, running or kept does nothing. */
export interface JobQueue {
  add(job: Job): Promise<void>;
  /**
   * Sees to it that a job that has ended runs once more, with all its attempts. False: it is running
   * just now, so try again when that is over.
   */
  addAgain(job: Job): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Thrown by a handler whose job can never succeed, so that repeating it is no use: it counts as
 * exhausted at once.
 */
export class JobCannotSucceed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'JobCannotSucceed';
  }
}

/**
 * Thrown by a handler whose job is to wait: it runs again at `until`, in the order of the waiting
 * jobs, and uses up no attempt.
 */
export class JobHeld extends Error {
  constructor(
    readonly until: Date,
    message: string,
  ) {
    super(message);
    this.name = 'JobHeld';
  }
}

/** Runs one job. It may run twice for one job (a stalled one), so it must be safe to repeat. */
export type JobHandler<N extends JobName> = (
  payload: JobOf<N>['payload'],
  context: { readonly attempt: number; readonly signal: AbortSignal },
) => Promise<void>;

export type JobHandlers = { readonly [N in JobName]: JobHandler<N> };

/** A running consumer of one queue. */
export interface JobConsumer {
  readonly queue: QueueName;
  /** Stops taking jobs and waits for the running ones, at most `timeoutMs`. */
  close(timeoutMs: number): Promise<void>;
}

/** Consumes queues; a job that used up its attempts is handed to `onExhausted` once. */
export interface JobConsumers {
  consume(
    queue: QueueName,
    handlers: Partial<JobHandlers>,
    options: { readonly concurrency: number; readonly onExhausted: ExhaustedHandler },
  ): JobConsumer;
}

export type ExhaustedHandler = (failure: {
  readonly queue: QueueName;
  readonly jobId: string;
  readonly name: string;
  readonly payload: unknown;
  readonly reason: string;
  readonly attempts: number;
}) => Promise<void>;
