import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import marginRates from '../../data/reference/margin-rates.json' with { type: 'json' };
import rateCards from '../../data/reference/rate-cards.json' with { type: 'json' };
import { sliceCandles, type CandleColumns } from '../market/candles.ts';
import {
  at,
  candles,
  fillsOf,
  meanOfTwo,
  smallBacktests,
  kiteCandles,
} from './testing/small-backtests.ts';

const { backtest } = smallBacktests({ rateCards, marginRates });

const yesBankFile = new URL('../../data/nse/YESBANK_minute_2019-07-09_11.csv', import.meta.url);
const yesBank = kiteCandles(readFileSync(yesBankFile, 'utf8'));
const yesBankTenth = sliceCandles(yesBank, at('00:00', '2019-07-10'), at('00:00', '2019-07-11'));

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
