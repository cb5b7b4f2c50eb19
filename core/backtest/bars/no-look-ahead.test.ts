import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { days, ran, type BarRow } from './testing.ts';
import type { BarsResult } from './bars-result.ts';

const texts = [
  `equity_per_trade 100% long entry when sma(close, 2) crosses_above sma(close, 5)
    long exit when sma(close, 2) crosses_below sma(close, 5)
    short entry when sma(close, 2) crosses_below sma(close, 5)
    short exit when sma(close, 2) crosses_above sma(close, 5)`,
  `risk_per_trade 1% stop_loss 2 * atr(3) take_profit 4% for 50% take_profit 8% trailing_stop 5%
    long entry when rsi(close, 3) < 40 long exit when bars_held >= 6`,
  `capital_per_trade 5000 stop_loss 3% break_even_at 2% time_stop 7 bars max_positions 1
    long entry when close == highest(close, 4) long exit when falling(close, 2)
    short entry when close == lowest(close, 4) short exit when rising(close, 2)`,
];

const row = fc
  .tuple(
    ...[0, 1, 2, 3].map(() => fc.integer({ min: 80, max: 120 })),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([open, close = 0, one = 0, other = 0, volume = 0]): BarRow => {
    const all = [open, close, one, other];
    return [open, Math.max(...all), Math.min(...all), close, volume * 100];
  });
const course = fc.array(row, { minLength: 12, maxLength: 60 });

/** Orders and equity up to a point, as text. */
function until({ orders, equity }: BarsResult, point: number): string {
  const decided = orders
    .filter((order) => order.point <= point)
    .map((order) => `${order.point} ${JSON.stringify(order.signal)}`);
  return [...decided, ...Array.from(equity.subarray(0, point + 1), String)].join('\n');
}

describe('a run over bars', () => {
  it.each(texts)('knows nothing of what comes after: %s', (text) => {
    let seen = 0;
    fc.assert(
      fc.property(course, course, fc.nat(), fc.boolean(), (rows, others, at, atClose) => {
        const fillAt = atClose ? 'CLOSE' : 'NEXT_OPEN';
        const point = at % rows.length;
        const past = rows.slice(0, point + 1);
        const whole = ran(text, [days(rows)], { fillAt });
        const cut = ran(text, [days(past)], { fillAt });
        const other = ran(text, [days([...past, ...others])], { fillAt });
        const wanted = until(whole, point);
        seen += whole.orders.length;
        expect(until(cut, point)).toBe(wanted);
        expect(until(other, point)).toBe(wanted);
      }),
      { numRuns: 150 },
    );
    // A proof over runs that never trade would be none.
    expect(seen).toBeGreaterThan(150);
  });

  it('would be caught if a rule saw one bar ahead', () => {
    const rows: BarRow[] = [10, 12, 11, 13, 12, 14, 13].map((price) => [
      price,
      price,
      price,
      price,
    ]);
    const ahead = rows.map((_, bar): BarRow => rows[Math.min(bar + 1, rows.length - 1)] as BarRow);
    const text =
      'quantity_per_trade 1 long entry when close > open[1] long exit when close < open[1]';
    const honest = (bars: BarRow[]) => until(ran(text, [days(bars)]), 3);
    expect(honest(rows.slice(0, 4))).toBe(honest(rows));
    expect(honest(ahead.slice(0, 4))).toBe(honest(ahead));
    // The cheat reads tomorrow's bar today: cut off the data and its last decision changes.
    const cheat = (length: number) => {
      const known = rows.slice(0, length);
      return known.map((_, bar): BarRow => known[Math.min(bar + 1, length - 1)] as BarRow);
    };
    expect(honest(cheat(4))).not.toBe(honest(cheat(7)));
  });
});
