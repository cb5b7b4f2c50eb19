import { setTimeout as pause } from 'node:timers/promises';
import { DelayedError, UnrecoverableError, type Job as QueuedJob } from 'bullmq';
import type { QueueName } from '@nandax/app/jobs.ts';
import {
  JobCannotSucceed,
  JobHeld,
  type ExhaustedHandler,
  type JobConsumers,
  type JobHandlers,
} from '@nandax/app/ports/queue.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { openConsumer, type Consumer, type QueuePlace } from './queue-backend.ts';

export interface JobConsumersOptions {
  readonly place: QueuePlace;
  readonly log: Log;
  /** A job whose worker is silent this long counts as lost and runs again. Default: 10,000 ms. */
  readonly lockDurationMs?: number;
  /** How often lost jobs are looked for. Default: 3,000 ms. */
  readonly stalledIntervalMs?: number;
}

/** Times a job may lose its worker before it counts as one that kills workers. */
const maxLostWorkers = 20;

/** Consumes queues through BullMQ. */
export function createJobConsumers(options: JobConsumersOptions): JobConsumers {
  return {
    consume(queue, handlers, { concurrency, onExhausted }) {
      const log = options.log.child({ queue });
      const worker = openConsumer(options.place, queue, processor(handlers, queue, onExhausted), {
        concurrency,
        lockDuration: options.lockDurationMs ?? 10_000,
        stalledInterval: options.stalledIntervalMs ?? 3_000,
        maxStalledCount: maxLostWorkers,
      });
      worker.on('error', (error) => log.warn({ error }, 'the queue is away'));
      worker.on('failed', (job, error) => {
        log.warn({ jobId: job?.id, attempt: job?.attemptsMade, error }, 'a job failed');
        if (job !== undefined && isLostTooOften(job)) {
          void onExhausted(failureOf(queue, job, error)).catch((cause: unknown) =>
            log.error({ jobId: job.id, error: cause }, 'a lost job could not be recorded'),
          );
        }
      });
      return { queue, close: (timeoutMs) => closeWorker(worker, timeoutMs, log) };
    },
  };
}

type Process = (job: QueuedJob, token: string | undefined, signal?: AbortSignal) => Promise<void>;

function processor(
  handlers: Partial<JobHandlers>,
  queue: QueueName,
  onExhausted: ExhaustedHandler,
): Process {
  // BullMQ hands the signal only to processors that name three parameters.
  return async (job, token, signal) => {
    const handler = handlers[job.name as keyof JobHandlers];
    try {
      if (handler === undefined) {
        throw new JobCannotSucceed(`There is no handler for ${job.name} jobs.`);
      }
      // The name picks the handler, and the producer's types tie the payload to the name.
      await handler(job.data as never, {
        attempt: job.attemptsMade + 1,
        signal: signal ?? new AbortController().signal,
      });
    } catch (error) {
      if (error instanceof JobHeld) {
        // BullMQ counts no attempt here, and keeps the job's place among those of its priority.
        await job.moveToDelayed(error.until.getTime(), token);
        throw new DelayedError(error.message);
      }
      // Recorded before the job counts as failed: a worker that dies in between runs it again.
      const hopeless = error instanceof JobCannotSucceed;
      if (hopeless || job.attemptsMade + 1 >= attemptsOf(job)) {
        await onExhausted(failureOf(queue, job, error));
      }
      throw hopeless ? new UnrecoverableError(error.message) : error;
    }
  };
}

/** BullMQ fails such a job itself, before any processor sees it. */
function isLostTooOften(job: QueuedJob): boolean {
  return Boolean(job.deferredFailure);
}

function attemptsOf(job: QueuedJob): number {
  return job.opts.attempts ?? 1;
}

function failureOf(
  queue: QueueName,
  job: QueuedJob,
  error: unknown,
): Parameters<ExhaustedHandler>[0] {
  return {
    queue,
    jobId: job.id ?? '',
    name: job.name,
    payload: job.data as unknown,
    reason: error instanceof Error ? error.message : String(error),
    attempts: Math.min(job.attemptsMade + 1, attemptsOf(job)),
  };
}

/**
 * Drains within the time given; then the running jobs are told to stop and left behind, to run
 * again elsewhere. BullMQ's own close knows no end.
 */
async function closeWorker(worker: Consumer, timeoutMs: number, log: Log): Promise<void> {
  const timer = new AbortController();
  const closed = worker.close().then(() => true);
  const late = pause(timeoutMs, false, { signal: timer.signal }).catch(() => false);
  const drained = await Promise.race([closed, late]);
  timer.abort();
  if (drained) return;
  log.warn({ timeoutMs }, 'jobs were left unfinished and will run again');
  worker.cancelAllJobs('the worker is stopping');
  await Promise.race([closed, pause(1_000)]);
  await worker.disconnect().catch(() => undefined);
}
