import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BarsOptions } from './bars-options.ts';
import type { BarsResult } from './bars-result.ts';
import { days, ran, tradesOf, type BarRow } from './testing.ts';

const flat = (price: number): BarRow => [price, price, price, price];

/** What was entered at a point's opens, as `instrument: units at price`, whatever became of it. */
function enteredAt({ trades, openTrades }: BarsResult, point: number): string[] {
  const units = new Map<string, number>();
  const add = (instrument: number, price: number, size: number): void => {
    const key = `${instrument} at ${price}`;
    units.set(key, (units.get(key) ?? 0) + size);
  };
  for (let row = 0; row < trades.length; row += 1) {
    if (trades.entryBar[row] !== point) continue;
    add(trades.instrument[row] ?? NaN, trades.entryPrice[row] ?? NaN, trades.size[row] ?? NaN);
  }
  for (const { instrument, entryBar, entryPrice, size } of openTrades) {
    if (entryBar === point) add(instrument, entryPrice, size);
  }
  return [...units].map(([key, size]) => `${key}: ${size}`).sort();
}

describe('several instruments that share the cash', () => {
  const quarter = `equity_per_trade 25% stop_loss 50%
    long entry when close == 10 long exit when close == 1`;

  it('are sized at an open by the opens of the others, and by nothing that comes after', () => {
    // A is held when B enters at the open of the third bar, whatever A does within that bar.
    const sizeOfB = (third: BarRow): unknown =>
      enteredAt(
        ran(quarter, [
          days([flat(10), flat(10), third], 'A'),
          days([flat(9), flat(10), flat(5)], 'B'),
        ]),
        2,
      );
    // 250 units of A at 10, 10,000 in all: a quarter of it pays for 500 of B at 5.
    expect(sizeOfB(flat(10))).toEqual(['1 at 5: 500']);
    expect(sizeOfB([10, 20, 10, 20])).toEqual(['1 at 5: 500']);
    expect(sizeOfB([10, 10, 4, 4])).toEqual(['1 at 5: 500']);
    // At an open of 14 there are 1,000 more.
    expect(sizeOfB(flat(14))).toEqual(['1 at 5: 550']);
  });

  it('enter with the money of what leaves at the same open, wherever it stands in the list', () => {
    const all = `equity_per_trade 100% long entry when close == 10 long exit when close == 12`;
    const leaver = days([flat(10), flat(10), flat(12), flat(12), flat(12)], 'A');
    const enterer = days([flat(9), flat(9), flat(10), flat(10), flat(11)], 'B');
    for (const instruments of [
      [leaver, enterer],
      [enterer, leaver],
    ]) {
      const { unfilled, openTrades, trades } = ran(all, instruments);
      expect([unfilled.noMoney, trades.length, openTrades.length]).toEqual([0, 1, 1]);
      expect(openTrades[0]?.entryBar).toBe(trades.exitBar[0]);
    }
  });

  it('have their shares at a point by their order in the list where there is not enough for all', () => {
    const most = 'capital_per_trade 8000 long entry when close == 10 long exit when close == 1';
    const bars = [flat(10), flat(10)];
    const result = ran(most, [days(bars, 'A'), days(bars, 'B')]);
    expect(enteredAt(result, 1)).toEqual(['0 at 10: 800', '1 at 10: 200']);
  });

  const texts = [
    `equity_per_trade 40% stop_loss 4% take_profit 3% for 50% take_profit 6%
      long entry when close < sma(close, 3) long exit when close > sma(close, 4)
      short entry when close > sma(close, 3) * 1.1 short exit when close < sma(close, 4)`,
    `risk_per_trade 2% stop_loss 5% trailing_stop 4% max_positions 1
      long entry when rising(close, 1) long exit when bars_held >= 2`,
  ];
  const row = fc
    .tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 80, max: 120 })))
    .map(([open = 0, close = 0, one = 0, other = 0]): BarRow => {
      const all = [open, close, one, other];
      return [open, Math.max(...all), Math.min(...all), close];
    });
  const course = fc.array(fc.tuple(row, row, row, row), { minLength: 12, maxLength: 40 });

  it.each(texts)('know of a bar no more than its open when they enter there: %s', (text) => {
    let seen = 0;
    const options: Partial<BarsOptions>[] = [{}, { stops: 'CLOSE' }, { exclusiveOrders: true }];
    fc.assert(
      fc.property(course, fc.nat(), fc.constantFrom(...options), (rows, at, chosen) => {
        const point = at % rows.length;
        const run = (other: boolean): string[] => {
          const past = rows.slice(0, point + 1).map(([a, b, otherA, otherB], bar) => {
            if (bar < point || !other) return [a, b] as const;
            // The opens stay, and nothing else of the bars does.
            return [withOpen(otherA, a[0]), withOpen(otherB, b[0])] as const;
          });
          const instruments = [
            days(
              past.map(([a]) => a),
              'A',
            ),
            days(
              past.map(([, b]) => b),
              'B',
            ),
          ];
          return enteredAt(ran(text, instruments, chosen), point);
        };
        const entered = run(false);
        seen += entered.length;
        expect(run(true)).toEqual(entered);
      }),
      { numRuns: 300 },
    );
    expect(seen).toBeGreaterThan(50);
  });
});

describe('a pair', () => {
  const text = `pair with "NSE:B" ratio 1 capital_per_trade 1000 stop_loss 10%
    long entry when close == 10 long exit when close == 99`;

  it('leaves both legs on the close that its stop is reached on, and neither within a bar', () => {
    const first = days([flat(10), flat(10), [10, 10, 8, 10], flat(8.5), flat(8)], 'A');
    // The other leg is short: this would stop one of its own.
    const other = days([flat(10), flat(10), [10, 12, 10, 10], flat(10), flat(10)], 'B');
    expect(tradesOf(ran(text, [first, other])).map((trade) => trade.slice(0, 5))).toEqual([
      [100, 1, 4, 10, 8],
      [-100, 1, 4, 10, 10],
    ]);
  });
});

function withOpen([open, high, low, close]: BarRow, wanted: number): BarRow {
  return [wanted, Math.max(high, wanted), Math.min(low, wanted), close === open ? wanted : close];
}
