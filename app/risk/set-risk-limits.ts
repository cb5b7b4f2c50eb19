import { fail, succeed, type Result } from '@nandax/core/result.ts';
import {
  hasRateLimits,
  noLimits,
  type RiskLimits,
  type RiskScope,
} from '@nandax/core/risk/risk-limits.ts';
import { Decimal } from 'decimal.js';
import type { AccountActor } from '../actor.ts';
import { snapshot } from '../events/snapshot.ts';
import { invalidInput, notFound, type InvalidInput, type NotFound } from '../failures.ts';
import { installationChain } from '../ports/audit.ts';
import { platformScopeId, type ScopeLimitsRecord } from '../ports/risk.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { ownsScope } from './owned-scope.ts';

export interface SetRiskLimitsInput {
  readonly actor: AccountActor;
  /** Whether the actor may set the limits of the whole installation. */
  readonly administrates: boolean;
  readonly scope: RiskScope;
  /** Agent, strategy or portfolio of that scope; null for USER and PLATFORM. */
  readonly scopeId: string | null;
  /** All of them, said anew. */
  readonly limits: RiskLimits;
}

const minutesOfDay = 1440;
/** What the database holds in an integer. */
const mostCount = 2_147_483_647;
/** More than any amount of the market; below what the database holds. */
const mostAmount = 1e13;

const counts = [
  'maxOpenPositions',
  'maxOrdersPerSecond',
  'maxOrdersPerMinute',
  'maxOrdersPerDay',
  'maxConsecutiveLosses',
] as const;
/** A loss of nothing would lock at once. */
const aboveZero: readonly (keyof RiskLimits)[] = [
  'maxOrderValue',
  'maxOrderQuantity',
  'maxDailyLoss',
  'maxDailyProfit',
  'maxDrawdown',
  'maxConsecutiveLosses',
];

/** Says the limits of a scope anew; they hold for the next order. */
export async function setRiskLimits(
  ports: Pick<TradingPorts, 'store' | 'clock' | 'bus'>,
  input: SetRiskLimitsInput,
): Promise<Result<ScopeLimitsRecord, InvalidInput | NotFound>> {
  const { actor, scope, limits } = input;
  const invalid = checkScope(input) ?? checkLimits(limits);
  if (invalid !== null) return fail(invalid);
  const now = ports.clock.now();
  const set = await ports.store.transaction(async (rows) => {
    const scopeId = await scopeIdOf(rows, input);
    if (scopeId === null) return fail(notFound(entityOf[scope], input.scopeId ?? ''));
    for (const instrumentId of limits.allowedInstrumentIds ?? []) {
      if ((await rows.runs.visibleInstrument(instrumentId, actor.userId)) === null) {
        return fail(notFound('Instrument', instrumentId));
      }
    }
    const before = (await rows.risk.findLimits({ scope, scopeId })) ?? noLimits;
    await rows.risk.saveLimits({ scope, scopeId, limits }, now);
    // Only what is limited is counted on its way; what passed before counts too.
    if (hasRateLimits(limits) && !hasRateLimits(before)) {
      await rows.risk.countAnew({ scope, scopeId });
    }
    if (limits.maxDrawdown !== null && before.maxDrawdown === null) {
      // Nobody looked how high the result stood until now.
      await rows.risk.forgetPeaks({ scope, scopeId });
    }
    await rows.audit.append(
      [
        {
          chain: scope === 'PLATFORM' ? installationChain : actor.userId,
          action: 'RISK_LIMITS_CHANGED',
          actor,
          entity: 'RiskLimits',
          entityId: scopeId,
          before: { scope, limits: snapshot(before) },
          after: { scope, limits: snapshot(limits) },
        },
      ],
      now,
    );
    return succeed({ scope, scopeId, limits });
  });
  if (set.ok) await ports.bus.publish('audit', {});
  return set;
}

const entityOf: Readonly<Record<RiskScope, string>> = {
  AGENT: 'Agent',
  STRATEGY: 'Strategy',
  PORTFOLIO: 'Portfolio',
  USER: 'User',
  PLATFORM: 'Platform',
};

function checkScope({ scope, scopeId, administrates }: SetRiskLimitsInput): InvalidInput | null {
  if (scope === 'PLATFORM' && !administrates) {
    return invalidInput('scope', 'Only administrators set the limits of the installation.');
  }
  const named = scope !== 'USER' && scope !== 'PLATFORM';
  return named === (scopeId !== null)
    ? null
    : invalidInput('id', 'An agent, a strategy and a portfolio are named; nothing else is.');
}

function checkLimits(limits: RiskLimits): InvalidInput | null {
  for (const name of Object.keys(limits) as (keyof RiskLimits)[]) {
    const value = limits[name];
    if (!(value instanceof Decimal)) continue;
    const least = aboveZero.includes(name) ? value.greaterThan(0) : value.greaterThanOrEqualTo(0);
    if (!value.isFinite() || !least || value.greaterThan(mostAmount)) {
      return invalidInput(name, 'A limit is a number from zero; of results and sizes above it.');
    }
  }
  const fraction = counts.find((name) => {
    const value = limits[name];
    return value !== null && (!value.isInteger() || value.greaterThan(mostCount));
  });
  if (fraction !== undefined) return invalidInput(fraction, 'A count is a whole number.');
  const minutes = limits.lossCoolDownMinutes;
  if (minutes !== null && (minutes < 0 || minutes > mostCount)) {
    return invalidInput('lossCoolDownMinutes', 'A time to cool down is not below zero.');
  }
  return checkHours(limits);
}

function checkHours({ entriesFromMinute, entriesUntilMinute }: RiskLimits): InvalidInput | null {
  const from = entriesFromMinute ?? 0;
  const until = entriesUntilMinute ?? minutesOfDay;
  return from >= 0 && until <= minutesOfDay && from < until
    ? null
    : invalidInput('entriesUntilMinute', 'Entries pass from one minute of the day to a later one.');
}

async function scopeIdOf(
  rows: StoreTransaction,
  { actor: { userId }, administrates, scope, scopeId }: SetRiskLimitsInput,
): Promise<string | null> {
  if (scope === 'PLATFORM') return platformScopeId;
  if (scope === 'USER') return userId;
  if (scopeId === null) return null;
  return (await ownsScope(rows, { userId, administrates }, { scope, scopeId })) ? scopeId : null;
}
