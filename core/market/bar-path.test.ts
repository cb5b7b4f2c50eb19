import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TradingCalendar } from '../calendar/trading-calendar.ts';
import { BarBuilder } from './bar-builder.ts';
import { pathOfCandle } from './bar-path.ts';
import type { Candle } from './candles.ts';
import type { ClosedBar } from './closed-bar.ts';

const openTime = Date.parse('2019-07-09T09:15:00+05:30');
const rising: Candle = { openTime, open: 95, high: 96, low: 93.9, close: 95.5, volume: 11 };

describe('the path through a candle', () => {
  it('of a rising candle goes low before high, a quarter of the volume at each step', () => {
    expect(pathOfCandle(7, rising, 100)).toEqual([
      { instrument: 7, time: openTime, price: 95, volume: 102 },
      { instrument: 7, time: openTime + 15_000, price: 93.9, volume: 104 },
      { instrument: 7, time: openTime + 30_000, price: 96, volume: 106 },
      { instrument: 7, time: openTime + 59_999, price: 95.5, volume: 111 },
    ]);
  });

  it('of a falling candle goes high before low, of an unchanged one low before high', () => {
    const prices = (close: number) =>
      pathOfCandle(0, { ...rising, close }, 0).map(({ price }) => price);
    expect(prices(94)).toEqual([95, 96, 93.9, 94]);
    expect(prices(95)).toEqual([95, 93.9, 96, 95]);
  });

  it('of a candle of unknown volume has ticks of unknown volume', () => {
    const ticks = pathOfCandle(0, { ...rising, volume: NaN }, 100);
    expect(ticks.map(({ volume }) => volume)).toEqual([null, null, null, null]);
  });

  it('leads back to the very candle', () => {
    const price = fc.integer({ min: 1, max: 1_000_000 }).map((paise) => paise / 100);
    const candle = fc
      .record({
        prices: fc.tuple(price, price, price, price),
        firstIsOpen: fc.boolean(),
        volume: fc.oneof(fc.integer({ min: 0, max: 1e9 }), fc.constant(NaN)),
      })
      .map(({ prices, firstIsOpen, volume }): Candle => {
        const [low, first, second, high] = prices.toSorted((a, b) => a - b) as [
          number,
          number,
          number,
          number,
        ];
        const [open, close] = firstIsOpen ? [first, second] : [second, first];
        return { openTime, open, high, low, close, volume };
      });
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
    fc.assert(
      fc.property(candle, (original) => {
        const built: ClosedBar[] = [];
        const builder = new BarBuilder(
          { timeFrame: 'ONE_MINUTE', calendar, instrumentCount: 1 },
          (_, bars) => built.push(...structuredClone(bars)),
        );
        for (const { time, price, volume } of pathOfCandle(0, original, 0)) {
          builder.pushTick(0, time, price, volume);
        }
        builder.advanceTo(openTime + 60_000);
        expect(built).toEqual([{ ...original, instrument: 0, closeTime: openTime + 60_000 }]);
      }),
    );
  });
});
