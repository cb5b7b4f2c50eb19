import type { ScopeKey } from '@nandax/app/ports/risk.ts';
import { workingStatuses } from '@nandax/core/order/status.ts';
import { Prisma } from '../generated/client.ts';

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
          AND position."buyQuantity" <> position."sellQuantity")), 0)::int AS "openPositions"
    FROM "Portfolio" portfolio
    WHERE portfolio."deletedAt" IS NULL AND ${belongs}`;
}
