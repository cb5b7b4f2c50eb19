import { describe, expect, it } from 'vitest';
import { days, fiveMinutes, firstDay } from '../backtest/bars/testing.ts';
import { barsMarketOf } from '../backtest/bars/bars-market.ts';
import { runBars } from '../backtest/bars/run-bars.ts';
import { TradingCalendar } from '../calendar/trading-calendar.ts';
import { dateOfDayNumber, minuteMs } from '../calendar/exchange-time.ts';
import { compiled } from '../strategy/testing/compiled.ts';
import { checkLookAhead } from './check-look-ahead.ts';
import { aheadBy, examined, randomWalk, reading, strategyOf } from './testing.ts';
import type { ExaminedRun } from './trial.ts';

const crossing = `equity_per_trade 50%
  long entry when sma(close, 3) crosses_above sma(close, 8)
  long exit when sma(close, 3) crosses_below sma(close, 8)`;

function check(run: ExaminedRun) {
  const strategy = strategyOf(run);
  return checkLookAhead(run, strategy, runBars(strategy, run.market, run.options));
}

describe('the look-ahead check', () => {
  it('finds nothing in honest rules', () => {
    const run = examined(crossing, [randomWalk(1, 300)]);
    const result = check(run);
    expect(result).toMatchObject({ cuts: 10, differences: 0, firstDifferenceAt: null });
    expect(result.decisions).toBeGreaterThan(30);
  });

  it('finds nothing with stops, fills at the close, two instruments and days without bars', () => {
    const text = `capital_per_trade 2000 stop_loss 2% take_profit 3% trailing_stop 2%
      long entry when rsi(close, 3) < 40 long exit when bars_held >= 6
      short entry when rsi(close, 3) > 60 short exit when bars_held >= 4`;
    const rows = [randomWalk(2, 200), randomWalk(3, 200).map((row, day) => (day % 7 ? row : null))];
    for (const fillAt of ['NEXT_OPEN', 'CLOSE'] as const) {
      const result = check(examined(text, rows, { options: { fillAt } }));
      expect(result.differences).toBe(0);
      expect(result.decisions).toBeGreaterThan(30);
    }
  });

  it('catches a strategy that reads the next bar', () => {
    const cheat = reading(examined(crossing, [randomWalk(1, 300)]), aheadBy(1));
    const result = check(cheat);
    expect(result.differences).toBeGreaterThan(0);
    const time = Array.from(cheat.market.time);
    expect(time).toContain(result.firstDifferenceAt);
  });

  it('catches one that knows where the year will end, though it reads no bar ahead', () => {
    // Buys below the mean of all closes, the later ones among them.
    const honest = examined(
      'equity_per_trade 50% long entry when close < 0 long exit when close > 0',
      [randomWalk(4, 200)],
    );
    const cheat = reading(honest, (bars) => {
      const mean = bars.close.reduce((sum, close) => sum + close, 0) / bars.length;
      return { ...bars, close: bars.close.map((close) => close - mean) };
    });
    expect(check(honest).differences).toBe(0);
    expect(check(cheat).differences).toBeGreaterThan(0);
  });

  it('tells a cut within a day from a square-off', () => {
    const calendar = new TradingCalendar(
      Array.from({ length: 2 }, (_, day) => ({
        date: dateOfDayNumber(firstDay + day),
        exchange: 'NSE',
        segment: 'EQUITY',
        open: true,
        openMinute: 555,
        closeMinute: 930,
        squareOffMinute: 920,
      })),
    );
    const walk = randomWalk(5, 150);
    const rows = walk.map((row, bar) => [Math.floor(bar / 75), 555 + (bar % 75) * 5, row] as const);
    const market = barsMarketOf([fiveMinutes(rows, calendar)], [], calendar);
    const strategy = compiled(`product MIS\n${crossing}`, 'FIVE_MINUTES');
    const run = { ...examined(crossing, [walk]), market, strategyWith: () => strategy };
    expect(check(run).differences).toBe(0);
    expect(check(run).decisions).toBeGreaterThan(10);
    expect(check(reading(run, aheadBy(1))).differences).toBeGreaterThan(0);
  });

  it('catches bars that claim to be over long before they are', () => {
    // Two bars a day, in its first minutes; the days beside them say that they last a minute.
    const daily = days(randomWalk(7, 60)).bars;
    const halves = randomWalk(8, 120).map(
      (row, bar) => [bar >> 1, 555 + (bar % 2) * 5, row] as const,
    );
    const strategy = compiled(
      `equity_per_trade 50% long entry when close of "NSE:D" > open of "NSE:D"
       long exit when close of "NSE:D" < open of "NSE:D"`,
      'FIVE_MINUTES',
    );
    const differences = (minutes: number): number => {
      const closeTime = daily.openTime.map((open) => open + minutes * minuteMs);
      const run = {
        ...examined(crossing, [randomWalk(1, 2)]),
        market: barsMarketOf([fiveMinutes(halves, null)], [{ ...daily, closeTime }]),
        strategyWith: () => strategy,
      };
      expect(runBars(strategy, run.market, run.options).trades.length).toBeGreaterThan(10);
      return check(run).differences;
    };
    expect(differences(930)).toBe(0);
    expect(differences(1)).toBeGreaterThan(0);
  });

  it('has nothing to cut in one bar, or none', () => {
    for (const bars of [0, 1]) {
      expect(check(examined(crossing, [randomWalk(1, bars)]))).toEqual({
        cuts: 0,
        decisions: 0,
        differences: 0,
        firstDifferenceAt: null,
      });
    }
  });
});
