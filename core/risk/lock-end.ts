import { dayNumberOf, instantOf, minuteMs } from '../calendar/exchange-time.ts';
import type { RiskLockKind, ScopedLimits } from './scope-usage.ts';

/**
 * Market time at which a lock that a reached limit sets at `marketTime` ends by itself; null: it holds
 * until it is released.
 */
export function lockEndOf(
  kind: RiskLockKind,
  { limits, usage }: Pick<ScopedLimits, 'limits' | 'usage'>,
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
