import {
  createPostgresBackend,
  Queue,
  withBackend,
  Worker,
  type Job,
  type JobsOptions,
  type Processor,
  type WorkerOptions,
} from 'bullmq';
import type { QueueName } from '@nandax/app/jobs.ts';

/** Where the queues live. */
export type QueuePlace =
  | {
      readonly kind: 'postgres';
      /** A direct connection, not through a pooler: workers wait with LISTEN. */
      readonly connectionString: string;
    }
  | {
      readonly kind: 'redis';
      readonly url: string;
      /** Start of every key. Default: `nandax`. */
      readonly prefix?: string;
    };

/** Where the environment wants the queues: on Redis where it is given, else on PostgreSQL. */
export function queuePlaceOf(options: {
  readonly redisUrl: string | undefined;
  readonly directUrl: string;
}): QueuePlace {
  const { redisUrl, directUrl } = options;
  return redisUrl === undefined
    ? { kind: 'postgres', connectionString: directUrl }
    : { kind: 'redis', url: redisUrl };
}

/** BullMQ's tables stand in a schema of their own, made and migrated by BullMQ itself. */
export const queueSchema = 'nandax_queue';

/** What is used of a BullMQ queue, whatever its backend. */
export interface Producer {
  add(name: string, payload: unknown, options: JobsOptions): Promise<unknown>;
  getJobState(jobId: string): Promise<string>;
  remove(jobId: string): Promise<unknown>;
  close(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What is used of a BullMQ worker, whatever its backend. */
export interface Consumer {
  close(): Promise<void>;
  cancelAllJobs(reason: string): void;
  disconnect(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: Job | undefined, error: Error) => void): unknown;
}

const onPostgres = withBackend(createPostgresBackend);

/** Opens the adding side of a queue; it fails fast while the store is away. */
export function openProducer(place: QueuePlace, name: QueueName): Producer {
  if (place.kind === 'postgres') {
    const { connectionString } = place;
    return new onPostgres.Queue(name, {
      connection: {
        connectionString,
        schema: queueSchema,
        migrate: true,
        max: 4,
        connectionTimeoutMillis: 5_000,
      },
    });
  }
  return new Queue(name, {
    connection: { url: place.url, maxRetriesPerRequest: 1, enableOfflineQueue: false },
    prefix: place.prefix ?? 'nandax',
  });
}

/** Opens the taking side of a queue; it waits for a store that is away and then goes on. */
export function openConsumer(
  place: QueuePlace,
  name: QueueName,
  processor: Processor,
  options: Omit<WorkerOptions, 'connection'> & { readonly concurrency: number },
): Consumer {
  if (place.kind === 'postgres') {
    const { connectionString } = place;
    return new onPostgres.Worker(name, processor, {
      ...options,
      connection: {
        connectionString,
        schema: queueSchema,
        migrate: true,
        max: options.concurrency + 2,
      },
    });
  }
  return new Worker(name, processor, {
    ...options,
    connection: { url: place.url, maxRetriesPerRequest: null },
    prefix: place.prefix ?? 'nandax',
  });
}
