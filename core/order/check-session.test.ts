import { readFileSync } from 'node:fs';
import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import { parseExchangeTime } from '../calendar/exchange-time.ts';
import { expandCalendar, type CalendarDocument } from '../calendar/expand-calendar.ts';
import { MarketBook } from '../calendar/market-book.ts';
import { readSessionPlans } from '../calendar/session-plan.ts';
import { checkSession, describeSessionDenial, type ClockAtDoor } from './check-session.ts';
import { plainTerms, type AskedTerms } from './order.ts';

function reference(name: string): unknown {
  const file = new URL(`../../data/reference/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

const plans = readSessionPlans(reference('session-plans'));
if (!plans.ok) throw new Error(JSON.stringify(plans.failure));
const days = expandCalendar(reference('calendar') as CalendarDocument);
const book = new MarketBook(days, plans.value);

const at = (text: string) => parseExchangeTime(`${text}:00+05:30`, 'required') ?? NaN;

interface Told extends Partial<AskedTerms> {
  readonly opens?: boolean;
  readonly changes?: boolean;
}

/** The denial as `CODE PHASE until`, or null; the clock runs in real time unless told otherwise. */
function denied(
  time: string,
  { opens = true, changes = false, ...change }: Told = {},
  segment = 'EQUITY',
  clock: Partial<ClockAtDoor> = {},
): string | null {
  const hours = book.hoursOf({ exchange: 'NSE', segment });
  if (hours === null) throw new Error(`${segment} has hours`);
  const terms: AskedTerms = {
    ...plainTerms,
    side: 'BUY',
    type: 'LIMIT',
    product: 'CNC',
    quantity: new Decimal(1),
    ...change,
  };
  const reading = { time: at(time), jumps: false, beforeStart: false, ...clock };
  const denial = checkSession(hours, reading, { terms, opens, changes });
  if (denial === null) return null;
  const { code, phase, until } = denial;
  const end = until === null ? 'never' : exchangeMinute(until);
  return `${code} ${phase} ${end}`;
}

function exchangeMinute(time: Date): string {
  return new Date(time.getTime() + 330 * 60_000).toISOString().slice(0, 16);
}

describe('the hours of the cash market', () => {
  test('take everything while trading is continuous', () => {
    expect(denied('2026-09-08T10:00')).toBeNull();
    expect(denied('2026-09-08T10:00', { type: 'SL_M', product: 'MIS' })).toBeNull();
    expect(denied('2026-09-08T15:14', { validity: 'IOC' }, 'EQUITY_CLOSING_AUCTION')).toBeNull();
  });

  test('take nothing in the night, while the opening price is found, and on a holiday', () => {
    expect(denied('2026-09-08T08:59')).toBe('MARKET_CLOSED CLOSED 2026-09-08T09:00');
    expect(denied('2026-09-08T09:11')).toBe('MARKET_CLOSED PRE_OPEN_MATCHING 2026-09-08T09:15');
    // Post-close trading is from 15:50, after it the next day's pre-open.
    expect(denied('2026-09-08T15:31')).toBe('MARKET_CLOSED CLOSED 2026-09-08T15:50');
    expect(denied('2026-09-08T16:00')).toBe('MARKET_CLOSED CLOSED 2026-09-09T09:00');
    // Friday 11 September 2026; Monday was Ganesh Chaturthi.
    expect(denied('2026-09-11T16:00')).toBe('MARKET_CLOSED CLOSED 2026-09-15T09:00');
    expect(denied('2026-09-14T11:00')).toBe('MARKET_CLOSED CLOSED 2026-09-15T09:00');
  });

  test('gather plain orders before the open, limit orders alone at the end', () => {
    expect(denied('2026-09-08T09:02', { type: 'MARKET' })).toBeNull();
    expect(denied('2026-09-08T09:06')).toBeNull();
    const refused = 'NOT_TAKEN_IN_PHASE PRE_OPEN_LIMIT 2026-09-08T09:10';
    expect(denied('2026-09-08T09:06', { type: 'MARKET' })).toBe(refused);
    const early = 'NOT_TAKEN_IN_PHASE PRE_OPEN 2026-09-08T09:05';
    for (const change of [
      { type: 'SL' },
      { type: 'SL_M' },
      { validity: 'IOC' },
      { disclosedQuantity: new Decimal(1) },
      { variety: 'ICEBERG', icebergLegs: 2 },
      { variety: 'CO', product: 'MIS' },
    ] as const) {
      expect(denied('2026-09-08T09:02', change)).toBe(early);
    }
  });

  test('open nothing intraday from 15:25 on, and let it be left', () => {
    expect(denied('2026-09-08T15:24', { product: 'MIS' })).toBeNull();
    const refused = 'INTRADAY_CUT_OFF CONTINUOUS 2026-09-08T15:50';
    expect(denied('2026-09-08T15:25', { product: 'MIS' })).toBe(refused);
    expect(denied('2026-09-08T15:25', { product: 'MIS', opens: false })).toBeNull();
    expect(denied('2026-09-08T15:25', { product: 'CNC' })).toBeNull();
  });
});

test('shares of the closing auction take other orders at its end than at its beginning', () => {
  const auctioned = (time: string, change: Told = {}) =>
    denied(time, change, 'EQUITY_CLOSING_AUCTION');
  expect(auctioned('2026-09-08T15:16')).toBe('MARKET_CLOSED AUCTION_REFERENCE 2026-09-08T15:20');
  expect(auctioned('2026-09-08T15:21', { type: 'MARKET' })).toBeNull();
  expect(auctioned('2026-09-08T15:21', { type: 'SL' })).toBe(
    'NOT_TAKEN_IN_PHASE AUCTION 2026-09-08T15:25',
  );
  expect(auctioned('2026-09-08T15:26', { type: 'MARKET' })).toBe(
    'NOT_TAKEN_IN_PHASE AUCTION_LIMIT 2026-09-08T15:30',
  );
  expect(auctioned('2026-09-08T15:13', { product: 'MIS' })).toMatch(/^INTRADAY_CUT_OFF CONTINUOUS/);
});

describe('after-market orders', () => {
  const amo = { variety: 'AMO' } as const;

  test('are taken from 16:00 until 08:58, and told so at other times', () => {
    expect(denied('2026-09-08T16:00', amo)).toBeNull();
    expect(denied('2026-09-09T08:57', amo)).toBeNull();
    expect(denied('2026-09-09T08:58', amo)).toBe('AFTER_MARKET_HOURS CLOSED 2026-09-09T16:00');
    expect(denied('2026-09-09T12:00', amo)).toBe('AFTER_MARKET_HOURS CONTINUOUS 2026-09-09T16:00');
    expect(denied('2026-09-12T12:00', amo)).toBeNull();
  });

  test('may be changed in the session that they were sent to', () => {
    expect(denied('2026-09-09T12:00', { ...amo, changes: true })).toBeNull();
  });
});

describe('a clock of recorded history', () => {
  const jumps = { jumps: true };

  test('takes after-market orders where it stands between two days, and plain ones no more', () => {
    expect(denied('2019-07-09T15:30', { variety: 'AMO' }, 'EQUITY', jumps)).toBeNull();
    // It will not show the post-close session.
    expect(denied('2019-07-09T15:30', {}, 'EQUITY', jumps)).toBe(
      'MARKET_CLOSED CLOSED 2019-07-10T09:00',
    );
    expect(denied('2019-07-10T00:00', {}, 'EQUITY', jumps)).toBe(
      'MARKET_CLOSED CLOSED 2019-07-10T09:00',
    );
  });

  test('takes plain orders before it begins, for its open', () => {
    const before = { jumps: true, beforeStart: true };
    expect(denied('2019-07-09T00:00', {}, 'EQUITY', before)).toBeNull();
    expect(denied('2019-07-09T00:00', { variety: 'AMO' }, 'EQUITY', before)).toBeNull();
    const iceberg = { variety: 'ICEBERG', icebergLegs: 2 } as const;
    expect(denied('2019-07-09T00:00', iceberg, 'EQUITY', before)).toMatch(/^MARKET_CLOSED/);
  });
});

test('each refusal says what the market does and until when', () => {
  const until = new Date(at('2026-09-08T09:15'));
  const said = (code: Parameters<typeof describeSessionDenial>[0]['code']) =>
    describeSessionDenial({ code, limit: null, actual: null, phase: 'PRE_OPEN_MATCHING', until });
  expect(said('MARKET_CLOSED')).toBe(
    'The opening price is being found; orders are taken again from 2026-09-08 09:15.',
  );
  expect(said('INTRADAY_CUT_OFF')).toContain('from 2026-09-08 09:15');
  expect(said('AFTER_MARKET_HOURS')).toContain('after-market orders are taken from');
  expect(said('NOT_TAKEN_IN_PHASE')).toContain('until 2026-09-08 09:15');
});
