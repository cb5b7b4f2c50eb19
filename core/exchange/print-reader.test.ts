import { expect, it } from 'vitest';
import { pathOfCandle } from '../market/bar-path.ts';
import { PrintReader } from './print-reader.ts';

const open = Date.parse('2019-07-09T09:15:00+05:30');
const day = 24 * 60 * 60 * 1000;

it('reads the day’s count as what traded: 10, 20, nothing for a fall, unknown, then what came since', () => {
  const reader = new PrintReader('TICKS');
  const volumes = [10, 30, 25, null, 40, 45];
  const prints = volumes.map((volume, row) =>
    reader.read({ instrument: 0, time: open + row, price: 100, volume }),
  );
  expect(prints.map(({ volume }) => volume)).toEqual([10, 20, 0, NaN, 15, 5]);
  expect(prints.map(({ kind }) => kind)).toEqual(['OPEN', 'TICK', 'TICK', 'TICK', 'TICK', 'TICK']);
  expect(reader.lastTime(0)).toBe(open + 5);
  expect(reader.lastTime(1)).toBe(-Infinity);
});

it('opens every day anew and counts its volume from nothing', () => {
  const reader = new PrintReader('TICKS');
  reader.read({ instrument: 0, time: open, price: 100, volume: 500 });
  const next = reader.read({ instrument: 0, time: open + day, price: 110, volume: 7 });
  expect(next).toEqual({ kind: 'OPEN', volume: 7 });
});

it('reads a candle taken apart as its open and three moves, with its volume', () => {
  const reader = new PrintReader('CANDLES');
  const candle = { openTime: open, open: 100, high: 107, low: 94, close: 105, volume: 402 };
  const later = { ...candle, openTime: open + 60_000, volume: 8 };
  const ticks = [...pathOfCandle(0, candle, 0), ...pathOfCandle(0, later, 402)];
  expect(ticks.map((tick) => reader.read(tick))).toEqual([
    { kind: 'OPEN', volume: 100 },
    { kind: 'MOVE', volume: 100 },
    { kind: 'MOVE', volume: 100 },
    { kind: 'MOVE', volume: 102 },
    { kind: 'OPEN', volume: 2 },
    { kind: 'MOVE', volume: 2 },
    { kind: 'MOVE', volume: 2 },
    { kind: 'MOVE', volume: 2 },
  ]);
});
