import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseExchangeTime } from './exchange-time.ts';
import { phaseOfMarket, readSessionPlans, type SessionPlan } from './session-plan.ts';
import { TradingCalendar } from './trading-calendar.ts';

const file = new URL('../../data/reference/session-plans.json', import.meta.url);
const read = readSessionPlans(JSON.parse(readFileSync(file, 'utf8')));
if (!read.ok) throw new Error(JSON.stringify(read.failure));
const plans = read.value;

const at = (text: string) => parseExchangeTime(`${text}+05:30`, 'required') ?? NaN;

/** A calendar of one segment in which every day named is open in the usual hours of continuous trading. */
function calendarOf(segment: string, hours: Readonly<Record<string, readonly [number, number]>>) {
  return new TradingCalendar(
    Object.entries(hours).map(([date, [openMinute, closeMinute]]) => ({
      date,
      segment,
      exchange: 'NSE',
      open: closeMinute > openMinute,
      openMinute,
      closeMinute,
      squareOffMinute: closeMinute,
    })),
  );
}

function phaseAt(segment: string, time: string, hours: readonly [number, number]) {
  const calendar = calendarOf(segment, { [time.slice(0, 10)]: hours });
  const own = plans.filter((plan) => plan.segment === segment);
  return phaseOfMarket({ plans: own, calendar }, at(time));
}

describe('a day of the cash market', () => {
  test.each([
    // Circular FAQ of 2026-07-01: from 7 September 2026 limit orders alone from 09:05.
    ['2026-09-04T09:06:00', 'PRE_OPEN', '2026-09-04T09:08:00'],
    ['2026-09-07T09:04:59', 'PRE_OPEN', '2026-09-07T09:05:00'],
    ['2026-09-07T09:05:00', 'PRE_OPEN_LIMIT', '2026-09-07T09:10:00'],
    ['2026-09-07T09:12:00', 'PRE_OPEN_MATCHING', '2026-09-07T09:15:00'],
    ['2026-09-07T09:15:00', 'CONTINUOUS', '2026-09-07T15:30:00'],
    ['2026-09-07T15:29:59', 'CONTINUOUS', '2026-09-07T15:30:00'],
    // The close of post-close trading moved from 15:40 to 15:50 on 3 August 2026.
    ['2026-07-31T15:45:00', 'POST_CLOSE', '2026-07-31T16:00:00'],
    ['2026-08-03T15:50:00', 'POST_CLOSE', '2026-08-03T16:00:00'],
  ])('is at %s in %s until %s', (time, phase, until) => {
    expect(phaseAt('EQUITY', time, [555, 930])).toMatchObject({
      phase,
      until: at(until),
      covered: true,
    });
  });

  test.each(['2026-08-03T15:45:00', '2026-08-03T08:00:00', '2026-08-03T16:00:00'])(
    'is closed at %s',
    (time) => {
      expect(phaseAt('EQUITY', time, [555, 930])).toMatchObject({ phase: 'CLOSED', until: null });
    },
  );
});

test.each([
  ['2026-08-03T15:14:59', 'CONTINUOUS'],
  ['2026-08-03T15:15:00', 'AUCTION_REFERENCE'],
  ['2026-08-03T15:20:00', 'AUCTION'],
  ['2026-08-03T15:25:00', 'AUCTION_LIMIT'],
  ['2026-08-03T15:30:00', 'AUCTION_MATCHING'],
  ['2026-08-03T15:35:00', 'CLOSED'],
  ['2026-08-03T15:55:00', 'POST_CLOSE'],
])('a share of the closing auction is at %s in %s', (time, phase) => {
  expect(phaseAt('EQUITY_CLOSING_AUCTION', time, [555, 915]).phase).toBe(phase);
});

test('derivatives trade ten minutes longer since 3 August 2026', () => {
  expect(phaseAt('EQUITY_DERIVATIVES', '2026-07-31T15:35:00', [555, 930]).phase).toBe('CLOSED');
  expect(phaseAt('EQUITY_DERIVATIVES', '2026-08-03T15:35:00', [555, 940]).phase).toBe('CONTINUOUS');
});

test('a muhurat session has its own hours and no pre-open', () => {
  const hours = [825, 885] as const;
  expect(phaseAt('EQUITY', '2025-10-21T13:45:00', hours).phase).toBe('CONTINUOUS');
  expect(phaseAt('EQUITY', '2025-10-21T09:03:00', hours).phase).toBe('CLOSED');
  expect(phaseAt('EQUITY', '2025-10-21T14:45:00', hours).phase).toBe('CLOSED');
});

test('after-market orders are taken in the evening, in the morning until 08:58, and on holidays', () => {
  const taken = (time: string, hours: readonly [number, number] = [555, 930]) =>
    phaseAt('EQUITY', time, hours).takesAfterMarket;
  expect(taken('2026-09-07T15:59:59')).toBe(false);
  expect(taken('2026-09-07T16:00:00')).toBe(true);
  expect(taken('2026-09-07T08:57:59')).toBe(true);
  expect(taken('2026-09-07T08:58:00')).toBe(false);
  expect(taken('2026-09-07T12:00:00')).toBe(false);
  expect(taken('2026-10-02T12:00:00', [555, 555])).toBe(true);
});

test('a date before every plan is answered by the nearest one, and says so', () => {
  expect(phaseAt('EQUITY', '2009-06-01T10:00:00', [555, 930])).toMatchObject({
    phase: 'CONTINUOUS',
    covered: false,
  });
});

test('plans that make no day are refused with every place that is wrong', () => {
  const plan = plans[0] as SessionPlan;
  const wrong = {
    ...plan,
    phases: [
      { phase: 'PRE_OPEN', fromMinute: 540, toMinute: 540 },
      { phase: 'CONTINUOUS', fromMinute: 530, toMinute: 1_441 },
    ],
    afterMarket: { fromMinute: -1, toMinute: 538 },
  };
  expect(readSessionPlans([wrong])).toMatchObject({
    ok: false,
    failure: [
      { path: '[0].phases[0].toMinute', expected: 'a minute after 540' },
      { path: '[0].phases[1].toMinute', expected: 'a minute of the day, 0 to 1440' },
      { path: '[0].phases[1].toMinute', expected: 'a minute after 530' },
      { path: '[0].phases', expected: 'phases that follow one another' },
      { path: '[0].afterMarket.fromMinute', expected: 'a minute of the day, 0 to 1440' },
    ],
  });
});
