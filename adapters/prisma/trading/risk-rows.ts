import type {
  LimitedOrder,
  RiskLockRecord,
  RiskRows,
  ScopeKey,
  ScopePeople,
  UnfinishedInScope,
} from '@nandax/app/ports/risk.ts';
import { platformScopeId } from '@nandax/app/ports/risk.ts';
import { hasAggregateLimits, riskScopes } from '@nandax/core/risk/risk-limits.ts';
import type { Prisma } from '../generated/client.ts';
import { exact } from './exact.ts';
import { limitColumns, limitsOfRow } from './limit-columns.ts';
import { countOrder, resultOfScope, usageOfScopes } from './risk-usage.ts';
import type { TransactionClient } from './transaction-client.ts';
import { portfolioIsIn, unfinishedSql } from './unfinished.ts';

/** Limits, counters and locks on Prisma. */
export function riskRows(client: TransactionClient): RiskRows {
  async function scopesOf(order: LimitedOrder): Promise<ScopeKey[]> {
    const run =
      order.runId === null
        ? null
        : await client.run.findUnique({
            where: { id: order.runId },
            select: { agentId: true, strategyVersion: { select: { strategyId: true } } },
          });
    return [
      ...(run?.agentId == null ? [] : [{ scope: 'AGENT', scopeId: run.agentId } as const]),
      ...(run === null
        ? []
        : [{ scope: 'STRATEGY', scopeId: run.strategyVersion.strategyId } as const]),
      { scope: 'PORTFOLIO', scopeId: order.portfolioId },
      { scope: 'USER', scopeId: order.userId },
      { scope: 'PLATFORM', scopeId: platformScopeId },
    ];
  }

  async function readLimits(scopes: readonly ScopeKey[]) {
    const rows = await client.riskLimits.findMany({
      where: { OR: scopes.map(({ scope, scopeId }) => ({ scope, scopeId })) },
    });
    return rows
      .map((row) => ({ scope: row.scope, scopeId: row.scopeId, limits: limitsOfRow(row) }))
      .sort((a, b) => riskScopes.indexOf(a.scope) - riskScopes.indexOf(b.scope));
  }

  return {
    async limitsOf(order) {
      const scopes = await scopesOf(order);
      const seen = await readLimits(scopes);
      const shared = seen.filter(({ limits }) => hasAggregateLimits(limits));
      if (shared.length === 0) return seen;
      for (const { scope, scopeId } of shared) {
        await client.$queryRaw`
          SELECT 1 FROM "RiskLimits"
          WHERE "scope" = ${scope}::"RiskScope" AND "scopeId" = ${scopeId} FOR UPDATE`;
      }
      // They may have changed while we waited.
      return readLimits(scopes);
    },

    limitsSeenBy: async (order) => readLimits(await scopesOf(order)),
    usageOf: (scopes, positions) => usageOfScopes(client, scopes, positions),
    countOrder: (scope) => countOrder(client, scope),

    async resultLimitsOn(feedId) {
      const scopes = await client.$queryRaw<ScopeKey[]>`
        SELECT l."scope"::text AS scope, l."scopeId" FROM "RiskLimits" l
        WHERE (l."maxDailyLoss" IS NOT NULL OR l."maxDailyProfit" IS NOT NULL
            OR l."maxDrawdown" IS NOT NULL OR l."maxConsecutiveLosses" IS NOT NULL)
          AND CASE l."scope"
            WHEN 'PLATFORM' THEN TRUE
            WHEN 'USER' THEN EXISTS (SELECT 1 FROM "Portfolio" p
              WHERE p."feedId" = ${feedId}::uuid AND p."userId"::text = l."scopeId")
            WHEN 'PORTFOLIO' THEN EXISTS (SELECT 1 FROM "Portfolio" p
              WHERE p."feedId" = ${feedId}::uuid AND p."id"::text = l."scopeId")
            WHEN 'STRATEGY' THEN EXISTS (SELECT 1 FROM "Run" r
              JOIN "StrategyVersion" v ON v."id" = r."strategyVersionId"
              WHERE r."feedId" = ${feedId}::uuid AND v."strategyId"::text = l."scopeId")
            WHEN 'AGENT' THEN EXISTS (SELECT 1 FROM "Run" r
              WHERE r."feedId" = ${feedId}::uuid AND r."agentId"::text = l."scopeId")
          END`;
      return scopes.length === 0 ? [] : readLimits(scopes);
    },

    resultOf: (scope) => resultOfScope(client, scope),

    async insertLock({ limit, actual, ...lock }) {
      await client.riskLock.createMany({
        data: [{ ...lock, limit: limit.toFixed(), actual: actual.toFixed() }],
        skipDuplicates: true,
      });
    },

    async untoldLocks(feedId) {
      const rows = await client.riskLock.findMany({
        where: { feedId, toldAt: null },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toLock);
    },

    async claimTelling(id, at) {
      const { count } = await client.riskLock.updateMany({
        where: { id, toldAt: null },
        data: { toldAt: at },
      });
      return count === 1;
    },

    async peopleOf({ scope, scopeId }) {
      const select = { name: true, userId: true } as const;
      switch (scope) {
        case 'USER':
          return { name: null, userIds: [scopeId] };
        case 'PLATFORM': {
          const where = { role: 'ADMIN', deletedAt: null } as const;
          const admins = await client.user.findMany({ where, orderBy: { id: 'asc' } });
          return { name: null, userIds: admins.map(({ id }) => id) };
        }
        case 'AGENT':
          return toPeople(await client.agent.findUnique({ where: { id: scopeId }, select }));
        case 'STRATEGY':
          return toPeople(await client.strategy.findUnique({ where: { id: scopeId }, select }));
        case 'PORTFOLIO':
          return toPeople(await client.portfolio.findUnique({ where: { id: scopeId }, select }));
      }
    },

    async findLock(id): Promise<RiskLockRecord | null> {
      await client.$queryRaw`SELECT 1 FROM "RiskLock" WHERE "id" = ${id}::uuid FOR UPDATE`;
      const row = await client.riskLock.findUnique({ where: { id } });
      return row === null ? null : toLock(row);
    },

    async releaseLock(id, at, result) {
      await client.riskLock.update({
        where: { id },
        data: { releasedAt: at, releasedResult: result?.toFixed(2) ?? null },
      });
    },

    async saveLimits({ scope, scopeId, limits }, at) {
      const columns = { ...limitColumns(limits), updatedAt: at };
      await client.riskLimits.upsert({
        where: { scope_scopeId: { scope, scopeId } },
        create: { scope, scopeId, ...columns },
        update: columns,
      });
    },

    async findLimits({ scope, scopeId }) {
      const row = await client.riskLimits.findUnique({
        where: { scope_scopeId: { scope, scopeId } },
      });
      return row === null ? null : limitsOfRow(row);
    },

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
      const rows = await client.trade.groupBy({
        by: ['instrumentId', 'product', 'runId', 'direction'],
        where: { portfolioId, status: 'OPEN' },
        orderBy: { runId: { sort: 'asc', nulls: 'first' } },
        _sum: { quantity: true },
      });
      return rows.map(({ instrumentId, product, runId, direction, _sum: { quantity } }) => ({
        instrumentId,
        product,
        runId,
        netQuantity: exact(quantity ?? 0).times(direction === 'LONG' ? 1 : -1),
      }));
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

function toLock({
  limit,
  actual,
  ...lock
}: Omit<Prisma.RiskLockGetPayload<object>, 'releasedResult' | 'toldAt'>): RiskLockRecord {
  return { ...lock, limit: exact(limit), actual: exact(actual) };
}

/** What is gone concerns nobody. */
function toPeople(owned: { readonly name: string; readonly userId: string } | null): ScopePeople {
  return owned === null
    ? { name: null, userIds: [] }
    : { name: owned.name, userIds: [owned.userId] };
}

function toState({
  state,
  reason,
  killSwitchId,
}: Omit<Prisma.TradingStateGetPayload<object>, 'scope' | 'scopeId'>) {
  return { state, reason, killSwitchId };
}
