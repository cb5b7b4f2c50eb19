import type { RiskLockRecord, RiskRows, ScopeKey } from '@nandax/app/ports/risk.ts';
import { platformScopeId } from '@nandax/app/ports/risk.ts';
import { hasAggregateLimits, riskScopes, type RiskLimits } from '@nandax/core/risk/risk-limits.ts';
import type { Decimal } from 'decimal.js';
import type { Prisma } from '../generated/client.ts';
import { exact, exactOrNull } from './exact.ts';
import { countOrder, exposureUsage, rateUsage, resultUsage } from './risk-usage.ts';
import type { TransactionClient } from './transaction-client.ts';

/** Limits, counters and locks on Prisma. */
export function riskRows(client: TransactionClient): RiskRows {
  async function scopesOf(order: Parameters<RiskRows['limitsOf']>[0]): Promise<ScopeKey[]> {
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
      .map((row) => ({ scope: row.scope, scopeId: row.scopeId, limits: toLimits(row) }))
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

    exposureOf: (scope, place) => exposureUsage(client, scope, place),
    ratesOf: (scope) => rateUsage(client, scope),
    resultsOf: (scope, place) => resultUsage(client, scope, place),
    countOrder: (scope) => countOrder(client, scope),

    async heldLocks({ scope, scopeId }, { feedId, marketTime }) {
      if (feedId === null) return [];
      const rows = await client.riskLock.findMany({
        where: {
          scope,
          scopeId,
          feedId,
          releasedAt: null,
          OR: [{ endsAt: null }, { endsAt: { gt: marketTime } }],
        },
        orderBy: { createdAt: 'asc' },
      });
      return rows.map(({ kind, limit, actual }) => ({
        kind,
        limit: exact(limit),
        actual: exact(actual),
      }));
    },

    async insertLock(lock) {
      await client.riskLock.create({
        data: { ...lock, limit: lock.limit.toFixed(), actual: lock.actual.toFixed() },
      });
    },

    async findLock(id): Promise<RiskLockRecord | null> {
      await client.$queryRaw`SELECT 1 FROM "RiskLock" WHERE "id" = ${id}::uuid FOR UPDATE`;
      const row = await client.riskLock.findUnique({ where: { id } });
      return row === null ? null : { ...row, limit: exact(row.limit), actual: exact(row.actual) };
    },

    async releaseLock(id, at) {
      await client.riskLock.update({ where: { id }, data: { releasedAt: at } });
    },

    async saveLimits({ scope, scopeId, limits }, at) {
      const columns = { ...toColumns(limits), updatedAt: at };
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
      return row === null ? null : toLimits(row);
    },

    async lockTradingState({ scope, scopeId }) {
      await client.$queryRaw`
        SELECT 1 FROM "TradingState"
        WHERE "scope" = ${scope}::"RiskScope" AND "scopeId" = ${scopeId} FOR UPDATE`;
      const row = await client.tradingState.findUnique({
        where: { scope_scopeId: { scope, scopeId } },
      });
      const none = { state: 'ACTIVE', reason: null, killSwitchId: null } as const;
      return { scope, scopeId, ...(row === null ? none : toState(row)) };
    },

    async saveTradingState({ scope, scopeId, ...columns }, at) {
      await client.tradingState.upsert({
        where: { scope_scopeId: { scope, scopeId } },
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

function toState({
  state,
  reason,
  killSwitchId,
}: Omit<Prisma.TradingStateGetPayload<object>, 'scope' | 'scopeId'>) {
  return { state, reason, killSwitchId };
}

function toLimits(row: Prisma.RiskLimitsGetPayload<object>): RiskLimits {
  return {
    maxCapitalPerTrade: exactOrNull(row.maxCapitalPerTrade),
    maxOrderValue: exactOrNull(row.maxOrderValue),
    maxOrderQuantity: exactOrNull(row.maxOrderQuantity),
    maxOpenPositions: exactOrNull(row.maxOpenPositions),
    maxInstrumentExposure: exactOrNull(row.maxInstrumentExposure),
    maxTotalExposure: exactOrNull(row.maxTotalExposure),
    maxOrdersPerSecond: exactOrNull(row.maxOrdersPerSecond),
    maxOrdersPerMinute: exactOrNull(row.maxOrdersPerMinute),
    maxOrdersPerDay: exactOrNull(row.maxOrdersPerDay),
    maxDailyLoss: exactOrNull(row.maxDailyLoss),
    maxDailyProfit: exactOrNull(row.maxDailyProfit),
    maxDrawdown: exactOrNull(row.maxDrawdown),
    maxConsecutiveLosses: exactOrNull(row.maxConsecutiveLosses),
    lossCoolDownMinutes: row.lossCoolDownMinutes,
    maxPriceDeviation: exactOrNull(row.maxPriceDeviation),
    allowedInstrumentIds: row.allowedInstrumentIds.length === 0 ? null : row.allowedInstrumentIds,
    entriesFromMinute: row.entriesFromMinute,
    entriesUntilMinute: row.entriesUntilMinute,
  };
}

function toColumns(limits: RiskLimits) {
  const amount = (value: Decimal | null): string | null => value?.toFixed() ?? null;
  const count = (value: Decimal | null): number | null => value?.toNumber() ?? null;
  return {
    maxCapitalPerTrade: amount(limits.maxCapitalPerTrade),
    maxOrderValue: amount(limits.maxOrderValue),
    maxOrderQuantity: amount(limits.maxOrderQuantity),
    maxOpenPositions: count(limits.maxOpenPositions),
    maxInstrumentExposure: amount(limits.maxInstrumentExposure),
    maxTotalExposure: amount(limits.maxTotalExposure),
    maxOrdersPerSecond: count(limits.maxOrdersPerSecond),
    maxOrdersPerMinute: count(limits.maxOrdersPerMinute),
    maxOrdersPerDay: count(limits.maxOrdersPerDay),
    maxDailyLoss: amount(limits.maxDailyLoss),
    maxDailyProfit: amount(limits.maxDailyProfit),
    maxDrawdown: amount(limits.maxDrawdown),
    maxConsecutiveLosses: count(limits.maxConsecutiveLosses),
    lossCoolDownMinutes: limits.lossCoolDownMinutes,
    maxPriceDeviation: amount(limits.maxPriceDeviation),
    allowedInstrumentIds: [...(limits.allowedInstrumentIds ?? [])],
    entriesFromMinute: limits.entriesFromMinute,
    entriesUntilMinute: limits.entriesUntilMinute,
  };
}
