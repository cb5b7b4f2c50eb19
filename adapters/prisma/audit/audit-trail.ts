import type { AuditHead, AuditRecord, AuditTrail } from '@nandax/app/ports/audit.ts';
import type { PrismaClient } from '../generated/client.ts';

/** Rows read at a time. */
const batchSize = 1_000;

/** The audit trail, to prove it. */
export function prismaAuditTrail(prisma: PrismaClient): AuditTrail {
  return {
    async *records(chain, after) {
      for (let position = after; ;) {
        const rows: AuditRecord[] = await prisma.auditEvent.findMany({
          where: { chain, position: { gt: position } },
          orderBy: { position: 'asc' },
          take: batchSize,
        });
        const last = rows.at(-1);
        if (last === undefined) return;
        yield rows;
        position = last.position;
      }
    },

    async hashesAt(places) {
      const rows = await prisma.$queryRaw<{ hash: string | null }[]>`
        SELECT event."hash"
        FROM unnest(
          ${places.map(({ chain }) => chain)}::uuid[],
          ${places.map(({ position }) => position)}::bigint[]
        ) WITH ORDINALITY AS asked("chain", "position", "place")
        LEFT JOIN "AuditEvent" event
          ON event."chain" = asked."chain" AND event."position" = asked."position"
        ORDER BY asked."place"`;
      return rows.map(({ hash }) => hash);
    },

    async chains() {
      const rows = await prisma.$queryRaw<{ chain: string }[]>`
        SELECT "chain" FROM "AuditHead" UNION SELECT DISTINCT "chain" FROM "AuditEvent"
        ORDER BY "chain"`;
      return rows.map(({ chain }) => chain);
    },

    async head(chain): Promise<AuditHead | null> {
      const head = await prisma.auditHead.findUnique({ where: { chain } });
      return head === null ? null : { chain, position: head.position, hash: head.hash };
    },

    headsSince: (since) =>
      prisma.auditHead.findMany({
        where: { updatedAt: { gte: since } },
        orderBy: { updatedAt: 'asc' },
      }),
  };
}
