import { readFileSync } from 'node:fs';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import marginRatesJson from '../../data/reference/margin-rates.json' with { type: 'json' };
import rateCardsJson from '../../data/reference/rate-cards.json' with { type: 'json' };
import { TradingCalendar, type CalendarDay } from '../calendar/trading-calendar.ts';
import { RateCardBook } from '../charges/rate-card.ts';
import { readRateCards } from '../charges/read-rate-cards.ts';
import { CandleColumnsBuilder, sliceCandles, type CandleColumns } from '../market/candles.ts';
import { parseKiteCandleCsv } from '../market/kite-candle-csv.ts';
import type { TimeFrame } from '../market/time-frame.ts';
import { readMarginRates } from '../risk/read-margin-rates.ts';
import { compiled } from '../strategy/testing/compiled.ts';
import type { BacktestInstrument, BacktestResult } from './backtest.ts';
import { runBacktest } from './engine.ts';

function day(date: string): CalendarDay {
  const hours = { openMinute: 555, closeMinute: 930, squareOffMinute: 920 };
  return { date, exchange: 'NSE', segment: 'EQUITY', open: true, ...hours };
}
const calendar = new TradingCalendar(['2019-07-09', '2019-07-10', '2019-07-11'].map(day));

const cards = readRateCards(rateCardsJson);
const margins = readMarginRates(marginRatesJson);
if (!cards.ok || !margins.ok) throw new Error('the bundled data is damaged');
const rateCards = new RateCardBook(cards.value, 'ZERODHA');
const marginRates = margins.value;

function at(clock: string, date = '2019-07-09'): number {
  return Date.parse(`${date}T${clock}:00+05:30`);
}

/** Minute candles at standing prices: `clock open close`, on 2019-07-09 unless a date leads. */
function candles(...minutes: string[]): CandleColumns {
  const builder = new CandleColumnsBuilder();
  for (const minute of minutes) {
    const parts = minute.split(' ');
    const date = parts.length === 4 ? parts.shift() : undefined;
    const [clock = '', openText, closeText] = parts;
    const [open, close] = [Number(openText), Number(closeText)] as const;
    builder.add(at(clock, date), open, Math.max(open, close), Math.min(open, close), close, 100);
  }
  return builder.build();
}

interface Setting {
  readonly rules?: string;
  readonly size?: string;
  readonly timeFrame?: TimeFrame;
  readonly slippageTicks?: number;
  readonly multiplier?: number;
  /** Rupees. */
  readonly capital?: number;
}

const aboveHundred = 'long entry when close > 100 long exit when close < 100';

function input(columns: readonly CandleColumns[], setting: Setting = {}) {
  const { rules = aboveHundred, timeFrame = 'ONE_MINUTE', slippageTicks = 0 } = setting;
  const instruments = columns.map((own, index): BacktestInstrument => {
    const symbol = `SHARE${index}`;
    return {
      symbol,
      exchange: 'NSE',
      type: 'EQUITY',
      lotSize: 1,
      tickSize: 0.05,
      multiplier: setting.multiplier ?? 1,
      candles: own,
    };
  });
  const strategy = compiled(`${setting.size ?? 'capital_per_trade 100000'} ${rules}`, timeFrame);
  const initialCapital = new Decimal(setting.capital ?? 1_000_000);
  const fillModel = { slippageTicks };
  return { strategy, instruments, calendar, rateCards, marginRates, initialCapital, fillModel };
}

