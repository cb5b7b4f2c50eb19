import { expect, test } from 'vitest';
import { CandleColumnsBuilder, type CandleColumns } from '@nandax/core/market/candles.ts';
import { packCandles, packTicks, unpackCandles, unpackTicks } from './packed-columns.ts';

/** 2019-07-09T09:15:00+05:30 */
const open = 1_562_643_900_000;

function day(first: number, volumes: readonly number[]): CandleColumns {
  const builder = new CandleColumnsBuilder();
  volumes.forEach((volume, minute) =>
    builder.add(first + minute * 60_000, 95, 95.05, 93.9, 94.85, volume),
  );
  return builder.build();
}

test('candles come back as they were, an unknown volume included', () => {
  const candles = day(open, [1_730_100, NaN, 0]);
  expect(unpackCandles([packCandles(candles)])).toEqual(candles);
});

test('days are joined in order, wherever their bytes lie in a larger buffer', () => {
  const [first, second] = [day(open, [1, 2]), day(open + 86_400_000, [3])];
  const shifted = new Uint8Array(packCandles(second).byteLength + 3);
  shifted.set(packCandles(second), 3);
  const joined = unpackCandles([packCandles(first), shifted.subarray(3)]);
  expect([...joined.openTime]).toEqual([open, open + 60_000, open + 86_400_000]);
  expect([...joined.volume]).toEqual([1, 2, 3]);
});

test('a minute candle takes 44 bytes and the day a header of 16', () => {
  expect(packCandles(day(open, [1, 2, 3])).byteLength).toBe(16 + 3 * 44);
});

test('ticks keep their milliseconds and times that run backwards', () => {
  const ticks = {
    length: 3,
    time: Float64Array.of(open, open + 1_234, open + 900),
    price: Float64Array.of(93.5, 93.55, 93.5),
    dayVolume: Float64Array.of(100, NaN, 90),
  };
  expect(unpackTicks([packTicks(ticks)])).toEqual(ticks);
});

test('bytes of another kind, another version or another length are refused', () => {
  const packed = packCandles(day(open, [1, 2]));
  const later = packed.slice();
  later[0] = 2;
  for (const bytes of [packed.slice(0, -1), later, new Uint8Array(3)]) {
    expect(() => unpackCandles([bytes])).toThrow(RangeError);
  }
  expect(() => unpackTicks([packed])).toThrow(RangeError);
});

test('times further from the first than a packed day can hold are refused', () => {
  expect(() => packCandles(day(open, [1]))).not.toThrow();
  const candles = day(open, [1, 2]);
  candles.openTime[1] = open + 2 ** 31;
  expect(() => packCandles(candles)).toThrow(RangeError);
});
