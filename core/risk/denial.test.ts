import { Decimal } from 'decimal.js';
import { describe, expect, it, test } from 'vitest';
import { checkLimits } from './check-limits.ts';
import { describeDenial } from './denial.ts';
import type { Opening } from './limit-rules.ts';
import { noLimits, type RiskLimits } from './risk-limits.ts';
import { noUsage, type ScopeUsage } from './scope-usage.ts';

const opening: Opening = {
  instrumentId: 'share',
  instrumentName: 'NSE:YESBANK',
  quantity: new Decimal(10),
  value: new Decimal('500.004'),
  namedPrice: new Decimal('105.004'),
  lastPrice: new Decimal(100),
  tradeMargin: new Decimal(100),
  isNew: true,
  marketTime: new Date('2026-09-07T10:00:00+05:30'),
};

/** What an entry of Monday, ten o'clock, is told: the sentence, and until when. */
function told(limits: Partial<RiskLimits>, usage: Partial<ScopeUsage> = {}) {
  const scoped = {
    scope: 'USER',
    scopeId: 'somebody',
    limits: { ...noLimits, ...limits },
    usage: { ...noUsage, ...usage },
  } as const;
  const denial = checkLimits(opening, [scoped]);
  if (denial === null) throw new Error('nothing is refused');
  return [describeDenial(denial), denial.until?.toISOString() ?? null];
}

describe('a denial says what decided', () => {
  it('names the instrument that may not be entered', () => {
    expect(told({ allowedInstrumentIds: [] })).toEqual([
      "NSE:YESBANK is not among the instruments that the user's limits allow.",
      null,
    ]);
    expect(told({ maxInstrumentExposure: new Decimal(400) })[0]).toBe(
      "The order would bring 500.00 rupees into NSE:YESBANK; the user's limit is 400.00.",
    );
  });

  test.each<[string, Partial<RiskLimits>, string, string]>([
    [
      'before them',
      { entriesFromMinute: 630, entriesUntilMinute: 900 },
      'from 10:30 until 15:00',
      '2026-09-07T05:00:00.000Z',
    ],
    [
      'after them',
      { entriesFromMinute: 560, entriesUntilMinute: 600 },
      'from 09:20 until 10:00',
      '2026-09-08T03:50:00.000Z',
    ],
    ['without a start', { entriesUntilMinute: 600 }, 'until 10:00', '2026-09-07T18:30:00.000Z'],
    ['without an end', { entriesFromMinute: 601 }, 'from 10:01', '2026-09-07T04:31:00.000Z'],
  ])('states the hours of entries, %s', (_when, limits, hours, until) => {
    expect(told(limits)).toEqual([
      `The user's limits allow positions to be opened ${hours} (exchange time) only.`,
      until,
    ]);
  });

  it('says until when losses in a row stand in the way', () => {
    const usage = {
      consecutiveLosses: new Decimal(3),
      lastLossAt: new Date('2026-09-07T09:50:20+05:30'),
    };
    const maxConsecutiveLosses = new Decimal(3);
    expect(told({ maxConsecutiveLosses, lossCoolDownMinutes: 15 }, usage)).toEqual([
      "The last 3 trades were lost; at the user's limit of 3 no position is opened until 2026-09-07 10:05:20.",
      '2026-09-07T04:35:20.000Z',
    ]);
    expect(told({ maxConsecutiveLosses }, usage)).toEqual([
      "The last 3 trades were lost; at the user's limit of 3 no position is opened until the lock is released.",
      null,
    ]);
  });

  it('has the end of a lock, and of a limit that an order finds reached', () => {
    const endsAt = new Date('2026-09-07T18:30:00Z');
    const [limit, actual] = [new Decimal(500), new Decimal(510)];
    const locks = [{ kind: 'MAX_DAILY_LOSS', limit, actual, endsAt } as const];
    expect(told({}, { locks })[1]).toBe(endsAt.toISOString());
    expect(told({ maxDailyLoss: limit }, { dayLoss: actual })[1]).toBe(endsAt.toISOString());
    expect(told({ maxDrawdown: limit }, { drawdown: actual })).toEqual([
      "The result is 510.00 rupees below its highest; at the user's limit of 500.00 no position is opened until the lock is released.",
      null,
    ]);
  });

  it('shows as many decimals as tell its two numbers apart', () => {
    expect(told({ maxPriceDeviation: new Decimal(5) })[0]).toBe(
      "The price is 5.004 % off the last one; the user's limit is 5 %.",
    );
    expect(told({ maxOrderValue: new Decimal(500) })[0]).toBe(
      "The order opens a value of 500.004 rupees; the user's limit for one order is 500.000.",
    );
  });
});