function backtest(columns: readonly CandleColumns[], setting: Setting = {}): BacktestResult {
  const result = runBacktest(input(columns, setting));
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** Fills as `date clock side quantity price reason instrument`. */
function fillsOf({ fills }: BacktestResult): string[] {
  return fills.map(({ time, side, quantity, price, reason, instrument }) => {
    const clock = new Date(time + 19_800_000).toISOString().slice(5, 16).replace('T', ' ');
    return [clock, side, quantity.toFixed(), price.toFixed(2), reason, instrument].join(' ');
  });
}

const yesBankFile = new URL('../../data/nse/YESBANK_minute_2019-07-09_11.csv', import.meta.url);
const parsed = parseKiteCandleCsv(readFileSync(yesBankFile, 'utf8'));
if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
const yesBank = parsed.value;
const yesBankTenth = sliceCandles(yesBank, at('00:00', '2019-07-10'), at('00:00', '2019-07-11'));

const meanOfTwo = `
  long entry when close crosses_above sma(close, 2) long exit when close crosses_below sma(close, 2)
  short entry when close crosses_below sma(close, 2) short exit when close crosses_above sma(close, 2)`;

it('leaves a share with a closing auction at its own time, 15:12, and another at 15:20', () => {
  const rows = [
    '15:00 101 101',
    '15:01 101 101',
    '15:12 102 102',
    '15:20 103 103',
    '15:29 103 103',
  ];
  const { instruments, ...rest } = input([candles(...rows), candles(...rows)]);
  const [first, second] = instruments as [BacktestInstrument, BacktestInstrument];
  const own = { ...day('2019-07-09'), closeMinute: 915, squareOffMinute: 912 };
  const ownCalendar = new TradingCalendar([own]);
  const result = runBacktest({ ...rest, instruments: [{ ...first, ownCalendar }, second] });
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  // Both bars of 15:00 close at 15:01 above 100; 100000 / 101 = 990.09; both enter at the next open.
  expect(fillsOf(result.value).filter((fill) => fill.includes('SQUARE_OFF'))).toEqual([
    '07-09 15:12 SELL 990 102.00 SQUARE_OFF 0',
    '07-09 15:20 SELL 990 103.00 SQUARE_OFF 1',
  ]);
});

describe('the money of a backtest', () => {
  const rows = ['09:15 101 101', '09:16 101 101', '09:17 101 99', '09:18 99 101', '09:19 101 101'];
  const entries = (size: string, capital: number, ...columns: CandleColumns[]) => {
    const result = backtest(columns.length > 0 ? columns : [candles(...rows)], { size, capital });
    const bought = result.fills.filter(({ reason, side }) => reason === 'RULE' && side === 'BUY');
    return [bought.length, result.caveats.deniedEntries];
  };

  it('pays for the whole value of shares that are delivered, and for their charges', () => {
    // 100 units at 101 are 10,100; stamp duty, transaction charge and levies are some 12 rupees more.
    // The rule is true on four closes, so it is denied on each.
    expect(entries('product CNC quantity_per_trade 100', 10_100)).toEqual([0, 4]);
    expect(entries('product CNC quantity_per_trade 100', 10_500)).toEqual([2, 0]);
  });

  it('blocks a fifth of the value within the day', () => {
    // 20 % of 10,100 are 2,020; brokerage is 3.03 and the rest below a rupee or two.
    expect(entries('product MIS quantity_per_trade 100', 2_019)).toEqual([0, 4]);
    // The first trade loses 200, and the charges of it.
    expect(entries('product MIS quantity_per_trade 100', 2_030)[0]).toBe(1);
    expect(entries('product MIS quantity_per_trade 100', 2_300)).toEqual([2, 0]);
  });

  it('is shared: what one instrument holds or has on its way another cannot take', () => {
    const size = 'product CNC quantity_per_trade 100';
    const one = candles(...rows.slice(0, 3));
    expect(entries(size, 15_000, one, one)).toEqual([1, 2]);
    expect(entries(size, 21_000, one, one)).toEqual([2, 0]);
  });

  it('never holds up an exit', () => {
    const falls = candles('09:15 101 101', '09:16 101 101', '09:17 60 60', '09:18 50 50');
    const result = backtest([falls], {
      size: 'product MIS quantity_per_trade 400',
      capital: 10_000,
    });
    expect(result.fills.map(({ side }) => side)).toEqual(['BUY', 'SELL']);
  });
});

describe('a backtest of 10 July 2019, worked by hand from the hourly closes', () => {
  // Closes of the hours: 93.15, 93.00, 92.70, 93.00, 92.90, 92.90, 93.25. Against the mean of two,
  // the fourth crosses above (13:15) and the fifth below (14:15); the next minutes open at 93.00 and
  // 92.90, the minute of the square-off at 92.95. 100000 / 93.00 = 1075.27, / 92.90 = 1076.43.
  const result = backtest([yesBankTenth], { rules: meanOfTwo, timeFrame: 'ONE_HOUR' });

  it('enters, reverses and is squared off at the opens of the following minutes', () => {
    expect(fillsOf(result)).toEqual([
      '07-10 13:15 BUY 1075 93.00 RULE 0',
      '07-10 14:15 SELL 1075 92.90 RULE 0',
      '07-10 14:15 SELL 1076 92.90 RULE 0',
      '07-10 15:20 BUY 1076 92.95 SQUARE_OFF 0',
    ]);
    expect(result.trades).toMatchObject([
      {
        direction: 'LONG',
        entryReason: 'long entry rule at close 93',
        exitReason: 'RULE',
      },
      {
        direction: 'SHORT',
        entryReason: 'short entry rule at close 92.9',
        exitReason: 'SQUARE_OFF',
      },
    ]);
  });

  it('pays its contract note: 1075 x -0.10 and 1076 x -0.05 less 167.14 are -328.44', () => {
    // Four times 20 brokerage; STT 49.96 -> 50; exchange 13.79; SEBI 0.40; stamp 6.00 -> 6; GST 16.95.
    expect(result.contractNotes.map(({ charges }) => charges.total.toFixed(2))).toEqual(['167.14']);
    const { grossPnl, charges, netPnl, totalTrades } = result.statistics;
    expect([grossPnl, charges, netPnl].map((amount) => amount.toFixed(2))).toEqual([
      '-161.30',
      '167.14',
      '-328.44',
    ]);
    expect(totalTrades).toBe(2);
    expect(result.equity.equity.at(-1)).toBeCloseTo(1_000_000 - 328.44, 6);
  });

  it('keeps every decision that acted, with what the rules read', () => {
    expect(
      result.decisions.map(({ time, trigger, signals }) => [
        time,
        trigger,
        signals.map(({ action }) => action),
      ]),
    ).toEqual([
      [at('13:15', '2019-07-10'), 'BAR', ['ENTER_LONG']],
      [at('14:15', '2019-07-10'), 'BAR', ['EXIT_LONG', 'ENTER_SHORT']],
      [at('15:20', '2019-07-10'), 'SQUARE_OFF', ['EXIT_SHORT']],
    ]);
    const [close, mean] = result.decisions[0]?.inputs[0] ?? [];
    expect(close).toEqual({ expression: 'close', value: 93 });
    expect(mean?.expression).toBe('sma(close, 2)');
    expect(mean?.value).toBeCloseTo(92.85, 9);
  });

  it('says that no rate card covers 2019 and the calendar does', () => {
    expect(result.caveats).toMatchObject({
      rateCardCovered: false,
      calendarCovered: true,
      expiredOrders: 0,
      openPositions: 0,
    });
  });
});

describe('the time line', () => {
  it('fills an order of one minute at the open of the next, wherever that opens', () => {
    const result = backtest([
      candles('09:15 99 101', '09:16 104 105', '09:17 105 99', '09:18 90 90'),
    ]);
    expect(fillsOf(result)).toEqual([
      '07-09 09:16 BUY 990 104.00 RULE 0',
      '07-09 09:18 SELL 990 90.00 RULE 0',
    ]);
  });

  it('lets an order wait over empty minutes, and gives no second one meanwhile', () => {
    const quiet = candles('09:15 99 101', '09:40 102 103');
    const busy = candles('09:15 99 99', '09:16 99 99', '09:17 99 99', '09:41 99 99');
    expect(fillsOf(backtest([quiet, busy]))).toEqual(['07-09 09:40 BUY 990 102.00 RULE 0']);
  });

  it('decides on a bar at its end though its last minutes are empty', () => {
    const result = backtest([candles('09:15 99 101', '09:21 104 104')], {
      timeFrame: 'FIVE_MINUTES',
    });
    expect(result.fills[0]).toMatchObject({ decidedAt: at('09:20'), time: at('09:21') });
  });

  it('slips against the trader by ticks: 104.00 and 90.00 become 104.10 and 89.90', () => {
    const prices = ['09:15 99 101', '09:16 104 105', '09:17 105 99', '09:18 90 90'];
    const result = backtest([candles(...prices)], { slippageTicks: 2 });
    expect(result.fills.map(({ price }) => price.toFixed(2))).toEqual(['104.10', '89.90']);
  });

  it('neither trades on nor fills at prices outside the session', () => {
    const result = backtest([
      candles('09:07 101 101', '09:15 99 99', '15:19 99 99', '15:40 150 150'),
    ]);
    expect(result.fills).toEqual([]);
    expect(result.caveats.dirtyInput.outsideSession).toBe(2);
  });

  it('respects the most positions over all instruments, in their order', () => {
    const same = ['09:15 99 101', '09:16 101 101', '09:17 101 101'];
    const result = backtest([candles(...same), candles(...same)], {
      rules: `max_positions 1 ${aboveHundred}`,
    });
    expect(fillsOf(result)).toEqual(['07-09 09:16 BUY 990 101.00 RULE 0']);
    expect(result.caveats.openPositions).toBe(1);
  });
});

describe('the end of the day', () => {
  it('squares off what an entry opened only after the square-off time', () => {
    const result = backtest([candles('15:18 99 101', '15:24 102 102', '15:26 103 103')]);
    expect(fillsOf(result)).toEqual([
      '07-09 15:24 BUY 990 102.00 RULE 0',
      '07-09 15:26 SELL 990 103.00 SQUARE_OFF 0',
    ]);
  });

  it('ends an order that met no price, and squares the position off the next day', () => {
    const result = backtest([
      candles(
        '15:10 99 101',
        '15:11 101 101',
        '2019-07-10 09:15 99.5 100',
        '2019-07-10 15:20 98 98',
      ),
    ]);
    expect(fillsOf(result)).toEqual([
      '07-09 15:11 BUY 990 101.00 RULE 0',
      '07-10 15:20 SELL 990 98.00 SQUARE_OFF 0',
    ]);
    // Squared off at 15:20 on the 9th, without a price to the close.
    expect(result.caveats.expiredOrders).toBe(1);
  });

  it('carries a delivered position, and an order of the close into the next session', () => {
    const result = backtest(
      [
        candles(
          '15:29 99 101',
          '2019-07-10 09:15 105 99',
          '2019-07-10 15:29 99 99',
          '2019-07-11 09:15 97 97',
        ),
      ],
      { rules: `product CNC ${aboveHundred}`, timeFrame: 'ONE_DAY' },
    );
    expect(fillsOf(result)).toEqual([
      '07-10 09:15 BUY 990 105.00 RULE 0',
      '07-11 09:15 SELL 990 97.00 RULE 0',
    ]);
    expect(result.contractNotes.map(({ date, segment }) => [date, segment])).toEqual([
      ['2019-07-10', 'EQUITY_DELIVERY'],
      ['2019-07-11', 'EQUITY_DELIVERY'],
    ]);
    const { charges, netPnl } = result.statistics;
    expect(netPnl.toFixed(2)).toBe(new Decimal(990 * -8).minus(charges).toFixed(2));
    expect(result.equity.equity.at(-1)).toBeCloseTo(1_000_000 + netPnl.toNumber(), 6);
  });

  it('marks the equity of a held position at the last close', () => {
    const { equity, statistics } = backtest([
      candles('09:15 99 101', '09:16 100 100', '09:17 103 103'),
    ]);
    // 990 bought at 100: 2970 more at 103, less the charges of one order.
    expect(equity.equity.at(-1)).toBeCloseTo(1_002_970 - statistics.charges.toNumber(), 6);
    expect(statistics.totalTrades).toBe(0);
  });
});

describe('no decision sees the future', () => {
  const settings: Setting[] = [
    { rules: `stop_loss 0.5% ${meanOfTwo}`, timeFrame: 'FIVE_MINUTES' },
    { rules: meanOfTwo, timeFrame: 'ONE_MINUTE' },
  ];
  const row = fc.integer({ min: 1, max: yesBank.length - 1 });

  it.each(settings)('when all candles after a bar are cut off (%#)', (setting) => {
    const whole = backtest([yesBank], setting).fills;
    fc.assert(
      fc.property(row, (last) => {
        const cut = yesBank.openTime[last] ?? NaN;
        const known = backtest([sliceCandles(yesBank, 0, cut)], setting).fills;
        expect(known).toEqual(whole.filter(({ time }) => time < cut));
      }),
      { numRuns: 20 },
    );
  });

  it.each(settings)('when all candles after a bar are others (%#)', (setting) => {
    const whole = backtest([yesBank], setting);
    fc.assert(
      fc.property(row, fc.double({ min: 0.5, max: 2, noNaN: true }), (last, factor) => {
        const cut = yesBank.openTime[last] ?? NaN;
        const changed = { ...yesBank };
        for (const name of ['open', 'high', 'low', 'close'] as const) {
          changed[name] = yesBank[name].map((price, index) =>
            index < last ? price : price * factor,
          );
        }
        const other = backtest([changed], setting);
        const decidedBefore = ({ decisions }: BacktestResult) =>
          decisions.filter(({ time }) => time <= cut);
        expect(decidedBefore(other)).toEqual(decidedBefore(whole));
      }),
      { numRuns: 20 },
    );
  });
});

describe('a contract that is worth ten times its price', () => {
  // As above, but a lot at 93.00 is worth 930: 100000 / 930 = 107.5, / 929 = 107.6.
  const result = backtest([yesBankTenth], {
    rules: meanOfTwo,
    timeFrame: 'ONE_HOUR',
    multiplier: 10,
  });

  it('is bought for the capital of a trade and gains ten times the difference', () => {
    expect(fillsOf(result).map((fill) => fill.split(' ').slice(2, 5).join(' '))).toEqual([
      'BUY 107 93.00',
      'SELL 107 92.90',
      'SELL 107 92.90',
      'BUY 107 92.95',
    ]);
    // 107 x -0.10 x 10 and 107 x -0.05 x 10.
    expect(result.trades.map(({ grossPnl }) => grossPnl.toFixed(2))).toEqual(['-107.00', '-53.50']);
  });

  it('is charged on its whole turnover, and its equity says what its trades say', () => {
    const turnover = 1_070 * (93 + 92.9 + 92.9 + 92.95);
    const [note] = result.contractNotes;
    // Brokerage of four orders is at its cap; the exchange takes 0.00345 % of what was turned over.
    expect(note?.charges.brokerage.toFixed(2)).toBe('80.00');
    const { exchangeTransactionCharge } = note?.charges ?? {};
    const [share] = backtest([yesBankTenth], {
      rules: meanOfTwo,
      timeFrame: 'ONE_HOUR',
    }).contractNotes;
    const shareTurnover = 1_075 * (93 + 92.9) + 1_076 * (92.9 + 92.95);
    expect(exchangeTransactionCharge?.toNumber()).toBeCloseTo(
      ((share?.charges.exchangeTransactionCharge.toNumber() ?? NaN) * turnover) / shareTurnover,
      1,
    );
    const { finalEquity, netPnl, turnover: turnedOver } = result.statistics;
    expect(finalEquity.toFixed(2)).toBe(netPnl.plus(1_000_000).toFixed(2));
    expect(turnedOver).toBeCloseTo(turnover / 2 / 1_000_000, 3);
  });
});

describe('a pair', () => {
  const rules =
    'pair with "NSE:SHARE1" ratio 2 long entry when close > 100 long exit when close < 100';
  const first = candles('09:15 99 101', '09:16 102 102', '09:17 99 99', '09:18 98 98');
  const other = candles('09:15 50 50', '09:16 51 51', '09:17 52 52', '09:18 53 53');
  const setting = input([first, other], { rules });
  const [own, leg] = setting.instruments;
  if (own === undefined || leg === undefined) throw new Error('two were made');

  it('enters both legs at the next open, and leaves both', () => {
    // 100000 / 101 = 990.1; 990 x 101 x 2 / 50 = 3999.6.
    const result = runBacktest({ ...setting, instruments: [own], pair: leg });
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
    expect(fillsOf(result.value)).toEqual([
      '07-09 09:16 BUY 990 102.00 RULE 0',
      '07-09 09:16 SELL 3999 51.00 RULE 1',
      '07-09 09:18 SELL 990 98.00 RULE 0',
      '07-09 09:18 BUY 3999 53.00 RULE 1',
    ]);
  });

  it('is refused with one leg, or with more than one instrument to decide on', () => {
    const refusal = { ok: false, failure: { code: 'PAIR_NEEDS_TWO_LEGS' } };
    expect(runBacktest({ ...setting, instruments: [own] })).toEqual(refusal);
    expect(runBacktest({ ...setting, pair: leg })).toEqual(refusal);
  });
});

describe('a strategy that reads another instrument', () => {
  const rules = 'long entry when close of "NSE:NIFTY 50" > 100 long exit when close < 1';
  const own = candles('09:15 10 10', '09:16 11 11', '09:17 12 12');

  it('trades by its candles, which it does not trade', () => {
    const index = candles('09:15 99 99', '09:16 99 101');
    const result = runBacktest({ ...input([own], { rules }), references: [index] });
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
    expect(fillsOf(result.value).slice(0, 1)).toEqual(['07-09 09:17 BUY 9090 12.00 RULE 0']);
  });

  it('is refused without them', () => {
    expect(runBacktest(input([own], { rules }))).toEqual({
      ok: false,
      failure: { code: 'NO_REFERENCE', exchange: 'NSE', symbol: 'NIFTY 50' },
    });
  });
});

describe('profits that are taken in parts', () => {
  it('leave by an order each, sized by the equity that there is', () => {
    const rules = `take_profit 1% for 50% take_profit 3%
      long entry when close == 100 long exit when close < 1`;
    const minutes = [
      '09:15 99 100',
      '09:16 100 101',
      '09:17 101 102',
      '09:18 102 103',
      '09:19 103 90',
    ];
    const result = backtest([candles(...minutes)], { rules, size: 'equity_per_trade 10%' });
    expect(fillsOf(result)).toEqual([
      '07-09 09:16 BUY 1000 100.00 RULE 0',
      '07-09 09:17 SELL 500 101.00 TAKE_PROFIT 0',
      '07-09 09:19 SELL 500 103.00 TAKE_PROFIT 0',
    ]);
  });
});

describe('a run', () => {
  it('repeats itself to the last bit', () => {
    const setting: Setting = { rules: meanOfTwo, timeFrame: 'THREE_MINUTES' };
    expect(backtest([yesBank], setting)).toEqual(backtest([yesBank], setting));
  });

  it('tells its progress up to the end', () => {
    const heard: number[] = [];
    const minutes = Array.from({ length: 25_000 }, (_, index) => index * 60_000 + at('09:15'));
    const builder = new CandleColumnsBuilder();
    for (const time of minutes) builder.add(time, 1, 1, 1, 1, 1);
    runBacktest(input([builder.build()]), (fraction) => heard.push(fraction));
    expect(heard).toEqual([0.4, 0.8, 1]);
  });

  it('is refused, with the reason, where it could not mean anything', () => {
    const some = candles('09:15 99 101');
    const failureOf = (result: ReturnType<typeof runBacktest>) =>
      result.ok ? null : result.failure;
    expect(failureOf(runBacktest(input([])))).toEqual({ code: 'NO_INSTRUMENTS' });
    expect(failureOf(runBacktest(input([some], { timeFrame: 'ONE_DAY' })))).toEqual({
      code: 'DAILY_BARS_NEED_DELIVERY',
      reason: expect.stringContaining('needs a shorter time frame') as unknown,
    });
    expect(failureOf(runBacktest(input([candles('2019-07-13 10:00 1 1')])))).toEqual({
      code: 'NO_CANDLES_IN_SESSION',
    });
    const noCards = new RateCardBook([], 'ZERODHA');
    expect(failureOf(runBacktest({ ...input([some]), rateCards: noCards }))).toEqual({
      code: 'NO_RATES',
      symbol: 'SHARE0',
      exchange: 'NSE',
    });
  });
});
