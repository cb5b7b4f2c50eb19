import { noLimits, type RiskLimits } from '@nandax/core/risk/risk-limits.ts';
import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import type { AccountActor } from '../actor.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { setRiskLimits, type SetRiskLimitsInput } from './set-risk-limits.ts';

const actor: AccountActor = {
  kind: 'USER',
  userId: 'somebody',
  sessionId: 'session',
  ipAddress: null,
  userAgent: null,
};

/** What passes the look at its values reaches the database, which is not here. */
const reachedDatabase = new Error('reached the database');
const ports = {
  clock: { now: () => new Date(0) },
  store: { transaction: () => Promise.reject(reachedDatabase) },
} as unknown as Pick<TradingPorts, 'store' | 'clock' | 'bus'>;

async function refusal(
  limits: Partial<RiskLimits>,
  more: Partial<SetRiskLimitsInput> = {},
): Promise<string> {
  const input = { actor, administrates: false, scope: 'USER', scopeId: null, ...more } as const;
  try {
    const set = await setRiskLimits(ports, { ...input, limits: { ...noLimits, ...limits } });
    if (set.ok) throw new Error('limits were set without a database');
    return set.failure.kind === 'INVALID_INPUT' ? set.failure.field : set.failure.kind;
  } catch (error) {
    if (error !== reachedDatabase) throw error;
    return 'passes';
  }
}

const number = (value: number | string): Decimal => new Decimal(value);

/** Every limit that is a number: from where it is taken, and whether it is a count. */
const numbers: readonly (readonly [keyof RiskLimits, 'FROM_ZERO' | 'ABOVE_ZERO', boolean])[] = [
  ['maxCapitalPerTrade', 'FROM_ZERO', false],
  ['maxOrderValue', 'ABOVE_ZERO', false],
  ['maxOrderQuantity', 'ABOVE_ZERO', false],
  ['maxOpenPositions', 'FROM_ZERO', true],
  ['maxInstrumentExposure', 'FROM_ZERO', false],
  ['maxTotalExposure', 'FROM_ZERO', false],
  ['maxOrdersPerSecond', 'FROM_ZERO', true],
  ['maxOrdersPerMinute', 'FROM_ZERO', true],
  ['maxOrdersPerDay', 'FROM_ZERO', true],
  ['maxDailyLoss', 'ABOVE_ZERO', false],
  ['maxDailyProfit', 'ABOVE_ZERO', false],
  ['maxDrawdown', 'ABOVE_ZERO', false],
  ['maxConsecutiveLosses', 'ABOVE_ZERO', true],
  ['maxPriceDeviation', 'FROM_ZERO', false],
];

describe('limits as somebody says them', () => {
  test('are all looked at here', () => {
    const others = [
      'lossCoolDownMinutes',
      'allowedInstrumentIds',
      'entriesFromMinute',
      'entriesUntilMinute',
    ];
    expect([...numbers.map(([name]) => name), ...others].toSorted()).toEqual(
      Object.keys(noLimits).toSorted(),
    );
  });

  test.each(numbers)('%s is a number %s', async (name, from, counts) => {
    const said = (value: number | string) => refusal({ [name]: number(value) });
    expect(await said(-1)).toBe(name);
    expect(await said('1e14')).toBe(name);
    expect(await said(Infinity)).toBe(name);
    expect(await said(NaN)).toBe(name);
    expect(await said(0)).toBe(from === 'FROM_ZERO' ? 'passes' : name);
    expect(await said('1.5')).toBe(counts ? name : 'passes');
    expect(await said(2_147_483_648)).toBe(counts ? name : 'passes');
    expect(await said(7)).toBe('passes');
  });

  test('cool down for no time below zero', async () => {
    expect(await refusal({ lossCoolDownMinutes: -1 })).toBe('lossCoolDownMinutes');
    expect(await refusal({ lossCoolDownMinutes: 2_147_483_648 })).toBe('lossCoolDownMinutes');
    expect(await refusal({ lossCoolDownMinutes: 0 })).toBe('passes');
  });

  test.each([
    [-1, null, 'entriesUntilMinute'],
    [null, 1441, 'entriesUntilMinute'],
    [600, 600, 'entriesUntilMinute'],
    [601, 600, 'entriesUntilMinute'],
    [null, 0, 'entriesUntilMinute'],
    [1440, null, 'entriesUntilMinute'],
    [0, 1440, 'passes'],
    [555, 930, 'passes'],
  ])('let entries through from minute %s to minute %s: %s', async (from, until, expected) => {
    expect(await refusal({ entriesFromMinute: from, entriesUntilMinute: until })).toBe(expected);
  });

  test('are those of a scope that is named as it has to be', async () => {
    expect(await refusal({}, { scope: 'PORTFOLIO' })).toBe('id');
    expect(await refusal({}, { scope: 'USER', scopeId: 'somebody' })).toBe('id');
    expect(await refusal({}, { scope: 'PLATFORM' })).toBe('scope');
    expect(await refusal({}, { scope: 'PLATFORM', administrates: true })).toBe('passes');
    expect(await refusal({}, { scope: 'AGENT', scopeId: 'agent' })).toBe('passes');
  });
});
