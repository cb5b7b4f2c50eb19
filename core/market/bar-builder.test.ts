import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { TradingCalendar } from '../calendar/trading-calendar.ts';
import { BarBuilder } from './bar-builder.ts';
import type { ClosedBar } from './closed-bar.ts';
import type { TimeFrame } from './time-frame.ts';

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

function at(clock: string, date = '2019-07-09'): number {
  return Date.parse(`${date}T${clock}+05:30`);
}

function clockOf(time: number): string {
  return new Date(time + 19_800_000).toISOString().slice(11, 16);
}

/** Each entry is one call: the close, then every bar as instrument, open clock and OHLCV. */
let closed: [string, ...(readonly [number, string, ...number[]])[]][] = [];
beforeEach(() => {
  closed = [];
});

function builder(timeFrame: TimeFrame, instrumentCount = 1): BarBuilder {
  return new BarBuilder({ timeFrame, calendar, instrumentCount }, (time, bars) => {
    closed.push([clockOf(time), ...bars.map(rowOf)]);
  });
}

function rowOf(bar: ClosedBar): [number, string, ...number[]] {
  const { instrument, openTime, open, high, low, close, volume } = bar;
  return [instrument, clockOf(openTime), open, high, low, close, volume];
}

describe('bars from ticks', () => {
  it('hold the first, highest, lowest and last price and the volume traded', () => {
    const bars = builder('ONE_MINUTE');
    bars.pushTick(0, at('09:15:08'), 1958.05, 138_633);
    bars.pushTick(0, at('09:15:09'), 1957, 144_681);
    bars.pushTick(0, at('09:15:40'), 1960.5, 150_000);
    bars.pushTick(0, at('09:15:59.999'), 1959, 150_001);
    expect(closed).toEqual([]);
    bars.advanceTo(at('09:16:00'));
    expect(closed).toEqual([['09:16', [0, '09:15', 1958.05, 1960.5, 1957, 1959, 150_001]]]);
  });

  it('close by the clock or by the next tick, whichever is first, and once', () => {
    const bars = builder('ONE_MINUTE');
    bars.pushTick(0, at('09:15:01'), 100, 1);
    bars.advanceTo(at('09:15:59.999'));
    expect(closed).toHaveLength(0);
    bars.pushTick(0, at('09:16:00'), 101, 2);
    expect(closed).toHaveLength(1);
    bars.advanceTo(at('09:16:30'));
    bars.advanceTo(at('09:17:00'));
    bars.advanceTo(at('09:30:00'));
    expect(closed.map(([time]) => time)).toEqual(['09:16', '09:17']);
  });

  it('close for all instruments at once, in their order, when one of them moves on', () => {
    const bars = builder('ONE_MINUTE', 3);
    bars.pushTick(2, at('09:15:01'), 30, 1);
    bars.pushTick(0, at('09:15:02'), 10, 1);
    bars.pushTick(2, at('09:16:00'), 31, 2);
    expect(closed).toEqual([
      ['09:16', [0, '09:15', 10, 10, 10, 10, 1], [2, '09:15', 30, 30, 30, 30, 1]],
    ]);
  });

  it('are not made of an empty minute', () => {
    const bars = builder('ONE_MINUTE');
    bars.pushTick(0, at('09:15:00'), 100, 1);
    bars.pushTick(0, at('09:18:00'), 101, 2);
    bars.advanceTo(at('09:19:00'));
    expect(closed.map(([time]) => time)).toEqual(['09:16', '09:19']);
  });

  it('never hold a tick that runs backward or belongs to a closed minute', () => {
    const bars = builder('ONE_MINUTE', 2);
    bars.pushTick(0, at('09:15:10'), 100, 10);
    bars.pushTick(0, at('09:15:09'), 50, 11);
    bars.pushTick(0, at('09:15:10'), 101, 12);
    bars.advanceTo(at('09:16:00'));
    bars.pushTick(1, at('09:15:59'), 7, 1);
    expect(closed).toEqual([['09:16', [0, '09:15', 100, 101, 100, 101, 12]]]);
    expect(bars.dirtyInput.backward).toBe(2);
  });

  it('count a falling day volume as nothing, and go on from its highest mark', () => {
    const bars = builder('ONE_MINUTE');
    bars.pushTick(0, at('09:15:01'), 100, 1000);
    bars.pushTick(0, at('09:15:02'), 100, 900);
    bars.pushTick(0, at('09:15:03'), 100, 1010);
    bars.advanceTo(at('09:16:00'));
    expect(closed[0]?.[1]?.[6]).toBe(1010);
    expect(bars.dirtyInput.fallingVolume).toBe(1);
  });

  it('have unknown volume where a tick had none, and know it again in the next minute', () => {
    const bars = builder('ONE_MINUTE');
    bars.pushTick(0, at('09:15:01'), 100, 10);
    bars.pushTick(0, at('09:15:02'), 100, null);
    bars.pushTick(0, at('09:16:00'), 100, 15);
    bars.advanceTo(at('09:17:00'));
    expect(closed.map(([, bar]) => bar?.[6])).toEqual([NaN, 5]);
  });

  it('do not take the day volume so far for their own when the builder comes late', () => {
    const bars = builder('ONE_MINUTE');
    bars.pushTick(0, at('11:00:01'), 100, 500_000);
    bars.pushTick(0, at('11:00:02'), 100, 500_007);
    bars.advanceTo(at('11:01:00'));
    expect(closed[0]?.[1]?.[6]).toBe(7);
  });

  it('count the first trade of a quiet instrument in full when the builder was there from the open', () => {
    const bars = builder('ONE_MINUTE', 2);
    bars.pushTick(0, at('09:15:00'), 100, 1);
    bars.pushTick(1, at('11:00:00'), 200, 40);
    bars.advanceTo(at('11:01:00'));
    expect(closed.at(-1)).toEqual(['11:01', [1, '11:00', 200, 200, 200, 200, 40]]);
  });

  it('count the volume of every day from zero', () => {
    const bars = builder('ONE_MINUTE');
    bars.pushTick(0, at('15:29:00'), 100, 5000);
    bars.pushTick(0, at('09:15:00', '2019-07-10'), 101, 30);
    bars.advanceTo(at('09:16:00', '2019-07-10'));
    expect(closed.at(-1)?.[1]?.[6]).toBe(30);
  });

  it('use only ticks inside the session', () => {
    const bars = builder('ONE_MINUTE');
    bars.pushTick(0, at('09:07:30'), 90, 1);
    bars.pushTick(0, at('09:14:59.999'), 91, 2);
    bars.pushTick(0, at('15:30:00'), 92, 3);
    bars.pushTick(0, at('10:00:00', '2019-07-13'), 93, 4);
    bars.advanceTo(at('16:00:00'));
    expect(closed).toEqual([]);
    expect(bars.dirtyInput.outsideSession).toBe(4);
  });

  it.each([0, -1, NaN, Infinity])('do not use a price of %d', (price) => {
    const bars = builder('ONE_MINUTE');
    bars.pushTick(0, at('09:15:00'), price, 1);
    bars.advanceTo(at('09:16:00'));
    expect(closed).toEqual([]);
    expect(bars.dirtyInput.badPrice).toBe(1);
  });
});

