import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { RiskLockKind } from '@nandax/core/risk/scope-usage.ts';
import type { Decimal } from 'decimal.js';
import type { UserActor } from '../actor.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import { installationChain } from '../ports/audit.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { ownsScope } from './owned-scope.ts';

/**
 * Ends a lock that a result limit set, so that entries pass again. From then on results count anew:
 * the loss that was looked at does not lock once more, a further one does.
 */
export async function releaseRiskLock(
  ports: Pick<TradingPorts, 'store' | 'clock' | 'bus'>,
  {
    actor,
    administrates,
    lockId,
  }: {
    readonly actor: UserActor;
    /** Whether the actor may release the locks of the whole installation. */
    readonly administrates: boolean;
    readonly lockId: string;
  },
): Promise<Result<{ readonly id: string }, NotFound | IllegalState>> {
  const now = ports.clock.now();
  const released = await ports.store.transaction(async (rows) => {
    const lock = await rows.risk.findLock(lockId);
    if (lock === null || !(await ownsScope(rows, { userId: actor.userId, administrates }, lock))) {
      return fail(notFound('RiskLock', lockId));
    }
    const { scope, scopeId, kind, feedId } = lock;
    // A feed that set a lock has a market clock.
    const marketTime = (await rows.feeds.marketTime(feedId)) ?? lock.lockedAt;
    if (lock.releasedAt !== null || (lock.endsAt !== null && lock.endsAt <= marketTime)) {
      return fail(illegalState('ENDED', 'The lock does not hold any more.'));
    }
    const result = await rows.risk.resultOf({ scope, scopeId, feedId, marketTime });
    await rows.risk.releaseLock(lockId, marketTime, countedFrom(kind, result));
    if (kind === 'MAX_DRAWDOWN') await rows.risk.setPeak({ scope, scopeId, feedId }, result.total);
    await rows.audit.append(
      [
        {
          chain: scope === 'PLATFORM' ? installationChain : actor.userId,
          action: 'RISK_LOCK_RELEASED',
          actor,
          entity: 'RiskLock',
          entityId: lockId,
          after: { scope, scopeId, kind, releasedAt: marketTime.toISOString() },
        },
      ],
      now,
    );
    return succeed({ id: lockId });
  });
  if (released.ok) await ports.bus.publish('audit', {});
  return released;
}

/** Rupees of the limited result at the release. */
function countedFrom(
  kind: RiskLockKind,
  { day, total }: { readonly day: Decimal; readonly total: Decimal },
): Decimal | null {
  switch (kind) {
    case 'MAX_DAILY_LOSS':
    case 'MAX_DAILY_PROFIT':
      return day;
    case 'MAX_DRAWDOWN':
      return total;
    case 'MAX_CONSECUTIVE_LOSSES':
      return null;
  }
}
