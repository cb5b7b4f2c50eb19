import type { OpenLot, RiskRows, UnfinishedInScope } from '@nandax/app/ports/risk.ts';
import { finalRunStatuses } from '@nandax/app/records.ts';
import { workingStatuses } from '@nandax/core/order/status.ts';
import { Prisma } from '../generated/client.ts';
import { exact } from './exact.ts';
import type { TransactionClient } from './transaction-client.ts';
import { awaitsReadingSql, portfolioIsIn, unfinishedSql } from './unfinished.ts';

type KillSwitchRows = Pick<
  RiskRows,
  | 'lockTradingState'
  | 'saveTradingState'
  | 'flattening'
  | 'portfoliosIn'
  | 'awaitsReading'
  | 'unfinishedIn'
  | 'startedAgents'
  | 'openLots'
  | 'refusedExits'
>;

type Lots = Omit<OpenLot, 'netQuantity'> & { readonly netQuantity: Prisma.Decimal };

function statusesSql(statuses: readonly string[], type: 'RunStatus' | 'OrderStatus'): Prisma.Sql {
  return Prisma.join(statuses.map((status) => Prisma.sql`${status}::${Prisma.raw(`"${type}"`)}`));
}

/** Trading states that a kill switch sets, and what is left to do within them. */
export function killSwitchRows(client: TransactionClient): KillSwitchRows {
  return {
    async lockTradingState({ scope, scopeId }) {
      await client.$queryRaw`
        SELECT 1 FROM "TradingState"
        WHERE "scope" = ${scope}::"RiskScope" AND "scopeId" = ${scopeId}
          AND "cause" = 'KILL_SWITCH' FOR UPDATE`;
      const row = await client.tradingState.findUnique({
        where: { scope_scopeId_cause: { scope, scopeId, cause: 'KILL_SWITCH' } },
      });
      const none = { state: 'ACTIVE', reason: null, killSwitchId: null } as const;
      return { scope, scopeId, ...(row === null ? none : toState(row)) };
    },

    async saveTradingState({ scope, scopeId, ...columns }, at) {
      await client.tradingState.upsert({
        where: { scope_scopeId_cause: { scope, scopeId, cause: 'KILL_SWITCH' } },
        create: { scope, scopeId, ...columns, updatedAt: at },
        update: { ...columns, updatedAt: at },
      });
    },

    async flattening() {
      const rows = await client.tradingState.findMany({
        where: { state: 'REDUCING', killSwitchId: { not: null } },
        orderBy: { updatedAt: 'asc' },
      });
      return rows.map(({ scope, scopeId, ...row }) => ({ scope, scopeId, ...toState(row) }));
    },

    async portfoliosIn({ scope, scopeId }) {
      return client.portfolio.findMany({
        where: {
          deletedAt: null,
          ...(scope === 'PORTFOLIO' ? { id: scopeId } : {}),
          ...(scope === 'USER' ? { userId: scopeId } : {}),
        },
        select: { id: true, userId: true },
        orderBy: { id: 'asc' },
      });
    },

    async awaitsReading(portfolioId) {
      const waiting = await client.$queryRaw<unknown[]>`
        SELECT 1 FROM "Portfolio" portfolio
        WHERE portfolio."id" = ${portfolioId}::uuid AND ${awaitsReadingSql}`;
      return waiting.length > 0;
    },

    async unfinishedIn(scope) {
      const [row] = await client.$queryRaw<UnfinishedInScope[]>(
        unfinishedSql(portfolioIsIn(scope)),
      );
      if (row === undefined) throw new Error('a query of sums gave no row');
      return row;
    },

    async startedAgents(portfolioId) {
      return client.agent.findMany({
        where: { portfolioId, status: { in: ['RUNNING', 'PAUSED'] } },
        select: { id: true },
        orderBy: { id: 'asc' },
      });
    },

    async openLots(portfolioId) {
      const lots = await client.$queryRaw<Lots[]>`
        SELECT held."instrumentId", held."product", held."holder" AS "runId",
          sum(CASE held."direction" WHEN 'LONG' THEN held."quantity" ELSE -held."quantity" END)
            AS "netQuantity"
        FROM (
          SELECT t.*, CASE WHEN r."status" IN (${statusesSql(finalRunStatuses, 'RunStatus')})
            AND NOT EXISTS (
              SELECT FROM "Order" o WHERE o."runId" = r."id"
                AND o."status" IN (${statusesSql(workingStatuses, 'OrderStatus')}))
            THEN NULL ELSE t."runId" END AS "holder"
          FROM "Trade" t LEFT JOIN "Run" r ON r."id" = t."runId"
          WHERE t."portfolioId" = ${portfolioId}::uuid AND t."status" = 'OPEN'
        ) held
        GROUP BY held."instrumentId", held."product", held."holder"
        ORDER BY held."holder" NULLS FIRST, held."instrumentId", held."product"`;
      return lots.map((lot) => ({ ...lot, netQuantity: exact(lot.netQuantity) }));
    },

    async refusedExits(portfolioId, since) {
      const rows = await client.order.findMany({
        where: {
          portfolioId,
          source: 'KILL_SWITCH',
          status: { in: ['REJECTED', 'DENIED', 'NOT_PLACED'] },
          updatedAt: { gt: since },
        },
        select: { instrumentId: true, product: true },
      });
      return rows.map(({ instrumentId, product }) => ({
        instrumentId,
        product,
      }));
    },
  };
}

function toState({
  state,
  reason,
  killSwitchId,
}: Omit<Prisma.TradingStateGetPayload<object>, 'scope' | 'scopeId'>) {
  return { state, reason, killSwitchId };
}
