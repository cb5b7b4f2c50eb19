import { dayNumberOf, instantOf, minuteOfDay } from '../calendar/exchange-time.ts';
import type { Denial } from './denial.ts';
import { limitRules, riskLimitKinds, type Opening } from './limit-rules.ts';
import { lockEndOf } from './lock-end.ts';
import { riskLockKinds, type ScopedLimits } from './scope-usage.ts';

/**
 * The first limit that an opening breaks, null where it keeps all of them. Locks that hold come
 * first; among the scopes that refuse with one code, the one with the lowest limit is named.
 */
export function checkLimits(opening: Opening, scopes: readonly ScopedLimits[]): Denial | null {
  const broken = scopes.flatMap((scoped) => denialsOf(opening, scoped));
  const [first] = broken;
  if (first === undefined) return null;
  return broken
    .filter(({ code }) => code === first.code)
    .reduce((lowest, next) => (isLower(next, lowest) ? next : lowest));
}

function isLower(a: Denial, b: Denial): boolean {
  return a.limit !== null && b.limit !== null && a.limit.lessThan(b.limit);
}

function denialsOf(opening: Opening, scoped: ScopedLimits): readonly Denial[] {
  const { scope, usage } = scoped;
  return [
    ...usage.locks.map(({ kind, limit, actual, endsAt }) => ({
      code: kind,
      limit,
      actual,
      scope,
      until: endsAt,
    })),
    ...conditionsOf(opening, scoped),
    ...amountsOf(opening, scoped),
  ];
}

/** Instruments and hours: conditions without an amount. */
function conditionsOf(opening: Opening, { scope, limits }: ScopedLimits): readonly Denial[] {
  const denials: Denial[] = [];
  if (limits.allowedInstrumentIds?.includes(opening.instrumentId) === false) {
    denials.push({
      code: 'INSTRUMENT_NOT_ALLOWED',
      limit: null,
      actual: null,
      scope,
      instrument: opening.instrumentName,
    });
  }
  const time = opening.marketTime.getTime();
  const minute = minuteOfDay(time);
  const { entriesFromMinute: from, entriesUntilMinute: until } = limits;
  if ((from !== null && minute < from) || (until !== null && minute >= until)) {
    const opensAt = from ?? 0;
    const day = dayNumberOf(time) + (minute < opensAt ? 0 : 1);
    denials.push({
      code: 'OUTSIDE_ALLOWED_HOURS',
      limit: null,
      actual: null,
      scope,
      until: new Date(instantOf(day, opensAt)),
      hours: { from, until },
    });
  }
  return denials;
}

function amountsOf(opening: Opening, scoped: ScopedLimits): readonly Denial[] {
  const { scope, limits, usage } = scoped;
  return riskLimitKinds.flatMap((code) => {
    const rule = limitRules[code];
    const limit = rule.limitOf(limits);
    if (limit === null || rule.rests?.(usage, limits, opening.marketTime) === true) return [];
    const actual = rule.actualOf(opening, usage);
    if (actual === null) return [];
    const keeps =
      rule.refuses === 'ABOVE' ? actual.lessThanOrEqualTo(limit) : actual.lessThan(limit);
    if (keeps) return [];
    const kind = riskLockKinds.find((one) => one === code);
    const until = kind === undefined ? null : lockEndOf(kind, scoped, opening.marketTime);
    return [{ code, limit, actual, scope, until, instrument: opening.instrumentName }];
  });
}
