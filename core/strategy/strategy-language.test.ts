import { describe, expect, it } from 'vitest';
import { parseStrategy } from './parse-strategy.ts';
import { printExpression, printStrategy } from './print-strategy.ts';
import type { Condition, StrategyDocument } from './strategy-document.ts';

const crossover = `
capital_per_trade 100000        # rupees
stop_loss 1.5%
take_profit 3 %
max_positions 1
product MIS
long entry when sma(close, 10) crosses_above sma(close, 30)
long exit when
    sma(close, 10) crosses_below sma(close, 30)
`;

const number = (value: number) => ({ kind: 'number', value });

function read(text: string): StrategyDocument {
  const result = parseStrategy(text);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** The statements before a strategy that needs nothing else. */
function withRules(statements: string): string {
  return `${statements}\nlong entry when close > 1\nlong exit when close < 1`;
}

/** The entry rule of a strategy that has it for its long side. */
function entry(rule: string): Condition {
  const { long } = read(
    `p = 3 capital_per_trade 1 long entry when ${rule} long exit when close > 0`,
  );
  if (long === null) throw new Error('no long side');
  return long.entry;
}

describe('a strategy in text', () => {
  it('is read into its tree, whatever its white space and comments', () => {
    const average = (period: number) => ({
      kind: 'indicator',
      name: 'sma',
      series: { kind: 'field', name: 'close' },
      settings: [number(period)],
    });
    const rule = (operator: string) => ({
      kind: 'comparison',
      operator,
      left: average(10),
      right: average(30),
    });
    const expected = {
      parameters: [],
      product: 'MIS',
      sizing: { kind: 'capital', rupees: number(100000) },
      maxPositions: number(1),
      stopLoss: { kind: 'percent', percent: number(1.5) },
      trailingStop: null,
      takeProfits: [
        { distance: { kind: 'percent', percent: number(3) }, portionPercent: number(100) },
      ],
      session: { noEntryBefore: null, noEntryAfter: null, squareOffAt: null },
      long: { entry: rule('crosses_above'), exit: rule('crosses_below') },
      short: null,
    };
    expect(read(crossover)).toMatchObject(expected);
    expect(read(crossover.replace(/#.*/, '').replace(/\s+/g, ' '))).toMatchObject(expected);
    expect(read(crossover.replaceAll('\n', '\r\n'))).toMatchObject(expected);
  });

  it('may leave out everything but its size and one side', () => {
    expect(read('lots_per_trade 2 short entry when close<1 short exit when close>1')).toMatchObject(
      {
        product: 'MIS',
        sizing: { kind: 'lots', lots: number(2) },
        stopLoss: null,
        maxPositions: null,
        long: null,
      },
    );
  });

  it.each([
    ['fast = 10 in 5..50 step 5\nslow = -2.5', ['fast = 10 in 5..50 step 5', 'slow = -2.5']],
    ['quantity_per_trade 10', ['quantity_per_trade 10']],
    ['lots_per_trade n * 2 n = 1', ['n = 1', 'lots_per_trade n * 2']],
    ['equity_per_trade 10 %', ['equity_per_trade 10%']],
    ['risk_per_trade 1% by 2*atr', ['risk_per_trade 1% by 2 * atr(14)']],
    ['risk_per_trade 1% stop_loss 12.5', ['risk_per_trade 1%', 'stop_loss 12.5']],
    ['trailing_stop 3 * atr(20)', ['trailing_stop 3 * atr(20)']],
    ['break_even_at 1%\ntime_stop 20 bars', ['break_even_at 1%', 'time_stop 20 bars']],
    ['take_profit 2% for 50%\ntake_profit 5%', ['take_profit 2% for 50%', 'take_profit 5%']],
    ['no_entry_before 9:30', ['no_entry_before 09:30']],
    ['square_off_at 15:10 no_entry_after 15:00', ['no_entry_after 15:00', 'square_off_at 15:10']],
    ['pair with "NSE:ICICIBANK" ratio 1.2', ['pair with "NSE:ICICIBANK" ratio 1.2']],
  ])('prints the statement %j as it is meant', (statement, lines) => {
    const size = statement.includes('_per_trade') ? '' : 'capital_per_trade 1\n';
    const printed = printStrategy(read(withRules(`${size}${statement}`))).split('\n');
    expect(printed).toEqual(expect.arrayContaining(lines));
  });

  it.each([
    ['close > 1 or close > 2 and close > 3', 'close > 1 or (close > 2 and close > 3)'],
    ['not close > 1 and close > 2', '(not (close > 1)) and (close > 2)'],
    ['close - 1 - 2 > 0', '(close - 1) - 2 > 0'],
    ['-close * 2 + 1 < 3', '((-close) * 2) + 1 < 3'],
    ['close / 2 * 3 == 1', '(close / 2) * 3 == 1'],
    ['rsi(high - low, 14) > 1', 'rsi((high - low), 14) > (1)'],
    ['-close[1] > 2 * close[2]', '(-(close[1])) > 2 * (close[2])'],
    ['close + open on 1d > 1', 'close + (open on 1d) > 1'],
    ['-close of "NSE:INFY" < 1', '-(close of "NSE:INFY") < 1'],
    ['close[1] on 1d of "NSE:INFY" > 1', '((close[1]) on 1d) of "NSE:INFY" > 1'],
    ['macd(close) > 0', 'macd(close, 12, 26, 9).macd > 0'],
    ['atr > atr()', 'atr(14) > atr(14)'],
    ['day_of_week == FRIDAY', 'day_of_week == 5'],
  ])('reads %s as %s', (short, explicit) => {
    expect(entry(short)).toEqual(entry(explicit));
  });

  it.each([
    'close - (1 - 2) > 0',
    'not (close > 1 or open > 1)',
    '-(close - open) > -1 * -2',
    'close > 1 and (open > 1 and high > 1)',
    'sma(ema(rsi(close, 2), 3), 4) crosses_below volume / (1 + low)',
    '(close - open)[1] > (-close) on 15m',
    'macd(close, 12, 26, 9).signal > sma(close, p * 2)',
    'time >= 09:05 and minutes_to_close > 30',
    'within(3, doji(10)) and rising(close, p) or falling(low, 2)',
    'bars_since(close > open) < highest(high, 20) - lowest(low, 20)',
    'max(abs(close), sqrt(min(open, 1))) > log(volume)',
    'unrealised_pnl_percent > 2 and bars_held >= 5 and entry_price < close',
    'model("My model 2") > 0.5',
    'sma(close, 20) on 1d of "NSE:NIFTY 50" > vwap',
  ])('prints %s with just these parentheses', (rule) => {
    expect(printExpression(entry(rule))).toBe(rule);
  });
});
