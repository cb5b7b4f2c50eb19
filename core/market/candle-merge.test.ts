import { describe, expect, it } from 'vitest';
import { CandleMerge } from './candle-merge.ts';
import { CandleColumnsBuilder, type CandleColumns } from './candles.ts';

function candles(...openTimes: number[]): CandleColumns {
  const builder = new CandleColumnsBuilder();
  for (const time of openTimes) builder.add(time, 1, 1, 1, 1, 1);
  return builder.build();
}

describe('merging the candles of several instruments', () => {
  it('visits every open time once, with the rows that open there', () => {
    const merge = new CandleMerge([candles(10, 30), candles(), candles(20, 30, 40)]);
    const visited: [number, number[]][] = [];
    while (merge.next()) visited.push([merge.time, [...merge.rows]]);
    expect(visited).toEqual([
      [10, [0, -1, -1]],
      [20, [-1, -1, 0]],
      [30, [1, -1, 1]],
      [40, [-1, -1, 2]],
    ]);
    expect(merge.next()).toBe(false);
  });
});