describe('bars from minute candles', () => {
  it('gather the minutes of their time frame and close at its end without waiting for the last', () => {
    const bars = builder('FIVE_MINUTES');
    bars.pushMinute(0, at('09:15:00'), 10, 12, 9, 11, 100);
    bars.pushMinute(0, at('09:17:00'), 11, 15, 11, 14, 50);
    bars.advanceTo(at('09:18:00'));
    expect(closed).toEqual([]);
    bars.pushMinute(0, at('09:21:00'), 14, 14, 13, 13, 7);
    expect(closed).toEqual([['09:20', [0, '09:15', 10, 15, 9, 14, 150]]]);
    bars.advanceTo(at('09:25:00'));
    expect(closed[1]).toEqual(['09:25', [0, '09:20', 14, 14, 13, 13, 7]]);
  });

  it('of the last, shorter bucket close with the session', () => {
    const bars = builder('ONE_HOUR');
    bars.pushMinute(0, at('15:20:00'), 10, 12, 9, 11, 100);
    bars.advanceTo(at('15:30:00'));
    expect(closed).toEqual([['15:30', [0, '15:15', 10, 12, 9, 11, 100]]]);
  });

  it('of a day span its session', () => {
    const bars = builder('ONE_DAY');
    bars.pushMinute(0, at('09:15:00'), 10, 12, 9, 11, 100);
    bars.pushMinute(0, at('15:29:00'), 11, 20, 11, 19, 1);
    bars.pushMinute(0, at('09:15:00', '2019-07-10'), 18, 18, 18, 18, 1);
    expect(closed).toEqual([['15:30', [0, '09:15', 10, 20, 9, 19, 101]]]);
  });

  it('have unknown volume where a minute had none', () => {
    const bars = builder('FIVE_MINUTES');
    bars.pushMinute(0, at('09:15:00'), 10, 10, 10, 10, NaN);
    bars.pushMinute(0, at('09:16:00'), 10, 10, 10, 10, 5);
    bars.advanceTo(at('09:20:00'));
    expect(closed[0]?.[1]?.[6]).toBeNaN();
  });

  it('drop a minute that comes twice, late or outside the session', () => {
    const bars = builder('FIVE_MINUTES');
    bars.pushMinute(0, at('09:16:00'), 10, 10, 10, 10, 1);
    bars.pushMinute(0, at('09:16:00'), 99, 99, 99, 99, 1);
    bars.pushMinute(0, at('09:15:00'), 99, 99, 99, 99, 1);
    bars.pushMinute(0, at('15:40:00'), 99, 99, 99, 99, 1);
    bars.advanceTo(at('09:20:00'));
    expect(closed).toEqual([['09:20', [0, '09:15', 10, 10, 10, 10, 1]]]);
    expect(bars.dirtyInput).toMatchObject({ backward: 2, outsideSession: 1 });
  });
});

