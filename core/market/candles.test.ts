import { describe, expect, it } from 'vitest';
import {
  candleAt,
  CandleColumnsBuilder,
  concatCandles,
  firstRowFrom,
  sliceCandles,
  type CandleColumns,
} from './candles.ts';

function candles(...openTimes: number[]): CandleColumns {
  const builder = new CandleColumnsBuilder(1);
  for (const time of openTimes) builder.add(time, time + 1, time + 2, time, time + 1.5, time * 10);
  return builder.build();
}

describe('candle columns', () => {
  it('keep their rows while they grow', () => {
    const columns = candles(10, 20, 30, 40, 50);
    expect(columns.length).toBe(5);
    expect(columns.close).toHaveLength(5);
    expect(candleAt(columns, 3)).toEqual({
      openTime: 40,
      open: 41,
      high: 42,
      low: 40,
      close: 41.5,
      volume: 400,
    });
    expect(() => candleAt(columns, 5)).toThrow('no candle in row 5 of 5');
  });

  it.each([
    [5, 0],
    [10, 0],
    [11, 1],
    [30, 2],
    [31, 3],
  ])('from %i on begin with row %i', (time, row) => {
    expect(firstRowFrom(candles(10, 20, 30), time)).toBe(row);
  });

  it('are cut with the start and without the end', () => {
    const all = candles(10, 20, 30, 40);
    expect([...sliceCandles(all, 20, 40).openTime]).toEqual([20, 30]);
    expect(sliceCandles(all, 41, 99).length).toBe(0);
    expect(sliceCandles(all, 30, 10).length).toBe(0);
  });

  it('are joined in order and not otherwise', () => {
    expect(concatCandles([candles(10, 20), candles(), candles(30)])).toEqual(candles(10, 20, 30));
    expect(() => concatCandles([candles(10, 20), candles(20)])).toThrow('do not follow');
    expect(concatCandles([]).length).toBe(0);
  });
});
