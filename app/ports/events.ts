import type { Job } from '../jobs.ts';

export type EventTopic =
  | 'ORDER'
  | 'TRADE'
  | 'AGENT'
  | 'PORTFOLIO'
  | 'RUN'
  | 'REPLAY'
  | 'NOTIFICATION'
  | 'GTT'
  | 'OPTIMISATION';

/** JSON as the event log keeps it: money and instants as strings. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a transaction has to say to a user, before the log has numbered it. */
export interface EventDraft {
  readonly topic: EventTopic;
  /** What happened, e.g. ORDER_ACCEPTED. */
  readonly type: string;
  /** Id of the row the event is about. */
  readonly subjectId: string;
  /** That row as it is after the event. */
  readonly payload: Json;
  /** A job that must be queued before the event counts as published. */
  readonly job?: Job;
}

/** An event that still has to leave. */
export interface UnpublishedEvent {
  readonly userId: string;
  readonly sequence: bigint;
  readonly occurredAt: Date;
  readonly job: Job | null;
}

/** The event log of a transaction. */
export interface EventRows {
  /**
   * Says something to a user. When the work of the transaction is done the drafts are numbered with
   * the user's gapless sequence, in the order of the calls, and written.
   */
  append(userId: string, drafts: readonly EventDraft[], occurredAt: Date): Promise<void>;
  /** Takes up to `limit` unpublished events, oldest first, skipping those another relay holds. */
  takeUnpublished(limit: number): Promise<readonly UnpublishedEvent[]>;
  markPublished(events: readonly UnpublishedEvent[], at: Date): Promise<void>;
}
