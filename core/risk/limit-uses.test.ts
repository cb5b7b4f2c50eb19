import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { effectiveLimitsOf, limitUsesOf, type LimitUse } from './limit-uses.ts';
import { noLimits, type RiskLimits, type RiskScope } from './risk-limits.ts';
import { noUsage, type ScopedLimits, type ScopeUsage } from './scope-usage.ts';

const ten = new Date('2026-09-07T10:00:00+05:30');

function decimal(amount: number): Decimal {
  return new Decimal(amount);
}

function scoped(
  limits: Partial<RiskLimits>,
  usage: Partial<ScopeUsage> = {},
  scope: RiskScope = 'PORTFOLIO',
): ScopedLimits {
  return {
    scope,
    scopeId: scope,
    limits: { ...noLimits, ...limits },
    usage: { ...noUsage, ...usage },
  };
}

function told({ scope, kind, instrumentId, allowed, used, left, reached }: LimitUse): string {
  const where = instrumentId === null ? '' : ` in ${instrumentId}`;
  const what = `${used?.toFixed() ?? '-'} of ${allowed.toFixed()}, ${left.toFixed()} left`;
  return `${scope} ${kind}${where}: ${what}${reached ? ', reached' : ''}`;
}

describe('the use of a scope’s limits', () => {
  const usesOf = (limits: Partial<RiskLimits>, usage: Partial<ScopeUsage> = {}) =>
    limitUsesOf(scoped(limits, usage), ten).map(told);

  it('is told for those that are set, and for no others', () => {
    expect(usesOf({})).toEqual([]);
    expect(
      usesOf(
        {
          maxOrdersPerDay: decimal(10),
          maxTotalExposure: decimal(5000),
          maxOrderValue: decimal(7),
        },
        { ordersInDay: decimal(4), totalExposure: decimal(6000) },
      ),
    ).toEqual([
      'PORTFOLIO MAX_ORDER_VALUE: - of 7, 7 left',
      'PORTFOLIO MAX_TOTAL_EXPOSURE: 6000 of 5000, 0 left, reached',
      'PORTFOLIO MAX_ORDERS_PER_DAY: 4 of 10, 6 left',
    ]);
  });

  it('of exposure is told for each instrument that is held', () => {
    const limits = { maxInstrumentExposure: decimal(1000) };
    expect(usesOf(limits)).toEqual(['PORTFOLIO MAX_INSTRUMENT_EXPOSURE: 0 of 1000, 1000 left']);
    const exposures = new Map([
      ['INFY', decimal(400)],
      ['TCS', decimal(1000)],
    ]);
    expect(usesOf(limits, { exposures })).toEqual([
      'PORTFOLIO MAX_INSTRUMENT_EXPOSURE in INFY: 400 of 1000, 600 left',
      'PORTFOLIO MAX_INSTRUMENT_EXPOSURE in TCS: 1000 of 1000, 0 left, reached',
    ]);
  });

  it('of the day’s loss is nothing on a day that gained, and the other way round', () => {
    const limits = { maxDailyLoss: decimal(500), maxDailyProfit: decimal(300) };
    expect(usesOf(limits, { dayLoss: decimal(120), dayProfit: decimal(-120) })).toEqual([
      'PORTFOLIO MAX_DAILY_LOSS: 120 of 500, 380 left',
      'PORTFOLIO MAX_DAILY_PROFIT: 0 of 300, 300 left',
    ]);
    expect(usesOf(limits, { dayLoss: decimal(-300), dayProfit: decimal(300) })).toEqual([
      'PORTFOLIO MAX_DAILY_LOSS: 0 of 500, 500 left',
      'PORTFOLIO MAX_DAILY_PROFIT: 300 of 300, 0 left, reached',
    ]);
  });

  it('is all while a lock holds, though the loss has been made good', () => {
    const locks = [
      { kind: 'MAX_DAILY_LOSS', limit: decimal(500), actual: decimal(510), endsAt: null } as const,
    ];
    expect(usesOf({ maxDailyLoss: decimal(500) }, { dayLoss: decimal(20), locks })).toEqual([
      'PORTFOLIO MAX_DAILY_LOSS: 20 of 500, 0 left, reached',
    ]);
  });

  it('of losses in a row refuses nothing once the time to cool down has passed', () => {
    const limits = { maxConsecutiveLosses: decimal(2), lossCoolDownMinutes: 15 };
    const lostAt = (minute: number) => ({
      consecutiveLosses: decimal(2),
      lastLossAt: new Date(`2026-09-07T09:${minute}:00+05:30`),
    });
    expect(usesOf(limits, lostAt(46))).toEqual([
      'PORTFOLIO MAX_CONSECUTIVE_LOSSES: 2 of 2, 0 left, reached',
    ]);
    expect(usesOf(limits, lostAt(45))).toEqual([
      'PORTFOLIO MAX_CONSECUTIVE_LOSSES: 2 of 2, 0 left',
    ]);
  });
});

describe('the limits of several scopes together', () => {
  it('are those that leave the least, not those that are lowest', () => {
    const { uses } = effectiveLimitsOf(
      [
        scoped({ maxOrdersPerDay: decimal(10) }, { ordersInDay: decimal(1) }, 'AGENT'),
        scoped({ maxOrdersPerDay: decimal(50) }, { ordersInDay: decimal(47) }, 'USER'),
        scoped({ maxOrderValue: decimal(900) }, {}, 'PLATFORM'),
      ],
      ten,
    );
    expect(uses.map(told)).toEqual([
      'PLATFORM MAX_ORDER_VALUE: - of 900, 900 left',
      'USER MAX_ORDERS_PER_DAY: 47 of 50, 3 left',
    ]);
  });

  it('on one instrument are compared in each that is held anywhere', () => {
    const { uses } = effectiveLimitsOf(
      [
        scoped({ maxInstrumentExposure: decimal(500) }, {}, 'PORTFOLIO'),
        scoped(
          { maxInstrumentExposure: decimal(900) },
          { exposures: new Map([['INFY', decimal(800)]]) },
          'USER',
        ),
      ],
      ten,
    );
    expect(uses.map(told)).toEqual(['USER MAX_INSTRUMENT_EXPOSURE in INFY: 800 of 900, 100 left']);
  });

  it('let entries pass where all of them do', () => {
    const { conditions } = effectiveLimitsOf(
      [
        scoped({ entriesFromMinute: 560, allowedInstrumentIds: ['INFY', 'TCS'] }),
        scoped({ entriesFromMinute: 570, entriesUntilMinute: 900 }, {}, 'USER'),
        scoped({ entriesUntilMinute: 920, allowedInstrumentIds: ['TCS', 'SBIN'] }, {}, 'PLATFORM'),
      ],
      ten,
    );
    expect(conditions).toEqual({
      allowedInstrumentIds: ['TCS'],
      entriesFromMinute: 570,
      entriesUntilMinute: 900,
    });
  });
});
