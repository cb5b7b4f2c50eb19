import type { Job } from '@nandax/app/jobs.ts';
import type { EventDraft, EventRows, UnpublishedEvent } from '@nandax/app/ports/events.ts';
import type { TransactionClient } from './transaction-client.ts';

/** Postgres partitions Event by range of occurredAt, so a row is found by all three key columns. */
interface EventKeyRow {
  readonly userId: string;
  readonly sequence: bigint;
  readonly occurredAt: Date;
  readonly job: Job | null;
}

/** Numbers drafts with the user's sequence and writes them; the user's counter stays locked. */
export async function appendEvents(
  client: TransactionClient,
  userId: string,
  drafts: readonly EventDraft[],
  occurredAt: Date,
): Promise<void> {
  const written = await client.$executeRaw`
    WITH counter AS (
      UPDATE "EventCounter" SET "sequence" = "sequence" + ${drafts.length}
      WHERE "userId" = ${userId}::uuid RETURNING "sequence" - ${drafts.length} AS "before")
    INSERT INTO "Event"
      ("userId", "sequence", "occurredAt", "topic", "type", "subjectId", "payload", "job")
    SELECT ${userId}::uuid, counter."before" + draft."number", ${occurredAt},
      draft."topic"::"EventTopic", draft."type", draft."subjectId", draft."payload", draft."job"
    FROM counter, unnest(
      ${drafts.map(({ topic }) => topic)}::text[],
      ${drafts.map(({ type }) => type)}::text[],
      ${drafts.map(({ subjectId }) => subjectId)}::uuid[],
      ${drafts.map(({ payload }) => JSON.stringify(payload))}::jsonb[],
      ${drafts.map(({ job }) => (job === undefined ? null : JSON.stringify(job)))}::jsonb[]
    ) WITH ORDINALITY AS draft("topic", "type", "subjectId", "payload", "job", "number")`;
  if (written !== drafts.length) throw new Error(`User ${userId} has no counter of events.`);
}

/** The outbox on Prisma; `append` is when a transaction's drafts are written, see `withLastWrites`. */
export function eventRows(client: TransactionClient, append: EventRows['append']): EventRows {
  return {
    append,

    async takeUnpublished(limit: number): Promise<readonly UnpublishedEvent[]> {
      return client.$queryRaw<EventKeyRow[]>`
        SELECT "userId", "sequence", "occurredAt", "job" FROM "Event"
        WHERE "publishedAt" IS NULL
        ORDER BY "occurredAt", "sequence"
        LIMIT ${limit}
        FOR UPDATE SKIP LOCKED`;
    },

    async markPublished(events: readonly UnpublishedEvent[], at: Date): Promise<void> {
      if (events.length === 0) return;
      await client.$executeRaw`
        UPDATE "Event" SET "publishedAt" = ${at}
        FROM unnest(
          ${events.map(({ userId }) => userId)}::uuid[],
          ${events.map(({ sequence }) => sequence)}::bigint[],
          ${events.map(({ occurredAt }) => occurredAt)}::timestamptz[]
        ) AS left_now("userId", "sequence", "occurredAt")
        WHERE "Event"."userId" = left_now."userId"
          AND "Event"."sequence" = left_now."sequence"
          AND "Event"."occurredAt" = left_now."occurredAt"`;
    },
  };
}
