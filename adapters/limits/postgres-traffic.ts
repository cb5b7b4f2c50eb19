import type { TrafficLedger } from '@nandax/app/ports/traffic.ts';
import type { TrafficCounts } from '@nandax/core/traffic/traffic.ts';
import type { PrismaClient } from '../prisma/generated/client.ts';

/** Traffic of broker accounts in a table, one row an account. */
export function postgresTraffic(prisma: PrismaClient): TrafficLedger {
  return {
    async read(account) {
      const row = await prisma.trafficCount.findUnique({ where: { account } });
      if (row === null) return null;
      return {
        counts: row.counts as unknown as TrafficCounts,
        revision: String(row.revision),
      };
    },

    async replace(account, before, counts) {
      const written = JSON.stringify(counts);
      const changed =
        before === null
          ? await prisma.$executeRaw`
              INSERT INTO "TrafficCount" ("account", "revision", "counts")
              VALUES (${account}, 1, ${written}::jsonb) ON CONFLICT DO NOTHING`
          : await prisma.$executeRaw`
              UPDATE "TrafficCount" SET "revision" = "revision" + 1, "counts" = ${written}::jsonb
              WHERE "account" = ${account} AND "revision" = ${Number(before.revision)}`;
      return changed === 1;
    },
  };
}
