import type { ScopeKey } from '@nandax/app/ports/risk.ts';
import { workingStatuses } from '@nandax/core/order/status.ts';
import { Prisma } from '../generated/client.ts';

/** Whether the kill switch `pulled` leaves what `portfolio` holds. */
const isPulledOver = Prisma.sql`
  pulled."state" = 'REDUCING' AND pulled."killSwitchId" IS NOT NULL AND (
    pulled."scope" = 'PLATFORM'
    OR (pulled."scope" = 'USER' AND pulled."scopeId" = portfolio."userId"::text)
    OR (pulled."scope" = 'PORTFOLIO' AND pulled."scopeId" = portfolio."id"::text))`;

/** Which rows `portfolio` belong to a scope; none to an agent or a strategy. */
export function portfolioIsIn({ scope, scopeId }: ScopeKey): Prisma.Sql {
  switch (scope) {
    case 'PORTFOLIO':
      return Prisma.sql`portfolio."id" = ${scopeId}::uuid`;
    case 'USER':
      return Prisma.sql`portfolio."userId" = ${scopeId}::uuid`;
    case 'PLATFORM':
      return Prisma.sql`TRUE`;
    case 'AGENT':
    case 'STRATEGY':
      return Prisma.sql`FALSE`;
  }
}

/**
 * Whether a kill switch that leaves what `portfolio` holds waits for the broker: the account is live,
 * and no reading of it, the last one, agreed with our books since the switch was pulled and they last
 * changed. An account whose connection has ended is read no more and waits for nobody.
 */
export const awaitsReadingSql = Prisma.sql`
  portfolio."kind" = 'LIVE' AND EXISTS (
    SELECT FROM "BrokerConnection" connection
    WHERE connection."id" = portfolio."brokerConnectionId" AND connection."deletedAt" IS NULL)
  AND EXISTS (
    SELECT FROM "TradingState" pulled
    WHERE ${isPulledOver} AND NOT EXISTS (
      SELECT FROM "AccountReading" agreeing
      WHERE agreeing."portfolioId" = portfolio."id" AND agreeing."failedAt" IS NULL
        AND agreeing."agreeingAt" > pulled."updatedAt"
        AND agreeing."agreeingAt" > ALL (SELECT held."updatedAt" FROM "Position" held
          WHERE held."portfolioId" = portfolio."id")))`;

/** One row, an `UnfinishedInScope`, of the portfolios that `belongs` names. */
export function unfinishedSql(belongs: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT count(*)::int AS "portfolios",
      COALESCE(sum((SELECT count(*) FROM "Agent" agent
        WHERE agent."portfolioId" = portfolio."id"
          AND agent."status" IN ('RUNNING', 'PAUSED'))), 0)::int AS "agents",
      COALESCE(sum((SELECT count(*) FROM "Order" working
        WHERE working."portfolioId" = portfolio."id"
          AND working."status" IN (${Prisma.join(
            workingStatuses.map((status) => Prisma.sql`${status}::"OrderStatus"`),
          )}))), 0)::int AS "workingOrders",
      COALESCE(sum((SELECT count(*) FROM "Position" position
        WHERE position."portfolioId" = portfolio."id"
          AND position."buyQuantity" <> position."sellQuantity")), 0)::int AS "openPositions",
      (count(*) FILTER (WHERE ${awaitsReadingSql}))::int AS "unreadAccounts"
    FROM "Portfolio" portfolio
    WHERE portfolio."deletedAt" IS NULL AND ${belongs}`;
}
