import { Decimal } from 'decimal.js';
import { limitRules, riskLimitKinds, type RiskLimitKind } from './limit-rules.ts';
import type { RiskLimits, RiskScope } from './risk-limits.ts';
import type { ScopedLimits } from './scope-usage.ts';

/** One limit of a scope: what is allowed, what is used of it, what is left. */
export interface LimitUse {
  readonly scope: RiskScope;
  readonly kind: RiskLimitKind;
  /** The instrument whose exposure it is; null: not a limit of one instrument, or none is held. */
  readonly instrumentId: string | null;
  /** In the limit's own unit: rupees, units, orders, positions, trades or percent. */
  readonly allowed: Decimal;
  /** Null: nothing adds up, each order is looked at by itself. */
  readonly used: Decimal | null;
  /** Not below zero. */
  readonly left: Decimal;
  /** Whether it refuses entries now: nothing is left, or a lock holds although the result recovered. */
  readonly reached: boolean;
}

/** The limits of several scopes as one: what an order that belongs to all of them has to keep. */
export interface EffectiveLimits {
  /** For each limit, and each instrument of a limit on one, the scope that leaves the least. */
  readonly uses: readonly LimitUse[];
  readonly conditions: Pick<
    RiskLimits,
    'allowedInstrumentIds' | 'entriesFromMinute' | 'entriesUntilMinute'
  >;
}

const zero = new Decimal(0);

/** What is used and left of every limit that is set in a scope; market time null: there is no feed. */
export function limitUsesOf(scoped: ScopedLimits, marketTime: Date | null): readonly LimitUse[] {
  return riskLimitKinds.flatMap((kind) => {
    const allowed = limitRules[kind].limitOf(scoped.limits);
    if (allowed === null) return [];
    const held = [...scoped.usage.exposures.keys()];
    const instruments = kind === 'MAX_INSTRUMENT_EXPOSURE' && held.length > 0 ? held : [null];
    return instruments.map((instrumentId) =>
      useOf(scoped, marketTime, kind, allowed, instrumentId),
    );
  });
}

function useOf(
  { scope, limits, usage }: ScopedLimits,
  marketTime: Date | null,
  kind: RiskLimitKind,
  allowed: Decimal,
  instrumentId: string | null,
): LimitUse {
  const { usedOf, rests } = limitRules[kind];
  const locked = usage.locks.some((lock) => lock.kind === kind);
  if (usedOf === null) {
    const reached = allowed.isZero();
    return { scope, kind, instrumentId, allowed, used: null, left: allowed, reached };
  }
  // A day that gained has used nothing of its loss.
  const used = Decimal.max(usedOf(usage, instrumentId ?? ''), zero);
  const left = locked ? zero : Decimal.max(allowed.minus(used), zero);
  const atRest = !locked && marketTime !== null && rests?.(usage, limits, marketTime) === true;
  const reached = left.isZero() && !atRest;
  return { scope, kind, instrumentId, allowed, used, left, reached };
}

/** Of several scopes what rules: for each limit the least that is left, of conditions all. */
export function effectiveLimitsOf(
  scopes: readonly ScopedLimits[],
  marketTime: Date | null,
): EffectiveLimits {
  const strictest = new Map<string, LimitUse>();
  const instruments = new Set(scopes.flatMap(({ usage }) => [...usage.exposures.keys()]));
  for (const scoped of scopes) {
    for (const use of spreadOver(limitUsesOf(scoped, marketTime), instruments)) {
      const key = `${use.kind} ${use.instrumentId ?? ''}`;
      const known = strictest.get(key);
      if (known === undefined || isStricter(use, known)) strictest.set(key, use);
    }
  }
  return {
    uses: [...strictest.values()].sort(
      (a, b) => riskLimitKinds.indexOf(a.kind) - riskLimitKinds.indexOf(b.kind),
    ),
    conditions: {
      allowedInstrumentIds: scopes
        .map(({ limits }) => limits.allowedInstrumentIds)
        .reduce((all, next) => intersection(all, next), null),
      entriesFromMinute: latest(scopes.map(({ limits }) => limits.entriesFromMinute)),
      entriesUntilMinute: earliest(scopes.map(({ limits }) => limits.entriesUntilMinute)),
    },
  };
}

/** A limit on one instrument counts in each that any of the scopes holds, used or not. */
function spreadOver(
  uses: readonly LimitUse[],
  instruments: ReadonlySet<string>,
): readonly LimitUse[] {
  const ofInstruments = uses.filter(({ kind }) => kind === 'MAX_INSTRUMENT_EXPOSURE');
  const [first] = ofInstruments;
  if (first === undefined || instruments.size === 0) return uses;
  const others = uses.filter(({ kind }) => kind !== 'MAX_INSTRUMENT_EXPOSURE');
  const unused = { used: zero, left: first.allowed, reached: first.allowed.isZero() };
  return [
    ...others,
    ...[...instruments].map(
      (instrumentId) =>
        ofInstruments.find((use) => use.instrumentId === instrumentId) ?? {
          ...first,
          ...unused,
          instrumentId,
        },
    ),
  ];
}

function isStricter(a: LimitUse, b: LimitUse): boolean {
  if (!a.left.equals(b.left)) return a.left.lessThan(b.left);
  return a.allowed.lessThan(b.allowed);
}

/** Null stands for everything. */
function intersection(
  a: readonly string[] | null,
  b: readonly string[] | null,
): readonly string[] | null {
  if (a === null || b === null) return a ?? b;
  return a.filter((id) => b.includes(id));
}

function latest(minutes: readonly (number | null)[]): number | null {
  const set = minutes.filter((minute) => minute !== null);
  return set.length === 0 ? null : Math.max(...set);
}

function earliest(minutes: readonly (number | null)[]): number | null {
  const set = minutes.filter((minute) => minute !== null);
  return set.length === 0 ? null : Math.min(...set);
}