describe('ticks and minutes', () => {
  it('give the same bars, whatever the ticks', () => {
    const tick = fc.record({
      gap: fc.integer({ min: 0, max: 150_000 }),
      instrument: fc.integer({ min: 0, max: 2 }),
      price: fc.integer({ min: 1, max: 100_000 }).map((paise) => paise / 100),
      traded: fc.integer({ min: 0, max: 1000 }),
    });
    fc.assert(
      fc.property(fc.array(tick, { maxLength: 200 }), (ticks) => {
        closed = [];
        const direct = builder('FIVE_MINUTES', 3);
        const viaMinutes = builder('FIVE_MINUTES', 3);
        const minutes = new BarBuilder(
          { timeFrame: 'ONE_MINUTE', calendar, instrumentCount: 3 },
          (_, bars) => {
            for (const { instrument, openTime, open, high, low, close, volume } of bars) {
              viaMinutes.pushMinute(instrument, openTime, open, high, low, close, volume);
            }
          },
        );
        const dayVolume = [0, 0, 0];
        let time = at('09:15:00');
        for (const { gap, instrument, price, traded } of ticks) {
          time += gap;
          dayVolume[instrument] = (dayVolume[instrument] ?? 0) + traded;
          direct.pushTick(instrument, time, price, dayVolume[instrument]);
        }
        direct.advanceTo(at('16:00:00'));
        const expected = closed;
        closed = [];
        dayVolume.fill(0);
        time = at('09:15:00');
        for (const { gap, instrument, price, traded } of ticks) {
          time += gap;
          dayVolume[instrument] = (dayVolume[instrument] ?? 0) + traded;
          minutes.pushTick(instrument, time, price, dayVolume[instrument]);
        }
        minutes.advanceTo(at('16:00:00'));
        viaMinutes.advanceTo(at('16:00:00'));
        expect(closed).toEqual(expected);
      }),
    );
  });
});
