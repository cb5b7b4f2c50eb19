import type { Denial } from '@nandax/core/risk/denial.ts';
import { reachedLimits } from '@nandax/core/risk/reached-limits.ts';
import { riskLockKinds, type HeldLock, type ScopedLimits } from '@nandax/core/risk/scope-usage.ts';
import { notify } from '../notifications/notify.ts';
import type { RiskLockRecord, ScopeKey } from '../ports/risk.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';

type LockPorts = Pick<TradingPorts, 'ids' | 'clock'>;

/** Where and when a limit was reached. */
interface Place {
  readonly feedId: string;
  readonly marketTime: Date;
}

/**
 * Locks the scope whose result limit an order ran into, so that it stays shut although the result
 * recovers: for the exchange day, for the time to cool down, or until the release. Does nothing for
 * other denials and where the lock holds already.
 */
export async function lockDeniedScope(
  rows: StoreTransaction,
  ports: LockPorts,
  scopes: readonly ScopedLimits[],
  { code, scope, limit, actual, until: endsAt = null }: Denial,
  { feedId, marketTime }: { readonly feedId: string | null; readonly marketTime: Date },
): Promise<void> {
  const kind = riskLockKinds.find((lockKind) => lockKind === code);
  const scoped = scopes.find((one) => one.scope === scope);
  if (kind === undefined || scoped === undefined) return;
  if (feedId === null || limit === null || actual === null) return;
  if (scoped.usage.locks.some((held) => held.kind === kind)) return;
  await rows.risk.insertLock(
    lockOf(ports, scoped, { kind, limit, actual, endsAt }, { feedId, marketTime }),
  );
}

/**
 * Locks every scope on a feed that has reached a limit on its result at the feed's market time, whether
 * or not an order asks, keeps how high the results stand from which drawdowns are measured, and tells
 * those concerned of each lock once. The owner of the feed calls it
 * as its minutes end; it may be called any number of times.
 */
export async function lockReachedLimits(
  ports: LockPorts & Pick<TradingPorts, 'store' | 'bus'>,
  feedId: string,
): Promise<void> {
  const { seen, untold } = await ports.store.read(async (rows) => ({
    seen: await resultsOn(rows, feedId),
    untold: await rows.risk.untoldLocks(feedId),
  }));
  for (const { scoped } of seen) {
    const { scope, scopeId, limits, usage } = scoped;
    // Below its highest there is nothing to keep.
    if (limits.maxDrawdown === null || !usage.drawdown.isZero() || usage.result.isZero()) continue;
    await ports.store.transaction(({ risk }) =>
      risk.raisePeak({ scope, scopeId, feedId }, usage.result),
    );
  }
  const reached = seen.flatMap(({ scoped, marketTime }) =>
    reachedLimits(scoped, marketTime).map((lock) => ({ scoped, lock, marketTime })),
  );
  for (const { scoped, lock, marketTime } of reached) {
    const row = lockOf(ports, scoped, lock, { feedId, marketTime });
    await ports.store.transaction(({ risk }) => risk.insertLock(row));
  }
  // Of those just written, another may have been first.
  const toTell =
    reached.length === 0 ? untold : await ports.store.read(({ risk }) => risk.untoldLocks(feedId));
  for (const lock of toTell) await tell(ports, lock);
  if (toTell.length > 0) await ports.bus.publish('outbox', {});
}

/** What a scope's result has come to. */
interface SeenResult {
  readonly scoped: ScopedLimits;
  readonly marketTime: Date;
}

async function resultsOn(rows: StoreTransaction, feedId: string): Promise<readonly SeenResult[]> {
  const limits = await rows.risk.resultLimitsOn(feedId);
  const marketTime = limits.length === 0 ? null : await rows.feeds.marketTime(feedId);
  if (marketTime === null) return [];
  const scopes = limits.map((scope) => ({ ...scope, feedId, marketTime }));
  const usages = await rows.risk.usageOf(scopes, []);
  return limits.map((scope, index) => {
    const usage = usages[index]?.usage;
    if (usage === undefined) throw new Error('a scope without its usage');
    return { scoped: { ...scope, usage }, marketTime };
  });
}

function lockOf(
  ports: LockPorts,
  scoped: ScopedLimits,
  lock: HeldLock,
  { feedId, marketTime }: Place,
): RiskLockRecord {
  const { scope, scopeId } = scoped;
  return {
    ...lock,
    id: ports.ids.uuid(),
    scope,
    scopeId,
    feedId,
    lockedAt: marketTime,
    releasedAt: null,
    createdAt: ports.clock.now(),
  };
}

/** Tells those whose scope it is. People in the order of their ids, in which all lock their logs. */
async function tell(
  ports: LockPorts & Pick<TradingPorts, 'store'>,
  lock: RiskLockRecord,
): Promise<void> {
  const at = ports.clock.now();
  await ports.store.transaction(async (rows) => {
    if (!(await rows.risk.claimTelling(lock.id, at))) return;
    const { name, userIds } = await rows.risk.peopleOf(lock);
    const { title, what } = wordsOf(lock);
    const body = `${whose(lock, name)}: ${what}. ${untilWhen(lock)} Exits and cancels still pass.`;
    for (const userId of userIds) {
      const told = await notify(rows, ports.ids, { userId, level: 'WARNING', title, body, at });
      await rows.events.append(userId, [told], at);
    }
  });
}

function whose({ scope }: ScopeKey, name: string | null): string {
  switch (scope) {
    case 'PLATFORM':
      return 'The whole installation';
    case 'USER':
      return 'All your portfolios together';
    case 'PORTFOLIO':
    case 'STRATEGY':
    case 'AGENT':
      return `${scope.charAt(0)}${scope.slice(1).toLowerCase()} ${name ?? 'without a name'}`;
  }
}

function wordsOf({ kind, limit, actual }: HeldLock): {
  readonly title: string;
  readonly what: string;
} {
  const [came, most] = [actual.toFixed(2), limit.toFixed(2)];
  switch (kind) {
    case 'MAX_DAILY_LOSS':
      return {
        title: 'Daily loss limit reached',
        what: `a loss of ${came} rupees today, where ${most} lock`,
      };
    case 'MAX_DAILY_PROFIT':
      return {
        title: 'Daily profit reached',
        what: `a profit of ${came} rupees today, where ${most} lock`,
      };
    case 'MAX_DRAWDOWN':
      return {
        title: 'Drawdown limit reached',
        what: `${came} rupees below the highest result, where ${most} lock`,
      };
    case 'MAX_CONSECUTIVE_LOSSES':
      return {
        title: 'Losses in a row',
        what: `${actual.toFixed()} losses in a row, where ${limit.toFixed()} lock`,
      };
  }
}

function untilWhen({ kind, endsAt }: RiskLockRecord): string {
  if (endsAt === null) return 'Nothing opens a position until the lock is released.';
  return kind === 'MAX_CONSECUTIVE_LOSSES'
    ? 'Nothing opens a position until the time to cool down is over.'
    : 'Nothing opens a position until the next trading day.';
}
