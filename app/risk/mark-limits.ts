import { dayNumberOf, instantOf, minuteMs } from '@nandax/core/calendar/exchange-time.ts';
import type { Denial } from '@nandax/core/risk/denial.ts';
import { hasRateLimits } from '@nandax/core/risk/risk-limits.ts';
import { riskLockKinds, type ScopedLimits } from '@nandax/core/risk/scope-usage.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';

/** Counts an order that passed at every scope that limits how many do. */
export async function countOrder(
  rows: StoreTransaction,
  limits: readonly ScopedLimits[],
): Promise<void> {
  for (const { scope, scopeId, limits: set } of limits) {
    if (hasRateLimits(set)) await rows.risk.countOrder({ scope, scopeId });
  }
}

/**
 * Locks the scope whose result limit an order ran into, so that it stays shut although the result
 * recovers: for the exchange day, for the time to cool down, or until the release. Does nothing for
 * other denials and where the lock holds already.
 */
export async function lockScope(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'ids' | 'clock'>,
  { feedId }: LockedPortfolio,
  scopes: readonly ScopedLimits[],
  { code, scope, limit, actual }: Denial,
  marketTime: Date,
): Promise<void> {
  const kind = riskLockKinds.find((lockKind) => lockKind === code);
  const scoped = scopes.find((one) => one.scope === scope);
  if (kind === undefined || scoped === undefined) return;
  if (feedId === null || limit === null || actual === null) return;
  if (scoped.usage.locks.some((held) => held.kind === kind)) return;
  await rows.risk.insertLock({
    id: ports.ids.uuid(),
    scope: scoped.scope,
    scopeId: scoped.scopeId,
    feedId,
    kind,
    limit,
    actual,
    lockedAt: marketTime,
    endsAt: endOf(kind, scoped, marketTime),
    releasedAt: null,
    createdAt: ports.clock.now(),
  });
}

/** Market time at which a lock ends by itself. */
function endOf(
  kind: (typeof riskLockKinds)[number],
  { limits, usage }: ScopedLimits,
  marketTime: Date,
): Date | null {
  switch (kind) {
    case 'MAX_DAILY_LOSS':
    case 'MAX_DAILY_PROFIT':
      return new Date(instantOf(dayNumberOf(marketTime.getTime()) + 1, 0));
    case 'MAX_DRAWDOWN':
      return null;
    case 'MAX_CONSECUTIVE_LOSSES':
      return limits.lossCoolDownMinutes === null || usage.lastLossAt === null
        ? null
        : new Date(usage.lastLossAt.getTime() + limits.lossCoolDownMinutes * minuteMs);
  }
}
