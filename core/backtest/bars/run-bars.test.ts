import { describe, expect, it } from 'vitest';
import { TradingCalendar } from '../../calendar/trading-calendar.ts';
import { checkBarsOptions, defaultBarsOptions } from './bars-options.ts';
import type { BarsResult } from './bars-result.ts';
import { days, fiveMinutes, ran, tradesOf, type BarRow } from './testing.ts';

/** Enters long on a close of 10, leaves on one of 12; enters short on 20, leaves on 18. */
const rules = `long entry when close == 10 long exit when close == 12
  short entry when close == 20 short exit when close == 18`;
const all = `equity_per_trade 100% ${rules}`;
const ten = `quantity_per_trade 10 ${rules}`;

const flat = (price: number): BarRow => [price, price, price, price];

describe('an order that is decided on the close of a bar', () => {
  const bars = days([flat(9), flat(10), [11, 13, 11, 12], [14, 14, 13, 13], flat(13)]);

  it('fills at the next open', () => {
    // 10,000 pay for 909 units at 11; they leave at 14: 909 * 3.
    expect(tradesOf(ran(all, [bars]))).toEqual([[909, 2, 3, 11, 14, 2727]]);
  });

  it('or at that close', () => {
    // All of 10,000 is a hair less than 10,000, which pays for 999 units.
    expect(tradesOf(ran(all, [bars], { fillAt: 'CLOSE' }))).toEqual([[999, 1, 2, 10, 12, 1998]]);
  });

  it('or there, and the curve knows of it and its commission from the next bar on', () => {
    const options = {
      fillAt: 'CLOSE',
      commission: { kind: 'FIXED_AND_PERCENT', fixed: 7, rate: 0 },
    } as const;
    const [on, after] = (['ON_THE_BAR', 'FROM_THE_NEXT'] as const).map((closeFills) =>
      ran(ten, [bars], { ...options, closeFills }),
    );
    expect(tradesOf(on as BarsResult)).toEqual(tradesOf(after as BarsResult));
    expect([...(on?.equity ?? [])]).toEqual([10_000, 9_993, 10_006, 10_006, 10_006]);
    expect([...(after?.equity ?? [])]).toEqual([10_000, 10_000, 10_013, 10_006, 10_006]);
    expect([on?.heldPoints, after?.heldPoints]).toEqual([1, 1]);
  });

  it('fills at the next bar of its instrument, however long that is away', () => {
    const gapped = days([flat(9), flat(10), null, null, flat(11), flat(12), flat(12)]);
    expect(tradesOf(ran(ten, [gapped]))).toEqual([[10, 2, 4, 11, 12, 10]]);
  });

  it('waits where nothing traded, unless it is told to fill', () => {
    const quiet = days([flat(9), flat(10), [11, 11, 11, 11, 0], flat(12), flat(13)]);
    const waits = ran(ten, [quiet]);
    expect(tradesOf(waits)).toEqual([[10, 3, 4, 12, 13, 10]]);
    expect(waits.waitedForVolume).toBe(1);
    const fills = ran(ten, [quiet], { zeroVolumeBars: 'FILL' });
    expect(tradesOf(fills)).toEqual([[10, 2, 4, 11, 13, 20]]);
  });

  it('fills where volumes are 0 throughout, as those of an index are', () => {
    const index = days(
      [9, 10, 11, 12, 13].map((price) => [price, price, price, price, 0] as const),
    );
    expect(tradesOf(ran(ten, [index]))).toEqual([[10, 2, 4, 11, 13, 20]]);
  });

  it.each([
    ['NEXT_OPEN', 'time_stop 2 bars long exit when close == 99', 5],
    ['NEXT_OPEN', 'long exit when bars_held >= 2', 5],
    ['CLOSE', 'time_stop 2 bars long exit when close == 99', 3],
    ['CLOSE', 'long exit when bars_held >= 2', 3],
  ] as const)('counts bars from the one it fills in: at %s, %s', (fillAt, way, exitBar) => {
    const text = `quantity_per_trade 1 ${way} long entry when close == 10`;
    const steady = days([flat(9), flat(10), ...Array.from({ length: 6 }, () => flat(11))]);
    // It is decided on the close of bar 1: filled there, bar 3 is two bars on; filled at the open of bar
    // 2, bar 4 is, and its exit fills at the open after.
    expect(tradesOf(ran(text, [steady], { fillAt }))[0]?.[2]).toBe(exitBar);
  });

  it('is never filled after the last bar, and the result says so', () => {
    expect(ran(ten, [days([flat(9), flat(10)])]).unfilled.working).toBe(1);
  });
});

