import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import { reachedLimits } from './reached-limits.ts';
import { noLimits, type RiskLimits } from './risk-limits.ts';
import { noUsage, type ScopeUsage } from './scope-usage.ts';

const ten = new Date('2026-09-07T10:00:00+05:30');

function reached(limits: Partial<RiskLimits>, usage: Partial<ScopeUsage>): readonly string[] {
  return reachedLimits(
    {
      scope: 'USER',
      scopeId: 'somebody',
      limits: { ...noLimits, ...limits },
      usage: { ...noUsage, ...usage },
    },
    ten,
  ).map(({ kind, limit, actual }) => `${kind} ${limit.toFixed()} ${actual.toFixed()}`);
}

describe('result limits', () => {
  const limits = {
    maxDailyLoss: new Decimal(500),
    maxDailyProfit: new Decimal(800),
    maxDrawdown: new Decimal(600),
    maxConsecutiveLosses: new Decimal(3),
    lossCoolDownMinutes: 15,
  };

  test.each<[string, Partial<ScopeUsage>, readonly string[]]>([
    ['a loss to the limit', { dayLoss: new Decimal(500) }, ['MAX_DAILY_LOSS 500 500']],
    ['a loss below it', { dayLoss: new Decimal('499.99') }, []],
    ['a profit to the limit', { dayProfit: new Decimal(800) }, ['MAX_DAILY_PROFIT 800 800']],
    [
      'a loss that is a drawdown too',
      { dayLoss: new Decimal(700), drawdown: new Decimal(700) },
      ['MAX_DAILY_LOSS 500 700', 'MAX_DRAWDOWN 600 700'],
    ],
    [
      'losses in a row, the last a minute ago',
      { consecutiveLosses: new Decimal(3), lastLossAt: new Date(ten.getTime() - 60_000) },
      ['MAX_CONSECUTIVE_LOSSES 3 3'],
    ],
    [
      'losses in a row that have cooled down',
      { consecutiveLosses: new Decimal(3), lastLossAt: new Date(ten.getTime() - 900_000) },
      [],
    ],
    [
      'a loss whose lock holds',
      {
        dayLoss: new Decimal(900),
        locks: [
          {
            kind: 'MAX_DAILY_LOSS',
            limit: new Decimal(500),
            actual: new Decimal(510),
            endsAt: null,
          },
        ],
      },
      [],
    ],
  ])('see %s', (_what, usage, expected) => {
    expect(reached(limits, usage)).toEqual(expected);
  });

  test('that nobody set are never reached', () => {
    expect(reached({}, { dayLoss: new Decimal(1e9), drawdown: new Decimal(1e9) })).toEqual([]);
  });
});
