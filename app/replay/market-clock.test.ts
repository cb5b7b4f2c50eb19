import { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { expect, test } from 'vitest';
import { MarketClock, type MarketMoment } from './market-clock.ts';

const calendar = new TradingCalendar([
  {
    date: '2019-07-09',
    exchange: 'NSE',
    segment: 'EQUITY',
    open: true,
    openMinute: 555,
    closeMinute: 930,
    squareOffMinute: 920,
  },
]);

const at = (time: string): number => Date.parse(`2019-07-09T${time}+05:30`);
const tick = (time: string, price: number) => ({
  instrument: 0,
  time: at(time),
  price,
  volume: null,
});
const timeOf = ({ time }: MarketMoment): string =>
  new Date(time + 330 * 60_000).toISOString().slice(11, 16);

test('bars of every time frame that end together are told together', () => {
  const clock = new MarketClock(calendar, 1);
  clock.advanceTo(at('09:15:00'));
  clock.push(tick('09:15:10', 95));
  const first = clock.advanceTo(at('09:16:00'));
  clock.push(tick('09:16:30', 96));
  const later = clock.advanceTo(at('09:20:00'));

  expect(first.map(timeOf)).toEqual(['09:16']);
  expect(first[0]).toMatchObject({
    kind: 'BARS_CLOSED',
    closed: new Map([['ONE_MINUTE', new Set([0])]]),
  });
  // 09:16's minute closes at 09:17, the three-minute bar at 09:18, the five-minute bar at 09:20.
  expect(later.map(timeOf)).toEqual(['09:17', '09:18', '09:20']);
});

test('squares off every minute from 15:20 and then closes the session, bars first', () => {
  const clock = new MarketClock(calendar, 1);
  clock.advanceTo(at('15:19:00'));
  clock.push(tick('15:19:30', 95));
  const moments = clock.advanceTo(at('15:30:00'));

  const told = moments.map((moment) => `${timeOf(moment)} ${moment.kind}`);
  expect(told.filter((text) => text.endsWith('BARS_CLOSED'))).toEqual([
    // The bars of 15:19: of one and five minutes, of three, of ten, and of all longer ones.
    '15:20 BARS_CLOSED',
    '15:21 BARS_CLOSED',
    '15:25 BARS_CLOSED',
    '15:30 BARS_CLOSED',
  ]);
  expect(moments.at(-1)?.kind).toBe('SESSION_CLOSED');
  expect(moments.filter(({ kind }) => kind === 'SQUARE_OFF')).toHaveLength(10);
  const kinds = moments.filter((moment) => timeOf(moment) === '15:20').map(({ kind }) => kind);
  expect(kinds).toEqual(['BARS_CLOSED', 'SQUARE_OFF']);
});

test('squares off from the earliest time that a segment asks for, every minute', () => {
  // Twelve minutes before the calendar's own 15:20.
  const clock = new MarketClock(calendar, 1, ({ squareOff }) => squareOff - 12 * 60_000);
  clock.advanceTo(at('15:07:00'));
  const told = clock.advanceTo(at('15:10:00')).filter(({ kind }) => kind === 'SQUARE_OFF');
  expect(told.map(timeOf)).toEqual(['15:08', '15:09', '15:10']);
});

test('counts ticks that run backwards and closes nothing twice', () => {
  const clock = new MarketClock(calendar, 1);
  clock.advanceTo(at('09:15:00'));
  clock.push(tick('09:15:30', 95));
  clock.push(tick('09:15:20', 94));
  expect(clock.droppedTicks).toBe(1);
  expect(clock.advanceTo(at('09:16:00'))).toHaveLength(1);
  expect(clock.advanceTo(at('09:16:00'))).toEqual([]);
});

test('tells the days that went by without a tick, with the first day that has one again', () => {
  const days = ['2019-07-09', '2019-07-10', '2019-07-11', '2019-07-12'];
  const week = new TradingCalendar(
    days.map((date) => ({
      date,
      exchange: 'NSE',
      segment: 'EQUITY',
      open: date !== '2019-07-11',
      openMinute: 555,
      closeMinute: 930,
      squareOffMinute: 920,
    })),
  );
  const clock = new MarketClock(week, 1);
  clock.advanceTo(at('09:15:00'));
  clock.push(tick('09:15:30', 95));
  // 11 July is a holiday; 10 July was open, and nothing came.
  const moments = clock.advanceTo(Date.parse('2019-07-12T09:15:00+05:30'));
  const told = moments.filter(({ kind }) => kind.startsWith('SESSION'));
  expect(told.map(({ kind, time }) => [kind, new Date(time).toISOString()])).toEqual([
    ['SESSION_CLOSED', '2019-07-09T10:00:00.000Z'],
    ['SESSION_WITHOUT_TICKS', '2019-07-10T10:00:00.000Z'],
  ]);
  expect(clock.advanceTo(Date.parse('2019-07-12T09:20:00+05:30'))).toEqual([]);
});
