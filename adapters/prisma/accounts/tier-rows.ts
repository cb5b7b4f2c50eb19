import type { SubscriptionTier } from '@nandax/app/ports/accounts.ts';
import type { CountedLimit, TierLimits, TierRows } from '@nandax/app/ports/tiers.ts';
import type { TransactionClient } from '../trading/transaction-client.ts';

/** Tiers on Prisma. */
export function tierRows(client: TransactionClient): TierRows {
  return {
    async lockLimit(userId, limit) {
      await client.$queryRaw`
        SELECT pg_advisory_xact_lock(hashtextextended(${`tier:${limit}:${userId}`}, 0))::text`;
      const [row] = await client.$queryRaw<(TierLimits & { tier: SubscriptionTier })[]>`
        SELECT limits.* FROM "TierLimits" limits JOIN "User" ON "User"."tier" = limits."tier"
        WHERE "User"."id" = ${userId}::uuid`;
      if (row === undefined) throw new Error(`user ${userId} has no tier limits`);
      return { tier: row.tier, allowed: row[limit] };
    },

    async used(userId, limit, at) {
      return counts[limit](client, userId, at);
    },

    async setLimits(tier, limits, updatedAt) {
      const before = await client.tierLimits.findUniqueOrThrow({ where: { tier } });
      await client.tierLimits.update({ where: { tier }, data: { ...limits, updatedAt } });
      const { tier: _tier, updatedAt: _at, ...allowed } = before;
      return allowed;
    },

    async records(datasetId, instrumentIds, from, to) {
      // Days count whole: nothing smaller is known without unpacking them.
      const [row] = await client.$queryRaw<{ records: bigint | null }[]>`
        SELECT sum("count") AS "records" FROM (
          SELECT "datasetId", "instrumentId", "tradingDay", "count" FROM "CandleDay"
          UNION ALL
          SELECT "datasetId", "instrumentId", "tradingDay", "count" FROM "TickDay"
        ) day
        WHERE "datasetId" = ${datasetId}::uuid
          AND "instrumentId" = ANY(${[...instrumentIds]}::uuid[])
          AND "tradingDay" BETWEEN (${from} AT TIME ZONE 'Asia/Kolkata')::date
            AND (${to} AT TIME ZONE 'Asia/Kolkata')::date`;
      return Number(row?.records ?? 0);
    },
  };
}

type Count = (client: TransactionClient, userId: string, at: Date) => Promise<number>;

const counts: { readonly [L in CountedLimit]: Count } = {
  strategies: (client, userId) => client.strategy.count({ where: { userId, deletedAt: null } }),
  runningAgents: (client, userId) =>
    client.agent.count({
      where: { userId, deletedAt: null, status: { in: ['RUNNING', 'PAUSED'] } },
    }),
  liveBrokers: (client, userId) =>
    client.brokerConnection.count({ where: { userId, deletedAt: null } }),
  apiKeys: (client, userId, at) =>
    client.apiKey.count({
      where: { userId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
    }),
};
