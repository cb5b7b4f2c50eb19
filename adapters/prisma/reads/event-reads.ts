import type { EventReads, EventSubject, EventView } from '@nandax/app/ports/reads.ts';
import type { EventTopic } from '@nandax/app/ports/events.ts';
import type { NodeView } from '@nandax/app/views/node.ts';
import type { PrismaClient } from '../generated/client.ts';
import type { Row } from './row-to-view.ts';
import {
  agentDecisions,
  agents,
  gtts,
  notifications,
  optimisations,
  orders,
  portfolios,
  replaySessions,
  runs,
  trades,
  type Source,
} from './sources.ts';

/** Where the subject of each topic comes from. */
const subjects: { readonly [Topic in EventTopic]: Source<NodeView> } = {
  ORDER: orders,
  TRADE: trades,
  AGENT: agents,
  PORTFOLIO: portfolios,
  RUN: runs,
  REPLAY: replaySessions,
  NOTIFICATION: notifications,
  GTT: gtts,
  OPTIMISATION: optimisations,
};

interface EventRow {
  readonly sequence: bigint;
  readonly occurredAt: Date;
  readonly topic: EventTopic;
  readonly type: string;
  readonly subjectId: string;
  readonly payload: Row;
}

/** The event log, each event with its subject: one query for the events and one for each topic. */
export function eventReads(prisma: PrismaClient): EventReads {
  return {
    async bounds(userId) {
      const [row] = await prisma.$queryRaw<{ first: bigint | null; last: bigint }[]>`
        SELECT counter."sequence" AS "last",
          (SELECT min("sequence") FROM "Event" WHERE "userId" = counter."userId") AS "first"
        FROM "EventCounter" counter WHERE counter."userId" = ${userId}::uuid`;
      const last = row?.last ?? 0n;
      return { first: row?.first ?? last + 1n, last };
    },

    async after(userId, sequence, limit) {
      const events = await prisma.$queryRaw<EventRow[]>`
        SELECT "sequence", "occurredAt", "topic"::text, "type", "subjectId", "payload"
        FROM "Event" WHERE "userId" = ${userId}::uuid AND "sequence" > ${sequence}
        ORDER BY "sequence" LIMIT ${limit}`;
      const rows = await subjectRows(prisma, events);
      return events.map((event) => eventOf(event, userId, rows.get(event.subjectId)));
    },
  };
}

/** Rows as they are now, under what the events' snapshots leave out. */
async function subjectRows(
  prisma: PrismaClient,
  events: readonly EventRow[],
): Promise<ReadonlyMap<string, Row>> {
  const topics = [...new Set(events.map(({ topic }) => topic))];
  const found = await Promise.all(
    topics.map((topic) => {
      const { columns, from } = subjects[topic];
      const ids = events.filter((event) => event.topic === topic).map((event) => event.subjectId);
      return prisma.$queryRaw<Row[]>`
        SELECT ${columns} FROM ${from} WHERE item."id" = ANY(${[...new Set(ids)]}::uuid[])`;
    }),
  );
  return new Map(found.flat().map((row) => [row['id'] as string, row]));
}

function eventOf(event: EventRow, ownerId: string, row: Row | undefined): EventView {
  const { sequence, occurredAt, topic, type, payload } = event;
  const subject = subjects[topic].toView({ ...row, ...payload, ownerId }) as EventSubject;
  const decision = payload['decision'] as Row | undefined;
  return {
    sequence,
    occurredAt,
    topic,
    type,
    subject,
    decision: decision === undefined ? null : agentDecisions.toView({ ...decision, ownerId }),
  };
}
