import type { TierLimitName } from '@nandax/app/ports/tiers.ts';
import type { TierUsageView } from '@nandax/app/views/account.ts';
import type { PrismaClient } from '../generated/client.ts';

type UsageRow = Readonly<Record<TierLimitName, number | null>> & {
  readonly id: string;
  readonly used: Readonly<Partial<Record<TierLimitName, number>>>;
};

const order: readonly TierLimitName[] = [
  'strategies',
  'runningAgents',
  'liveBrokers',
  'apiKeys',
  'requestsPerMinute',
  'backtestCandles',
];

/** What each user's tier allows and what they have of it, in one query. */
export async function tierUsage(
  prisma: PrismaClient,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly TierUsageView[]>> {
  const rows = await prisma.$queryRaw<UsageRow[]>`
    SELECT "User"."id", limits.*, json_build_object(
      'strategies', (SELECT count(*) FROM "Strategy" item
        WHERE item."userId" = "User"."id" AND item."deletedAt" IS NULL),
      'runningAgents', (SELECT count(*) FROM "Agent" item
        WHERE item."userId" = "User"."id" AND item."deletedAt" IS NULL
          AND item."status" IN ('RUNNING', 'PAUSED')),
      'liveBrokers', (SELECT count(*) FROM "BrokerConnection" item
        WHERE item."userId" = "User"."id" AND item."deletedAt" IS NULL),
      'apiKeys', (SELECT count(*) FROM "ApiKey" item
        WHERE item."userId" = "User"."id" AND item."revokedAt" IS NULL
          AND (item."expiresAt" IS NULL OR item."expiresAt" > now()))
    ) AS "used"
    FROM "User" JOIN "TierLimits" limits ON limits."tier" = "User"."tier"
    WHERE "User"."id" = ANY(${[...userIds]}::uuid[])`;
  return new Map(
    rows.map((row) => [
      row.id,
      order.map((limit) => ({ limit, allowed: row[limit], used: row.used[limit] ?? null })),
    ]),
  );
}
