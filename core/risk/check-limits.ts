import { minuteOfDay } from '../calendar/exchange-time.ts';
import type { Denial } from './denial.ts';
import { limitRules, riskLimitKinds, type Opening } from './limit-rules.ts';
import type { ScopedLimits } from './scope-usage.ts';

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
    ...usage.locks.map(({ kind, limit, actual }) => ({ code: kind, limit, actual, scope })),
    ...conditionsOf(opening, scoped),
    ...amountsOf(opening, scoped),
  ];
}

/** Instruments and hours: conditions without an amount. */
function conditionsOf(opening: Opening, { scope, limits }: ScopedLimits): readonly Denial[] {
  const denials: Denial[] = [];
  if (limits.allowedInstrumentIds?.includes(opening.instrumentId) === false) {
    denials.push({ code: 'INSTRUMENT_NOT_ALLOWED', limit: null, actual: null, scope });
  }
  const minute = minuteOfDay(opening.marketTime.getTime());
  const { entriesFromMinute: from, entriesUntilMinute: until } = limits;
  if ((from !== null && minute < from) || (until !== null && minute >= until)) {
    denials.push({ code: 'OUTSIDE_ALLOWED_HOURS', limit: null, actual: null, scope });
  }
  return denials;
}

function amountsOf(opening: Opening, { scope, limits, usage }: ScopedLimits): readonly Denial[] {
  return riskLimitKinds.flatMap((code) => {
    const rule = limitRules[code];
    const limit = rule.limitOf(limits);
    if (limit === null || rule.rests?.(usage, limits, opening.marketTime) === true) return [];
    const actual = rule.actualOf(opening, usage);
    if (actual === null) return [];
    const keeps =
      rule.refuses === 'ABOVE' ? actual.lessThanOrEqualTo(limit) : actual.lessThan(limit);
    return keeps ? [] : [{ code, limit, actual, scope }];
  });
}