describe('what trading costs', () => {
  const bars = days([flat(9), flat(10), flat(10), flat(12), flat(12)]);

  it('pays the whole spread at the entry, or half of it each way', () => {
    // 1 % of 10 and of 12.
    const entry = tradesOf(ran(ten, [bars], { spread: 0.01 }));
    expect(entry[0]?.slice(3)).toEqual([10.1, 12, expect.closeTo(19, 9)]);
    const both = tradesOf(ran(ten, [bars], { spread: 0.01, spreadOn: 'BOTH' }));
    expect(both[0]?.slice(3)).toEqual([10.049999999999999, 11.94, expect.closeTo(18.9, 9)]);
  });

  it('pays slippage on every order at market', () => {
    const [trade] = tradesOf(ran(ten, [bars], { slippage: 0.1 }));
    expect(trade?.slice(3)).toEqual([11, expect.closeTo(10.8, 12), expect.closeTo(-2, 9)]);
  });

  it.each([
    // 1 % of 100 and of 120.
    [{ kind: 'PERCENT', rate: 0.01 } as const, 2.2],
    [{ kind: 'FIXED_AND_PERCENT', fixed: 5, rate: 0.01 } as const, 12.2],
    [{ kind: 'PER_UNIT', amount: 0.25 } as const, 5],
  ])('pays a commission of %j at entry and exit', (commission, paid) => {
    const result = ran(ten, [bars], { commission });
    expect(tradesOf(result)[0]?.[5]).toBeCloseTo(20 - paid, 10);
    expect(result.commissions).toBeCloseTo(paid, 10);
    expect(result.equity.at(-1)).toBeCloseTo(10_000 + 20 - paid, 10);
  });

  it('leaves of the money what the commission of the entry takes', () => {
    // 10 a unit and 1 for each order: 9 units and 1 are 91, 10 units would be 101.
    const commission = { kind: 'FIXED_AND_PERCENT', fixed: 1, rate: 0 } as const;
    expect(tradesOf(ran(all, [bars], { cash: 100, commission }))[0]?.[0]).toBe(9);
  });
});

describe('how much is bought', () => {
  const bars = days([flat(9), flat(10), flat(11), flat(12), flat(12)]);

  it('is worked out at the fill, or at the decision as an agent must', () => {
    expect(tradesOf(ran(all, [bars]))[0]?.[0]).toBe(909);
    // 1,000 units at the close of 10 are all the money there is; the door lets them pass, at whatever
    // price they fill, and denies them where charges come on top.
    const decided = ran(all, [bars], { sizeAt: 'DECISION' });
    expect(tradesOf(decided).map(([size, , , price]) => [size, price])).toEqual([[1000, 11]]);
    const commission = { kind: 'PERCENT', rate: 0.001 } as const;
    const denied = ran(all, [bars], { sizeAt: 'DECISION', commission });
    expect([tradesOf(denied), denied.unfilled.noMoney]).toEqual([[], 1]);
  });

  it('follows the margin', () => {
    expect(tradesOf(ran(all, [bars], { margin: 0.5 }))[0]?.[0]).toBe(1818);
  });

  it('is in whole units, or in steps of one', () => {
    expect(tradesOf(ran(all, [bars], { cash: 100 }))[0]?.[0]).toBe(9);
    // 100 / 11 = 9.0909...
    expect(tradesOf(ran(all, [bars], { cash: 100, unitStep: 0.001 }))[0]?.[0]).toBe(9.09);
  });

  it('shares the money between instruments', () => {
    const two = [days([flat(9), flat(10), flat(10)]), days([flat(9), flat(10), flat(10)], 'B')];
    const result = ran(`equity_per_trade 60% ${rules}`, two, { cash: 1000 });
    // The first takes 600, of the second there is money for 399.99...: 39 units.
    expect(result.openTrades.map(({ size }) => size)).toEqual([60, 39]);
  });
});

describe('short entries', () => {
  const bars = days([flat(19), flat(20), flat(20), flat(18), flat(17)]);

  it('gain where the price falls', () => {
    expect(tradesOf(ran(ten, [bars]))).toEqual([[-10, 2, 4, 20, 17, 30]]);
  });

  it('are not taken where shorting is not allowed', () => {
    const once = days([flat(19), flat(20), flat(19), flat(18), flat(17)]);
    const result = ran(ten, [once], { shorting: false });
    expect([tradesOf(result), result.unfilled.noShorting]).toEqual([[], 1]);
  });

  it('end the run where they lose everything', () => {
    const bars = days([flat(19), flat(20), flat(20), flat(45), flat(10)]);
    const result = ran(all, [bars], { cash: 100 });
    expect(result.ruinedAt).toBe(3);
    expect(Array.from(result.equity)).toEqual([100, 100, 100, 0, 0]);
  });
});

