import { describe, expect, it } from 'vitest';
import { parsePlainCandleCsv } from './plain-candle-csv.ts';

function opened(...times: string[]): number[] {
  const lines = times.map((time) => `${time},1,2,1,2,5`);
  const read = parsePlainCandleCsv(['Date,Open,High,Low,Close,Volume', ...lines].join('\n'));
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return [...read.value.openTime];
}

describe('the times of plain candles', () => {
  it('are exchange time, or the instant that their offset says', () => {
    const times = [
      '2022-08-01',
      '2022-08-01 09:15',
      '2022-08-01T03:46:00Z',
      '2022-08-01T09:17:00+0530',
      '2022-08-01 09:18:00+05:30',
      '2022-07-31T22:49:00.000-05:00',
    ];
    const morning = Date.parse('2022-08-01T09:15:00+05:30');
    expect(opened(...times)).toEqual([
      Date.parse('2022-08-01T00:00:00+05:30'),
      ...[0, 1, 2, 3, 4].map((minute) => morning + minute * 60_000),
    ]);
  });

  it.each(['2022-08-01T09:15:00+25:00', '2022-08-01T09:15:00+0560', '2022-08-01T09:15:00EST'])(
    'are refused where nobody has such an offset: %s',
    (time) => {
      expect(() => opened(time)).toThrow('a time such as');
    },
  );
});
