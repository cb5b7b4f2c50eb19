import { limitRules } from './limit-rules.ts';
import { lockEndOf } from './lock-end.ts';
import { riskLockKinds, type HeldLock, type ScopedLimits } from './scope-usage.ts';

/** The result limits of a scope that are reached at a market time and hold no lock yet. */
export function reachedLimits(scoped: ScopedLimits, marketTime: Date): readonly HeldLock[] {
  const { limits, usage } = scoped;
  return riskLockKinds.flatMap((kind) => {
    const rule = limitRules[kind];
    const limit = rule.limitOf(limits);
    const held = usage.locks.some((lock) => lock.kind === kind);
    if (limit === null || held || rule.rests?.(usage, limits, marketTime) === true) return [];
    // Results are those of the scope, whatever the instrument.
    const actual = rule.usedOf?.(usage, '') ?? null;
    if (actual === null || actual.lessThan(limit)) return [];
    return [{ kind, limit, actual, endsAt: lockEndOf(kind, scoped, marketTime) }];
  });
}