describe('exclusive orders', () => {
  it('turn a position without any exit rule, and renew one of the same direction', () => {
    const bars = days([flat(10), flat(10), flat(20), flat(21), flat(22)]);
    const result = ran(ten, [bars], { exclusiveOrders: true });
    expect(tradesOf(result)).toEqual([
      [10, 1, 2, 10, 20, 100],
      [10, 2, 3, 20, 21, 10],
    ]);
    expect(result.openTrades).toMatchObject([{ size: -10, entryBar: 3, entryPrice: 21 }]);
  });
});

describe('stops and targets within a bar', () => {
  const text = `quantity_per_trade 10 stop_loss 10% take_profit 20% for 50% take_profit 40%
    long entry when close == 10 long exit when close == 1
    short entry when close == 20 short exit when close == 1`;
  const after = (...rows: BarRow[]): number[][] =>
    tradesOf(ran(text, [days([flat(10), flat(10), ...rows])])).map((trade) => trade.slice(0, 5));

  it('fill at their level', () => {
    expect(after([9.5, 9.6, 8, 9])).toEqual([[10, 1, 2, 10, 9]]);
  });

  it('fill at the open where that is beyond the stop', () => {
    expect(after([8, 8.5, 7, 8])).toEqual([[10, 1, 2, 10, 8]]);
  });

  it('take the stop first where both lie inside one bar', () => {
    expect(after([11, 15, 8, 11])).toEqual([[10, 1, 2, 10, 9]]);
  });

  it('take a target first that the bar opens beyond, at the better open, and the stop of the rest', () => {
    expect(after([13, 13, 8, 11])).toEqual([
      [5, 1, 2, 10, 13],
      [5, 1, 2, 10, 9],
    ]);
  });

  it('take targets one after the other', () => {
    expect(after([11, 12.5, 11, 12], [13, 15, 13, 14])).toEqual([
      [5, 1, 2, 10, 12],
      [5, 1, 3, 10, 14],
    ]);
  });

  it('sell whole units of what money bought, and not what rounding left on the close', () => {
    const money = `equity_per_trade 100% take_profit 20% for 50% take_profit 40%
      long entry when close == 10 long exit when close == 1`;
    // 59 pay for 5 units at 10. Half of them are 2 whole ones, and the close of 12.5 asks for no more.
    const rows = [flat(10), flat(10), [11, 12.5, 11, 12.5], flat(12.5), flat(12.5)] as const;
    for (const stops of ['INTRABAR', 'CLOSE'] as const) {
      const result = ran(money, [days(rows)], { cash: 59, stops });
      expect(tradesOf(result).map(([size]) => size)).toEqual([2]);
      expect(result.openTrades.map(({ size }) => size)).toEqual([3]);
    }
  });

  it('work from the entry bar on', () => {
    const bars = days([flat(10), [10, 10, 8, 9.5], flat(9.5)]);
    expect(tradesOf(ran(text, [bars]))[0]?.slice(0, 5)).toEqual([10, 1, 1, 10, 9]);
  });

  it('mirror themselves for a short position', () => {
    const bars = days([flat(20), flat(20), [21, 23, 15, 20]]);
    expect(tradesOf(ran(text, [bars]))[0]?.slice(0, 5)).toEqual([-10, 1, 2, 20, 22]);
  });

  it('trail the best price of the bars before, never that of the bar itself', () => {
    const trailing = `quantity_per_trade 10 trailing_stop 10%
      long entry when close == 10 long exit when close == 1`;
    // Best 20 before the third bar: the stop lies at 18. Its own high of 30 would have put it at 27.
    const bars = days([flat(10), [10, 20, 10, 20], [19, 30, 18.5, 29], [28, 28, 26, 27], flat(27)]);
    expect(tradesOf(ran(trailing, [bars]))[0]?.slice(0, 5)).toEqual([10, 1, 3, 10, 27]);
  });

  it('do not fill in a bar without trades', () => {
    const bars = days([flat(10), flat(10), [9.5, 9.5, 8.5, 9.5, 0], flat(9.6)]);
    expect(tradesOf(ran(text, [bars]))).toEqual([]);
    const fills = ran(text, [bars], { zeroVolumeBars: 'FILL' });
    expect(tradesOf(fills)[0]?.slice(0, 5)).toEqual([10, 1, 2, 10, 9]);
  });

  it('are looked at on closes only where that is chosen', () => {
    const bars = days([flat(10), flat(10), [9.5, 9.6, 8, 9.5], flat(8.9), flat(8.5)]);
    const result = ran(text, [bars], { stops: 'CLOSE' });
    expect(tradesOf(result)[0]?.slice(0, 5)).toEqual([10, 1, 4, 10, 8.5]);
  });
});

