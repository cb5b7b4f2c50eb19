import type { Reads } from '@nandax/app/ports/reads.ts';
import type { PersonalData } from '@nandax/app/ports/secrets.ts';
import type { OrderEventView } from '@nandax/app/views/order.ts';
import type { StrategyVersionView } from '@nandax/app/views/strategy.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { personalOfAuditEvent } from './audit-reads.ts';
import { byId, groupByParent, ofParent } from './by-id.ts';
import { eventReads } from './event-reads.ts';
import { listReads } from './list-reads.ts';
import { marketReads } from './market-reads.ts';
import { materialOfPortfolio } from './portfolio-material.ts';
import { materialOfOptimisation } from './optimisation-reads.ts';
import { portfolioReads } from './portfolio-reads.ts';
import { instantOf, type Row } from './row-to-view.ts';
import { riskReads } from './risk-reads.ts';
import { runReads } from './run-reads.ts';
import { secondFactorReads } from './second-factor-reads.ts';
import * as sources from './sources.ts';
import { tierUsage } from './tier-usage.ts';

/** The read side on PostgreSQL: hand-written queries, each for many keys at once. */
export function prismaReads(prisma: PrismaClient, personalData: PersonalData): Reads {
  return {
    lists: listReads(prisma),
    events: eventReads(prisma),
    tierLimits: () => prisma.tierLimits.findMany({ orderBy: { tier: 'asc' } }),
    async ping() {
      await prisma.$queryRaw`SELECT 1`;
    },
    batches: {
      user: byId(prisma, sources.users),
      session: byId(prisma, sources.sessions),
      apiKey: byId(prisma, sources.apiKeys),
      managedAccount: byId(prisma, sources.managedAccounts),
      jobFailure: byId(prisma, sources.jobFailures),
      riskLock: byId(prisma, sources.riskLocks),
      riskLimits: byId(prisma, sources.riskLimits),
      ...riskReads(prisma),
      tierUsageOfUser: (ids) => tierUsage(prisma, ids),
      passkey: byId(prisma, sources.passkeys),
      brokerAccount: byId(prisma, sources.brokerAccounts),
      async requestsPerMinuteOfTier(tiers) {
        const rows = await prisma.$queryRaw<{ tier: string; requestsPerMinute: number }[]>`
          SELECT "tier"::text, "requestsPerMinute" FROM "TierLimits"
          WHERE "tier"::text = ANY(${[...tiers]})`;
        return new Map(rows.map(({ tier, requestsPerMinute }) => [tier, requestsPerMinute]));
      },
      instrument: byId(prisma, sources.instruments),
      dataset: byId(prisma, sources.datasets),
      replaySession: byId(prisma, sources.replaySessions),
      strategy: byId(prisma, sources.strategies),
      strategyVersion: byId(prisma, sources.strategyVersions),
      run: byId(prisma, sources.runs),
      optimisation: byId(prisma, sources.optimisations),
      materialOfOptimisation: materialOfOptimisation(prisma),
      agent: byId(prisma, sources.agents),
      agentDecision: byId(prisma, sources.agentDecisions),
      order: byId(prisma, sources.orders),
      gtt: byId(prisma, sources.gtts),
      reconciliationFinding: byId(prisma, sources.findings),
      async readingOfPortfolio(ids) {
        const rows = await prisma.accountReading.findMany({
          where: { portfolioId: { in: [...ids] } },
        });
        return new Map(rows.map((row) => [row.portfolioId, row]));
      },
      orderRequest: byId(prisma, sources.orderRequests),
      protection: byId(prisma, sources.protections),
      fill: byId(prisma, sources.fills),
      trade: byId(prisma, sources.trades),
      portfolio: byId(prisma, sources.portfolios),
      ledgerEntry: byId(prisma, sources.ledgerEntries),
      contractNote: byId(prisma, sources.contractNotes),
      notification: byId(prisma, sources.notifications),
      ...secondFactorReads(prisma),
      auditEvent: byId(prisma, sources.auditEvents),
      personalOfAuditEvent: personalOfAuditEvent(prisma, personalData),
      ...marketReads(prisma),
      ...portfolioReads(prisma),
      materialOfPortfolio: materialOfPortfolio(prisma),
      ...runReads(prisma),

      async currentVersionOfStrategy(ids) {
        const { columns, from, toView } = sources.strategyVersions;
        const rows = await prisma.$queryRaw<Row[]>`
          SELECT DISTINCT ON (item."strategyId") ${columns} FROM ${from}
          WHERE item."strategyId" = ANY(${ids}::uuid[])
          ORDER BY item."strategyId", item."number" DESC`;
        return new Map(
          rows
            .map(toView)
            .map((version): [string, StrategyVersionView] => [version.strategyId, version]),
        );
      },

      ordersOfDecision: ofParent(prisma, sources.orders, {
        join: Prisma.empty,
        parentId: Prisma.sql`item."agentDecisionId"`,
        order: Prisma.sql`item."createdAt", item."id"`,
      }),

      ordersOfRequest: ofParent(prisma, sources.orders, {
        join: Prisma.empty,
        parentId: Prisma.sql`item."orderRequestId"`,
        order: Prisma.sql`item."legNumber"`,
      }),

      async eventsOfOrder(ids) {
        const rows = await prisma.$queryRaw<Row[]>`
          SELECT "orderId" AS "parentId", "number", "event"->>'type' AS "type",
            "statusAfter"::text, "createdAt"
          FROM "OrderEvent" WHERE "orderId" = ANY(${ids}::uuid[])
          ORDER BY "orderId", "number"`;
        return groupByParent(rows, orderEventOf);
      },

      fillsOfOrder: ofParent(prisma, sources.fills, {
        join: Prisma.empty,
        parentId: Prisma.sql`item."orderId"`,
        order: Prisma.sql`item."executedAt", item."id"`,
      }),
    },
  };
}

function orderEventOf(row: Row): OrderEventView {
  return {
    number: row['number'] as number,
    type: row['type'] as string,
    statusAfter: row['statusAfter'] as OrderEventView['statusAfter'],
    createdAt: instantOf(row['createdAt']) ?? new Date(NaN),
  };
}
