import type { Job } from '../jobs.ts';

/** How a job that used up its attempts stands; what each means stands in the contract. */
export type JobFailureStatus = 'WAITING' | 'RETRY_REQUESTED' | 'RETRIED' | 'DISCARDED';

/** A job that used up its attempts, as it is written down. */
export interface NewJobFailure {
  readonly id: string;
  readonly queue: string;
  readonly jobId: string;
  readonly name: string;
  readonly payload: unknown;
  readonly reason: string;
  readonly attempts: number;
  readonly failedAt: Date;
}

/** A failed job as use-cases decide on it. */
export interface JobFailureRecord {
  readonly id: string;
  readonly status: JobFailureStatus;
  /** The job as it was queued. */
  readonly job: Job;
}

/** Failed jobs within a transaction. */
export interface JobFailureRows {
  insert(failure: NewJobFailure): Promise<void>;
  /** Locks one to the commit; null where there is none. */
  lock(id: string): Promise<JobFailureRecord | null>;
  /** Takes up to `limit` of those to be run again, oldest first, skipping those another holds. */
  takeRequested(limit: number): Promise<readonly JobFailureRecord[]>;
  save(id: string, status: JobFailureStatus, decidedAt: Date): Promise<void>;
}