describe('the end of the data', () => {
  const bars = days([flat(10), flat(10), [11, 14, 11, 13]]);

  it('leaves positions open, or closes them at the last close or open', () => {
    expect(ran(ten, [bars]).openTrades).toMatchObject([{ size: 10, pnl: 30 }]);
    const atClose = ran(ten, [bars], { finalizeTrades: 'LAST_CLOSE' });
    expect(tradesOf(atClose)).toEqual([[10, 1, 2, 10, 13, 30]]);
    const atOpen = ran(ten, [bars], { finalizeTrades: 'LAST_OPEN' });
    expect(tradesOf(atOpen)).toEqual([[10, 1, 2, 10, 11, 10]]);
    expect(atOpen.equity.at(-1)).toBe(10_010);
  });
});

describe('the warm-up', () => {
  it('can hold back decisions until the bar after all values exist', () => {
    const text = `quantity_per_trade 1 long entry when close > 0 or sma(close, 3) > 0
      long exit when close > 1000`;
    const bars = days([10, 11, 12, 13, 14, 15].map(flat));
    expect(ran(text, [bars]).openTrades[0]?.entryBar).toBe(1);
    const whole = ran(text, [bars], { warmUp: 'ALL_VALUES' });
    // The average has its first value on bar 2; bar 3 decides.
    expect([whole.firstWholePoint, whole.openTrades[0]?.entryBar]).toEqual([2, 4]);
  });
});

describe('intraday positions, where the sessions are known', () => {
  const calendar = new TradingCalendar([
    {
      date: '2019-04-15',
      exchange: 'NSE',
      segment: 'EQUITY',
      open: true,
      openMinute: 555,
      closeMinute: 930,
      squareOffMinute: 920,
    },
  ]);
  const text = `product MIS ${ten}`;
  const run = (rows: readonly (readonly [number, number, BarRow])[]) =>
    ran(text, [fiveMinutes(rows, calendar)], {}, 'FIVE_MINUTES', calendar);

  it('leave at the open of the first bar from the square-off time on', () => {
    const result = run([
      [0, 900, flat(10)],
      [0, 905, flat(11)],
      [0, 920, [12.5, 13, 12, 13]],
      [1, 555, flat(9)],
    ]);
    expect(tradesOf(result)).toEqual([[10, 1, 2, 11, 12.5, 15]]);
    expect(result.trades.exitReason).toEqual(['the square-off time of the day']);
  });

  it('leave at the last close of a day whose bars end before', () => {
    const result = run([
      [0, 900, flat(10)],
      [0, 905, [11, 11, 11, 11.5]],
      [1, 555, flat(9)],
    ]);
    expect(tradesOf(result)).toEqual([[10, 1, 1, 11, 11.5, 5]]);
  });

  it('wait for a bar that trades, as far as the day has one', () => {
    const waits = run([
      [0, 900, flat(10)],
      [0, 905, flat(11)],
      [0, 920, [12, 12, 12, 12, 0]],
      [0, 925, [12.5, 13, 12, 13]],
    ]);
    expect(tradesOf(waits)).toEqual([[10, 1, 3, 11, 12.5, 15]]);
    const never = run([
      [0, 900, flat(10)],
      [0, 905, flat(11)],
      [0, 920, [12, 12, 12, 12, 0]],
      [1, 555, flat(9)],
    ]);
    expect(tradesOf(never)).toEqual([[10, 1, 2, 11, 12, 10]]);
  });

  it('are not entered by an order of the day before, nor from the square-off time on', () => {
    const overnight = run([
      [0, 905, flat(10)],
      [1, 555, flat(11)],
    ]);
    expect([tradesOf(overnight), overnight.openTrades, overnight.unfilled.expired]).toEqual([
      [],
      [],
      1,
    ]);
    const late = run([
      [0, 915, flat(10)],
      [0, 920, flat(10)],
      [0, 925, flat(10)],
    ]);
    expect([tradesOf(late), late.openTrades]).toEqual([[], []]);
  });
});

describe('options', () => {
  it.each([
    ['cash', 0],
    ['spread', 1],
    ['slippage', -0.1],
    ['margin', 0],
    ['unitStep', 0],
  ] as const)('refuse a %s of %d', (option, value) => {
    expect(checkBarsOptions({ ...defaultBarsOptions, [option]: value })?.option).toBe(option);
    expect(checkBarsOptions(defaultBarsOptions)).toBeNull();
  });
});
