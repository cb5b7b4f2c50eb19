import type { BatchReads } from '@nandax/app/ports/reads.ts';
import type { ScopeToSum } from '@nandax/app/ports/risk.ts';
import type { EffectiveLimitsView, KillSwitchView, RiskUsageView } from '@nandax/app/views/risk.ts';
import { effectiveLimitsOf, limitUsesOf } from '@nandax/core/risk/limit-uses.ts';
import type { RiskScope } from '@nandax/core/risk/risk-limits.ts';
import type { ScopedLimits } from '@nandax/core/risk/scope-usage.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { limitsOfRow } from '../trading/limit-columns.ts';
import { unfinishedSql } from '../trading/unfinished.ts';
import { usageOfScopes } from '../trading/risk-usage.ts';
import { instantOf, type Row } from './row-to-view.ts';
import { riskLimits } from './sources.ts';
import { strictnessOfPortfolio, tradingStateOf } from './strictness.ts';

type RiskReads = Pick<
  BatchReads,
  | 'usageOfRiskLimits'
  | 'killSwitchOfRiskLimits'
  | 'effectiveLimitsOfPortfolio'
  | 'effectiveLimitsOfAgent'
>;

/** A scope's limits on a feed, for the parent under which they are shown. */
interface LimitsOfParent extends ScopeToSum {
  readonly parentId: string;
}

/** What is used of limits, by the sums the door judges with; always for all ids at once. */
export function riskReads(prisma: PrismaClient): RiskReads {
  /** The limits with what is used of them, by their parent. */
  async function inUse(limits: readonly LimitsOfParent[]) {
    const usages = await usageOfScopes(prisma, limits, []);
    const groups = new Map<string, (LimitsOfParent & ScopedLimits)[]>();
    limits.forEach((scope, place) => {
      const usage = usages[place]?.usage;
      if (usage === undefined) throw new Error('a scope without its usage');
      groups.set(scope.parentId, [...(groups.get(scope.parentId) ?? []), { ...scope, usage }]);
    });
    return groups;
  }

  /** `parents` selects "parentId", "agentId", "strategyId" and the portfolio as `portfolio`. */
  async function effective(parents: Prisma.Sql): Promise<ReadonlyMap<string, EffectiveLimitsView>> {
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT parent.*, item.* FROM (${parents}) parent
      JOIN "RiskLimits" item ON (item."scope", item."scopeId") IN (
        ('AGENT'::"RiskScope", parent."agentId"::text),
        ('STRATEGY', parent."strategyId"::text),
        ('PORTFOLIO', parent."portfolioId"::text),
        ('USER', parent."userId"::text),
        ('PLATFORM', 'platform'))`;
    const states = new Map(rows.map((row) => [row['parentId'] as string, row['strictness']]));
    const groups = await inUse(rows.map(limitsOfParent));
    return new Map(
      [...groups].map(([parentId, scopes]) => [
        parentId,
        {
          ...effectiveLimitsOf(scopes, scopes[0]?.marketTime ?? null),
          tradingState: tradingStateOf(states.get(parentId)),
        },
      ]),
    );
  }

  return {
    async usageOfRiskLimits(ids) {
      const rows = await prisma.$queryRaw<Row[]>`
        SELECT item.*, item."id" AS "parentId", feed."id" AS "feedId", feed."marketTime"
        FROM ${riskLimits.from}
        LEFT JOIN LATERAL (
          SELECT feed."id", feed."marketTime" FROM "Feed" feed
          WHERE feed."id" IN (${feedsOfScope}) ORDER BY feed."id" DESC LIMIT 20
        ) feed ON TRUE
        WHERE item."id" = ANY(${ids}::uuid[])
        ORDER BY feed."id" DESC`;
      const groups = await inUse(rows.map(limitsOfParent));
      return new Map(
        [...groups].map(([id, feeds]) => [
          id,
          feeds.map(({ feedId, marketTime, ...scoped }): RiskUsageView => ({
            feedId,
            marketTime,
            uses: limitUsesOf(scoped, marketTime),
          })),
        ]),
      );
    },

    async killSwitchOfRiskLimits(ids) {
      const rows = await prisma.$queryRaw<(KillSwitchView & { readonly id: string })[]>`
        SELECT item."id", state."state"::text AS "state", state."reason",
          state."updatedAt" AS "changedAt", unfinished.*
        FROM ${riskLimits.from}
        JOIN "TradingState" state ON state."scope" = item."scope"
          AND state."scopeId" = item."scopeId" AND state."killSwitchId" IS NOT NULL
        CROSS JOIN LATERAL (${unfinishedSql(Prisma.sql`CASE item."scope"
          WHEN 'PORTFOLIO' THEN portfolio."id" = item."id"
          WHEN 'USER' THEN portfolio."userId" = item."id"
          ELSE item."scope" = 'PLATFORM' END`)}) unfinished
        WHERE item."id" = ANY(${ids}::uuid[])`;
      return new Map(rows.map((row) => [row.id, row]));
    },

    effectiveLimitsOfPortfolio: (ids) =>
      effective(Prisma.sql`
        SELECT portfolio."id" AS "parentId", NULL::uuid AS "agentId", NULL::uuid AS "strategyId",
          ${ofPortfolio}
        WHERE portfolio."id" = ANY(${ids}::uuid[])`),

    effectiveLimitsOfAgent: (ids) =>
      effective(Prisma.sql`
        SELECT agent."id" AS "parentId", agent."id" AS "agentId", agent."strategyId",
          ${ofPortfolio}
        JOIN "Agent" agent ON agent."portfolioId" = portfolio."id"
        WHERE agent."id" = ANY(${ids}::uuid[])`),
  };
}

const ofPortfolio = Prisma.sql`portfolio."id" AS "portfolioId", portfolio."userId",
  feed."id" AS "feedId", feed."marketTime", ${strictnessOfPortfolio} AS "strictness"
  FROM "Portfolio" portfolio LEFT JOIN "Feed" feed ON feed."id" = portfolio."feedId"`;

/** Feeds of the portfolios of a scope; each branch is looked at for its own scope only. */
const feedsOfScope = Prisma.sql`
  SELECT "feedId" FROM "Portfolio" WHERE item."scope" = 'PORTFOLIO' AND "id" = item."id"
  UNION SELECT "feedId" FROM "Portfolio"
    WHERE item."scope" = 'USER' AND "userId" = item."id" AND "deletedAt" IS NULL
  UNION SELECT portfolio."feedId" FROM "Agent" agent
    JOIN "Portfolio" portfolio ON portfolio."id" = agent."portfolioId"
    WHERE (item."scope" = 'AGENT' AND agent."id" = item."id")
      OR (item."scope" = 'STRATEGY' AND agent."strategyId" = item."id")
  UNION SELECT "feedId" FROM "Portfolio" WHERE item."scope" = 'PLATFORM' AND "deletedAt" IS NULL`;

function limitsOfParent(row: Row): LimitsOfParent {
  return {
    parentId: row['parentId'] as string,
    scope: row['scope'] as RiskScope,
    scopeId: row['scopeId'] as string,
    feedId: (row['feedId'] ?? null) as string | null,
    marketTime: instantOf(row['marketTime']),
    limits: limitsOfRow(row as unknown as Parameters<typeof limitsOfRow>[0]),
  };
}
