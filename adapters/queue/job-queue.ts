import { setTimeout as pause } from 'node:timers/promises';
import { queueNames, type Job, type QueueName } from '@nandax/app/jobs.ts';
import type { JobQueue } from '@nandax/app/ports/queue.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { openProducer, type Producer, type QueuePlace } from './queue-backend.ts';

export interface JobQueueOptions {
  readonly place: QueuePlace;
  readonly log: Log;
  /** First pause before a second attempt, doubled before each further one. Default: 1,000 ms. */
  readonly retryDelayMs?: number;
  /** Time after which adding a job fails. Default: 5,000 ms. */
  readonly addTimeoutMs?: number;
}

/** A finished job keeps its id taken for an hour, as far as the newest thousand go. */
const keepCompleted = { age: 3_600, count: 1_000 };
/** A failed job stays a week for whoever looks into it. */
const keepFailed = { age: 7 * 24 * 3_600, count: 5_000 };

/** A lower number is taken first, also of jobs that were held; equals are taken as they came. */
const priorities = { EXIT: 1, ENTRY: 2 } as const;

/** Adds jobs through BullMQ: three attempts each, with exponential pauses. Queues open on first use. */
export function createJobQueue(options: JobQueueOptions): JobQueue {
  const producers = new Map<QueueName, Producer>();
  const producer = (name: QueueName): Producer => {
    const open = producers.get(name) ?? openProducer(options.place, name);
    if (!producers.has(name)) {
      open.on('error', (error) => options.log.warn({ queue: name, error }, 'the queue is away'));
      producers.set(name, open);
    }
    return open;
  };
  const timeoutMs = options.addTimeoutMs ?? 5_000;
  const add = async (job: Job) => {
    const added = producer(job.queue).add(job.name, job.payload, {
      jobId: job.id,
      attempts: 3,
      ...(job.queue === 'trading' ? { priority: priorities[job.traffic ?? 'ENTRY'] } : {}),
      backoff: { type: 'exponential', delay: options.retryDelayMs ?? 1_000 },
      removeOnComplete: keepCompleted,
      removeOnFail: keepFailed,
    });
    await within(timeoutMs, added, `The queue "${job.queue}" did not take ${job.id} in time.`);
  };
  return {
    add,
    async addAgain(job) {
      const forgotten = forget(producer(job.queue), job.id);
      const late = `The queue "${job.queue}" did not answer in time.`;
      if (!(await within(timeoutMs, forgotten, late))) return false;
      await add(job);
      return true;
    },
    async close() {
      await Promise.all(
        queueNames.map((name) =>
          within(timeoutMs, producers.get(name)?.close() ?? Promise.resolve(), 'close').catch(
            (error: unknown) => options.log.warn({ queue: name, error }, 'the queue did not close'),
          ),
        ),
      );
    },
  };
}

/** A kept job holds its id; one that has ended gives it free. False while it runs. */
async function forget(queue: Producer, jobId: string): Promise<boolean> {
  const state = await queue.getJobState(jobId);
  if (state === 'failed' || state === 'completed') await queue.remove(jobId);
  return state !== 'active';
}

/** BullMQ waits without end for a store that is away; whoever adds a job has better things to do. */
async function within<T>(ms: number, work: Promise<T>, message: string): Promise<T> {
  const timer = new AbortController();
  work.catch(() => undefined);
  const late = pause(ms, undefined, { signal: timer.signal }).then((): never => {
    throw new Error(message);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}
