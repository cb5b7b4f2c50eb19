import { describe, expect, it } from 'vitest';
import { barsMarketOf } from '../backtest/bars/bars-market.ts';
import { days, fiveMinutes, type BarRow } from '../backtest/bars/testing.ts';
import { TradingCalendar } from '../calendar/trading-calendar.ts';
import { seededRandom } from '../random/seeded-random.ts';
import type { BarColumns } from '../strategy/columns/bar-columns.ts';
import { PermutableMarket } from './permute-bars.ts';
import { randomWalk } from './testing.ts';

function permutableOf(market: ReturnType<typeof barsMarketOf>): PermutableMarket {
  const permutable = PermutableMarket.of(market);
  if (permutable === null) throw new Error('its prices are above zero');
  return permutable;
}

/** Moves as text to nine digits, in the order of bars from the second on. */
function moves({ open, high, low, close, volume, length }: BarColumns) {
  const within: string[] = [];
  const gaps: string[] = [];
  for (let row = 1; row < length; row += 1) {
    const from = open[row] ?? NaN;
    const ratios = [high[row], low[row], close[row]].map((price) => (price ?? NaN) / from);
    within.push([...ratios.map((ratio) => ratio.toFixed(9)), volume[row]].join(' '));
    gaps.push((from / (close[row - 1] ?? NaN)).toFixed(9));
  }
  return { within, gaps };
}

describe('bars with their moves in another order', () => {
  const rows = randomWalk(1, 120);
  const market = barsMarketOf([days(rows)]);
  const [own] = market.instruments;
  if (own === undefined) throw new Error('there is one');

  it('have the same moves, the same times, the same first bar and the same last close', () => {
    const { instruments } = permutableOf(market).permuted(seededRandom(1));
    const bars = instruments[0]?.bars as BarColumns;
    expect(bars.openTime).toEqual(own.bars.openTime);
    expect(bars.closeTime).toEqual(own.bars.closeTime);
    expect(bars.open[0]).toBe(own.bars.open[0]);
    expect(bars.close[119]).toBeCloseTo(own.bars.close[119] ?? NaN, 8);
    const [before, after] = [moves(own.bars), moves(bars)];
    expect(after.within.toSorted()).toEqual(before.within.toSorted());
    expect(after.gaps.toSorted()).toEqual(before.gaps.toSorted());
    expect(after.within).not.toEqual(before.within);
    expect(after.gaps).not.toEqual(before.gaps);
    for (let row = 0; row < bars.length; row += 1) {
      const [open, high, low, close] = [bars.open, bars.high, bars.low, bars.close].map(
        (column) => column[row] ?? NaN,
      );
      expect(high).toBeGreaterThanOrEqual(Math.max(open ?? NaN, close ?? NaN) * (1 - 1e-12));
      expect(low).toBeLessThanOrEqual(Math.min(open ?? NaN, close ?? NaN) * (1 + 1e-12));
    }
  });

  it('come in every order, and leave the market itself alone', () => {
    const small = barsMarketOf([days(rows.slice(0, 4))]);
    const before = moves(small.instruments[0]?.bars as BarColumns).within;
    const permutable = permutableOf(small);
    const random = seededRandom(2);
    const seen = new Set<string>();
    for (let draw = 0; draw < 200; draw += 1) {
      const bars = permutable.permuted(random).instruments[0]?.bars as BarColumns;
      seen.add(moves(bars).within.join('|'));
    }
    expect(seen.size).toBe(6);
    expect(moves(small.instruments[0]?.bars as BarColumns).within).toEqual(before);
  });

  it('keep series together, and only where both have a bar', () => {
    const other: (BarRow | null)[] = rows.map(([open, high, low, close, volume = 0], day) =>
      day % 5 === 3 ? null : [open * 2, high * 2, low * 2, close * 2, volume],
    );
    const [first, second] = permutableOf(
      barsMarketOf([days(rows, 'A'), days(other, 'B')]),
    ).permuted(seededRandom(3)).instruments;
    const [a, b] = [first?.bars as BarColumns, second?.bars as BarColumns];
    expect(b.length).toBe(96);
    const within = moves(a).within;
    const ofDay = new Map(within.map((text, index) => [a.openTime[index + 1], text]));
    // What happens within a bar is the same in both, twice as high: it must stay so.
    moves(b).within.forEach((text, index) => {
      expect(text).toBe(ofDay.get(b.openTime[index + 1]));
    });
  });

  it('put nights only where nights were', () => {
    const calendar = new TradingCalendar([]);
    const bars = randomWalk(4, 40).map(([open, , , ,], bar): [number, number, BarRow] => {
      // Each night is a jump of a tenth; within a day an open is the close before.
      const price = open * 1.1 ** Math.floor(bar / 10);
      return [Math.floor(bar / 10), 555 + (bar % 10) * 5, [price, price, price, price]];
    });
    const intraday = barsMarketOf([fiveMinutes(bars, calendar)], [], calendar);
    const before = moves(intraday.instruments[0]?.bars as BarColumns).gaps;
    const after = moves(
      permutableOf(intraday).permuted(seededRandom(5)).instruments[0]?.bars as BarColumns,
    ).gaps;
    const nights = (gaps: readonly string[]) => [9, 19, 29].map((gap) => gaps[gap]).toSorted();
    expect(nights(after)).toEqual(nights(before));
  });

  it('are not made of prices that are no ratios', () => {
    expect(PermutableMarket.of(barsMarketOf([days([[1, 2, 0, 1]])]))).toBeNull();
    expect(PermutableMarket.of(barsMarketOf([days([[-1, 2, -3, 1]])]))).toBeNull();
  });
});
