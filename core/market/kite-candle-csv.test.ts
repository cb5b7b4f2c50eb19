import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { candleAt } from './candles.ts';
import { parseKiteCandleCsv } from './kite-candle-csv.ts';

const header = 'date,open,high,low,close,volume';
const good = '2019-07-09T09:15:00+0530,95.0,95.0,93.9,94.85,1730100';

function parsed(...lines: string[]) {
  const result = parseKiteCandleCsv(lines.join('\n'));
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

function failures(...lines: string[]) {
  const result = parseKiteCandleCsv(lines.join('\n'));
  if (result.ok) throw new Error('read though it should be refused');
  return result.failure.map(({ line, column, value, expected }) => [line, column, value, expected]);
}

describe('reading Kite candles', () => {
  it.each([
    ['YESBANK_minute_2019-07-09_11.csv', 1130],
    ['JUNIORBEES_minute_2019-01-01_04.csv', 783],
    ['NIFTY50_minute_2019-01-01_04.csv', 1509],
  ])('takes all candles of %s', (name, length) => {
    const text = readFileSync(new URL(`../../data/nse/${name}`, import.meta.url), 'utf8');
    expect(parsed(text).length).toBe(length);
  });

  it('reads both ways to write a date, open interest, and an empty volume as unknown', () => {
    expect(candleAt(parsed(header, good, ''), 0)).toEqual({
      openTime: Date.parse('2019-07-09T03:45:00Z'),
      open: 95,
      high: 95,
      low: 93.9,
      close: 94.85,
      volume: 1730100,
    });
    const candles = parsed(`\uFEFF${header},oi\r`, '2025-08-25 09:15:00+05:30,10,11,9,10,,77\r');
    expect(candles.openTime[0]).toBe(Date.parse('2025-08-25T03:45:00Z'));
    expect(candles.volume[0]).toBeNaN();
  });

  it('refuses another header and a file without candles', () => {
    expect(failures('time,open,high,low,close,volume', good)).toEqual([
      [1, 1, 'time,open,high,low,close,volume', `the header ${header}, with or without ,oi`],
    ]);
    expect(failures(header)).toEqual([[2, 1, '', 'at least one candle']]);
    expect(failures('')).toHaveLength(1);
  });

  it('names line, column and value of everything that is wrong', () => {
    expect(
      failures(
        header,
        good,
        '2019-07-09T09:16:30+0530,95,95,95,95,1',
        '2019-07-09T09:16:00+0530,95,95,95,95,1',
        '2019-07-09T09:17:00,95,95,95,95,1',
        '2019-07-09T09:18:00+0530,95,94,96,95,1',
        '2019-07-09T09:19:00+0530,0,1e3,-5,abc,1.5',
        '2019-07-09T09:20:00+0530,95,95,95,95',
      ),
    ).toEqual([
      [3, 1, '2019-07-09T09:16:30+0530', 'a whole minute'],
      [4, 1, '2019-07-09T09:16:00+0530', 'a time after the line before'],
      [5, 1, '2019-07-09T09:17:00', 'a time such as 2019-07-09T09:15:00+0530'],
      [6, 3, '94', 'the highest price of the candle'],
      [6, 4, '96', 'the lowest price of the candle'],
      [7, 2, '0', 'a price above zero'],
      [7, 3, '1e3', 'a price above zero'],
      [7, 4, '-5', 'a price above zero'],
      [7, 5, 'abc', 'a price above zero'],
      [7, 6, '1.5', 'a whole number of units, or nothing'],
      [8, 5, '2019-07-09T09:20:00+0530,95,95,95,95', '6 cells'],
    ]);
  });

  it('refuses the same minute twice', () => {
    expect(failures(header, good, good)).toEqual([
      [3, 1, '2019-07-09T09:15:00+0530', 'a time after the line before'],
    ]);
  });

  it('stops after twenty failures', () => {
    expect(failures(header, ...Array.from({ length: 50 }, () => 'x'))).toHaveLength(20);
  });
});
