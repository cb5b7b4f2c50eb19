import type { Job } from '@nandax/app/jobs.ts';
import type { EventDraft, EventRows, UnpublishedEvent } from '@nandax/app/ports/events.ts';
import { Prisma } from '../generated/client.ts';
import type { TransactionClient } from './transaction-client.ts';

/** Postgres partitions Event by range of occurredAt, so a row is found by all three key columns. */
interface EventKeyRow {
  readonly userId: string;
  readonly sequence: bigint;
  readonly occurredAt: Date;
  readonly job: Job | null;
}

export function eventRows(client: TransactionClient): EventRows {
  return {
    async append(userId: string, drafts: readonly EventDraft[], occurredAt: Date): Promise<bigint> {
      const { sequence: last } = await client.eventCounter.update({
        where: { userId },
        data: { sequence: { increment: drafts.length } },
        select: { sequence: true },
      });
      const first = last - BigInt(drafts.length) + 1n;
      await client.event.createMany({
        data: drafts.map((draft, index) => ({
          userId,
          sequence: first + BigInt(index),
          occurredAt,
          topic: draft.topic,
          type: draft.type,
          subjectId: draft.subjectId,
          payload: draft.payload as Prisma.InputJsonValue,
          job:
            draft.job === undefined
              ? Prisma.DbNull
              : (draft.job as unknown as Prisma.InputJsonValue),
        })),
      });
      return last;
    },

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
