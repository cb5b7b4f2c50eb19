import type {
  LimitedPortfolio,
  RiskRows,
  ScopeKey,
  ScopeLimitsRecord,
} from '@nandax/app/ports/risk.ts';
import { platformScopeId } from '@nandax/app/ports/risk.ts';
import { hasAggregateLimits, riskScopes } from '@nandax/core/risk/risk-limits.ts';
import { Prisma } from '../generated/client.ts';
import { killSwitchRows } from './kill-switch-rows.ts';
import { limitColumns, limitsOfRow } from './limit-columns.ts';
import { lockRows } from './lock-rows.ts';
import { countAnew, countOrder } from './risk-counters.ts';
import { resultOfScope, usageOfScopes } from './risk-usage.ts';
import type { TransactionClient } from './transaction-client.ts';

/** Limits, counters and locks on Prisma. */
export function riskRows(client: TransactionClient): RiskRows {
  /** What this transaction took, by run: once, so that no lock is asked for out of turn later. */
  let taken: ReadonlyMap<string | null, readonly ScopeLimitsRecord[]> | null = null;

  /** The scopes of orders of each run, narrow to wide. */
  async function scopesOf(
    { portfolioId, userId }: LimitedPortfolio,
    runIds: readonly (string | null)[],
  ): Promise<ReadonlyMap<string | null, readonly ScopeKey[]>> {
    const ids = runIds.filter((runId) => runId !== null);
    const runs =
      ids.length === 0
        ? []
        : await client.run.findMany({
            where: { id: { in: ids } },
            select: { id: true, agentId: true, strategyVersion: { select: { strategyId: true } } },
          });
    const scopesOfRun = (runId: string | null): ScopeKey[] => {
      const run = runs.find(({ id }) => id === runId);
      if (run === undefined) return [];
      const { agentId, strategyVersion } = run;
      const strategy = { scope: 'STRATEGY', scopeId: strategyVersion.strategyId } as const;
      return agentId === null ? [strategy] : [{ scope: 'AGENT', scopeId: agentId }, strategy];
    };
    return new Map(
      runIds.map((runId) => [
        runId,
        [
          ...scopesOfRun(runId),
          { scope: 'PORTFOLIO', scopeId: portfolioId },
          { scope: 'USER', scopeId: userId },
          { scope: 'PLATFORM', scopeId: platformScopeId },
        ],
      ]),
    );
  }

  async function readLimits(scopes: readonly ScopeKey[]) {
    const rows = await client.riskLimits.findMany({
      where: { OR: scopes.map(({ scope, scopeId }) => ({ scope, scopeId })) },
    });
    return rows
      .map((row) => ({ scope: row.scope, scopeId: row.scopeId, limits: limitsOfRow(row) }))
      .sort((a, b) => riskScopes.indexOf(a.scope) - riskScopes.indexOf(b.scope));
  }

  function byRun(
    scopes: ReadonlyMap<string | null, readonly ScopeKey[]>,
    limits: readonly ScopeLimitsRecord[],
  ): ReadonlyMap<string | null, readonly ScopeLimitsRecord[]> {
    const meets = (keys: readonly ScopeKey[], { scope, scopeId }: ScopeKey) =>
      keys.some((key) => key.scope === scope && key.scopeId === scopeId);
    return new Map(
      [...scopes].map(([runId, keys]) => [runId, limits.filter((one) => meets(keys, one))]),
    );
  }

  async function takeLimits(portfolio: LimitedPortfolio, runIds: readonly (string | null)[]) {
    const scopes = await scopesOf(portfolio, runIds);
    const all = [...scopes.values()].flat();
    const seen = await readLimits(all);
    const shared = seen.filter(({ limits }) => hasAggregateLimits(limits));
    if (shared.length === 0) return byRun(scopes, seen);
    const keys = shared.map(
      ({ scope, scopeId }) => Prisma.sql`(${scope}::"RiskScope", ${scopeId})`,
    );
    await client.$queryRaw`
      SELECT 1 FROM "RiskLimits" WHERE ("scope", "scopeId") IN (${Prisma.join(keys)})
      ORDER BY "scope", "scopeId" FOR UPDATE`;
    // They may have changed while we waited.
    return byRun(scopes, await readLimits(all));
  }

  return {
    async limitsOf(portfolio, runIds) {
      // What meets the orders of no run meets those of every run, so it is among them anyway.
      taken ??= await takeLimits(portfolio, [...new Set([null, ...runIds])]);
      const limits = taken;
      if (runIds.some((runId) => !limits.has(runId))) {
        throw new Error('the limits of a run were not among those that were taken first');
      }
      return limits;
    },

    async limitsSeenBy(portfolio, runIds) {
      const scopes = await scopesOf(portfolio, runIds);
      return byRun(scopes, await readLimits([...scopes.values()].flat()));
    },

    usageOf: (scopes, positions, withoutOrderId = null) =>
      usageOfScopes(client, scopes, positions, withoutOrderId),
    countOrder: (scope) => countOrder(client, scope),

    countAnew: (scope) => countAnew(client, scope),

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

    ...lockRows(client),
    ...killSwitchRows(client),
  };
}
