import { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { CandleColumnsBuilder } from '@nandax/core/market/candles.ts';
import { expect, test } from 'vitest';
import { minutesOfCandles, minutesOfTicks } from './replay-minutes.ts';

const calendar = new TradingCalendar(
  ['2019-07-09', '2019-07-10'].map((date) => ({
    date,
    exchange: 'NSE',
    segment: 'EQUITY',
    open: true,
    openMinute: 555,
    closeMinute: 930,
    squareOffMinute: 920,
  })),
);
const at = (time: string, date = '2019-07-09'): number => Date.parse(`${date}T${time}+05:30`);

test('takes candles of all instruments apart along their paths, in the order of time', () => {
  const first = new CandleColumnsBuilder();
  first.add(at('09:07:00'), 90, 90, 90, 90, 5);
  first.add(at('09:15:00'), 95, 96, 94, 95.5, 10);
  first.add(at('09:16:00'), 95.5, 95.5, 95.5, 95.5, 4);
  const second = new CandleColumnsBuilder();
  second.add(at('09:15:00'), 200, 201, 199, 199.5, NaN);

  const minutes = [...minutesOfCandles(calendar, [first.build(), second.build()])];

  // 09:07 is before the session.
  expect(minutes.map(({ openTime }) => openTime)).toEqual([at('09:15:00'), at('09:16:00')]);
  expect(minutes[0]?.ticks.map(({ instrument, price }) => [instrument, price])).toEqual([
    [0, 95],
    [1, 200],
    [0, 94],
    [1, 201],
    [0, 96],
    [1, 199],
    [0, 95.5],
    [1, 199.5],
  ]);
  const volumes = minutes.flatMap(({ ticks }) =>
    ticks.filter(({ instrument }) => instrument === 0).map(({ volume }) => volume),
  );
  // Ten units in quarters of 2, 4, 6 and the rest; then four more.
  expect(volumes).toEqual([2, 4, 6, 10, 11, 12, 13, 14]);
});

test('begins to count a day’s volume anew', () => {
  const candles = new CandleColumnsBuilder();
  candles.add(at('15:29:00'), 95, 95, 95, 95, 8);
  candles.add(at('09:15:00', '2019-07-10'), 96, 96, 96, 96, 4);
  const [, second] = [...minutesOfCandles(calendar, [candles.build()])];
  expect(second?.ticks.map(({ volume }) => volume)).toEqual([1, 2, 3, 4]);
});

test('plays recorded ticks as they are, minute by minute', () => {
  const ticks = {
    length: 3,
    time: Float64Array.of(at('09:15:05'), at('09:15:59'), at('09:16:01')),
    price: Float64Array.of(95, 95.05, 95.1),
    dayVolume: Float64Array.of(NaN, 10, 12),
  };
  const minutes = [...minutesOfTicks(calendar, [ticks])];
  expect(minutes.map(({ openTime, ticks: told }) => [openTime, told.length])).toEqual([
    [at('09:15:00'), 2],
    [at('09:16:00'), 1],
  ]);
  expect(minutes[0]?.ticks.map(({ volume }) => volume)).toEqual([null, 10]);
});
