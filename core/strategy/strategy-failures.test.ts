import { describe, expect, it } from 'vitest';
import { parameterRefusals } from './check/check-strategy.ts';
import { nearestName } from './nearest-name.ts';
import { parseStrategy } from './parse-strategy.ts';

type Told = [line: number, column: number, expected: string, suggestion: string | null];

/** Each failure as [line, column, expected, suggestion]. */
function failures(text: string): Told[] {
  const result = parseStrategy(text);
  if (result.ok) throw new Error('read though it should be refused');
  return result.failure.map(({ line, column, expected, suggestion }) => [
    line,
    column,
    expected,
    suggestion,
  ]);
}

function messages(text: string): string[] {
  const result = parseStrategy(text);
  return result.ok ? [] : result.failure.map(({ message }) => message);
}

/** A strategy in four lines, of which the first two are these. */
function withRules(first: string, second = 'product MIS'): string {
  return `${first}\n${second}\nlong entry when close > 1\nlong exit when close < 1`;
}

describe('a mistake in the text', () => {
  it('is named with its place, what was expected, and the name that was meant', () => {
    expect(
      failures(
        'capital_per_trade 1\nlong entry when smaa(close, 10) > 1\nlong exit when close > 1',
      ),
    ).toEqual([[2, 17, 'a number, a price, an indicator, a parameter, "not", "-" or "("', 'sma']]);
  });

  it.each([
    ['crosses', 'crosses_above'],
    ['crosses_bellow', 'crosses_below'],
    ['SMA', 'sma'],
    ['clsoe', 'close'],
    ['cl', null],
    ['macd', null],
    ['entirely_different', null],
  ])('such as %s suggests %s', (word, meant) => {
    const names = ['open', 'close', 'sma', 'ema', 'crosses_above', 'crosses_below'];
    expect(nearestName(word, names)).toBe(meant);
  });

  it.each([
    ['close = 5', 2, 23, '=='],
    ['fast = 5', 2, 22, '=='],
    ['sma(close, 3) = 5', 2, 31, '=='],
    ['close > 1 && open > 1', 2, 27, 'and'],
    ['close > 1 || open > 1', 2, 27, 'or'],
    ['close <> 1', 2, 23, '!='],
    ['close => 1', 2, 23, '>='],
    ['! close > 1', 2, 17, 'not'],
    // What begins the next statement is no name with a mistake in it.
    ['close >', 3, 1, null],
  ])('in a sign, %s, suggests the one that was meant', (rule, line, column, meant) => {
    const text = `fast = 3 equity_per_trade 50%\nlong entry when ${rule}\nlong exit when close < 1`;
    const told = failures(text).map((failure) => [failure[0], failure[1], failure[3]]);
    expect(told).toEqual([[line, column, meant]]);
  });

  it('in a name suggests parameters, prices and indicators alike', () => {
    const text = 'period = 5 capital_per_trade 1 long exit when close > 1 long entry when ';
    const meant = (rule: string) => failures(text + rule).map(([, , , suggestion]) => suggestion);
    expect(meant('perod > 1')).toEqual(['period']);
    expect(meant('clsoe > 1')).toEqual(['close']);
    expect(meant('macd(close).signl > 1')).toEqual(['signal']);
    expect(meant('bars_hold > 1')).toEqual(['bars_held']);
    expect(meant('rsi(14) < 30')).toEqual(['rsi(close, 14)']);
  });

  it('in the case of a keyword is seen', () => {
    const [failure] = failures('capital_per_trade 1 Long entry when close > 1');
    expect(failure).toEqual([1, 21, 'the next line', 'long']);
  });

  it('does not hide the next one', () => {
    const text = [
      'capital_per_trad 100000',
      'equity_per_trade 1.5',
      'product mis',
      'max_positions 0',
      'fast = 10 on 5',
      'long entry when close',
      'long exit when close > 1 + (open > 2)',
      'close = 3',
    ].join('\n');
    expect(
      failures(text).map(([line, column, , suggestion]) => [line, column, suggestion]),
    ).toEqual([
      [1, 1, 'capital_per_trade'],
      [3, 1, null],
      [3, 9, 'MIS'],
      [4, 15, null],
      [5, 11, null],
      [6, 17, null],
      [7, 29, null],
      [8, 1, null],
    ]);
  });

  it('is told up to twenty times', () => {
    expect(failures('product x\n'.repeat(5000)).length).toBe(20);
  });

  it.each([
    ['', ['capital_per_trade, in rupees, or another size of an entry', 'long or short rules']],
    ['capital_per_trade 1', ['long or short rules']],
    ['capital_per_trade 1 long entry when close > 1', ['a long exit']],
    ['capital_per_trade 1 long exit when close > 1', ['a long entry']],
    [
      'capital_per_trade 1 product CNC short entry when close > 1 short exit when close > 2',
      ['product MIS'],
    ],
    [
      'capital_per_trade 1 capital_per_trade 2 long entry when open > 1 long exit when open < 1',
      ['one capital_per_trade only'],
    ],
    [
      'capital_per_trade 1 lots_per_trade 2 long entry when open > 1 long exit when open < 1',
      ['one size only'],
    ],
    [withRules('risk_per_trade 1%'), ['a stop_loss, or "by" and a distance']],
    [withRules('capital_per_trade 1 square_off_at 15:00', 'product CNC'), ['product MIS']],
    [withRules('capital_per_trade 1 pair with "NSE:INFY" ratio 1', 'product CNC'), ['product MIS']],
    [
      withRules('capital_per_trade 1', 'no_entry_before 15:00 no_entry_after 10:00'),
      ['no_entry_after after no_entry_before'],
    ],
  ])('in the whole of %j is %j', (text, expected) => {
    expect(failures(text).map(([, , what]) => what)).toEqual(expected);
  });

  it.each([
    ['close > sma(close, 0)', 'a whole number from 1 to 1000'],
    ['close > sma(close, 1001)', 'a whole number from 1 to 1000'],
    ['close > sma(close, 2.5)', 'a whole number from 1 to 1000'],
    ['close > sma(close, 10 / 0)', 'a whole number from 1 to 1000'],
    ['close > sma()', 'sma(series, period)'],
    ['close > sma(close, 3, 4)', 'sma(series, period)'],
    ['close > sma', '"("'],
    ['close > min(open)', 'min(x, y)'],
    ['rising(close)', 'rising(series, bars)'],
    ['within(close > 1, close > 2)', 'a number or a price'],
    ['close > sma(close, volume)', 'numbers, parameters and arithmetic'],
    ['close[volume] > 1', 'numbers, parameters and arithmetic'],
    ['close[0] > 1', 'a whole number from 1 to 1000'],
    ['macd(close, 26, 12) > 0', 'settings of macd that fit'],
    ['rsi(14) < 30', 'a series, such as close'],
    ['sma(2 * 5) > sma(20 + close)', 'a series, such as close'],
    ['close on 2d > 1', 'one of 1m, 3m, 5m, 10m, 15m, 30m, 1h, 1d'],
    ['close of "INFY" > 1', 'an instrument in quotes, such as "NSE:NIFTY 50"'],
    ['sma(close on 1d, 5) on 1h > 1', 'one "on" only'],
    ['sma(close of "NSE:A", 5) of "NSE:B" > 1', 'one "of" only'],
    ['entry_price[1] > 1', 'entry_price in comparisons and arithmetic only'],
    ['sma(bars_held, 5) > 1', 'bars_held in comparisons and arithmetic only'],
    ['within(3, bars_held > 2)', 'bars_held in comparisons and arithmetic only'],
    ['close crosses_above entry_price', 'entry_price in comparisons and arithmetic only'],
    ['entry_price on 1d > 1', 'entry_price in comparisons and arithmetic only'],
    ['model(close) > 1', "a model's name in quotes"],
    ['time > 24:00', 'a time from 00:00 to 23:59'],
    ['close > 1e16', 'a number from 0 to 1000000000000000'],
    ['close > 1 > 2', 'a number or a price'],
    ['(close > 1)[1] > 2', 'a number or a price'],
    ['(close > 1', '")"'],
    ['close > 5 %', 'an operator or the end of the rule'],
    ['close > \u{1F680}', 'a number, a price, an indicator, a parameter, "not", "-" or "("'],
    ['close > "', 'a number, a price, an indicator, a parameter, "not", "-" or "("'],
    ['not close', 'a condition, such as close > open'],
    [`${'('.repeat(500)}close`, 'at most 100 levels'],
    [`${'sma('.repeat(500)}close`, 'at most 100 levels'],
    [`close${'[1]'.repeat(150)} > 1`, 'at most 100 levels'],
    [`${'-'.repeat(150)}close > 1`, 'at most 100 levels'],
    [`close > 1${' and close > 1'.repeat(120)}`, 'at most 100 levels'],
    ['close > sma(close, 10) + sma(close, 20)'.padEnd(100_001), 'at most 100000 characters'],
  ])('in a rule, number %#, is answered with what was expected', (rule, expected) => {
    const text = `capital_per_trade 1 long exit when close > 1 long entry when ${rule}`;
    expect(failures(text).map(([, , what]) => what)).toEqual([expected]);
  });

  it('of size is found over all rules together', () => {
    const half = Array.from({ length: 90 }, () => 'close + open + low + close > 1').join(' and ');
    const rules = ['long entry', 'long exit', 'short entry'].map((name) => `${name} when ${half}`);
    const text = `capital_per_trade 1 ${rules.join('\n')} short exit when close > 1`;
    expect(failures(text)[0]?.[2]).toBe('at most 2000 parts');
  });
});

describe('a mistake in a statement', () => {
  it.each([
    ['stop_loss 100%', 'a percentage above 0 and below 100'],
    ['stop_loss 0', 'rupees above 0 and at most 1000000000000'],
    ['stop_loss close%', 'numbers, parameters and arithmetic'],
    ['stop_loss 2 * entry_price', 'entry_price in comparisons and arithmetic only'],
    ['time_stop 20', '"bars"'],
    ['time_stop 1.5 bars', 'a whole number from 1 to 100000'],
    ['no_entry_before 930', 'a time from 00:00 to 23:59'],
    ['pair with NSE', 'an instrument in quotes, such as "NSE:NIFTY 50"'],
    ['pair with "NSE:INFY" ratio 0', 'a number above 0 and at most 1000'],
    ['take_profit 2% for 50%', 'a take_profit without "for" at the end'],
    ['take_profit 2%\ntake_profit 3%', '"for" and a percentage'],
    [
      'take_profit 1% for 60%\ntake_profit 2% for 40%\ntake_profit 3%',
      'parts that sum up to less than 100%',
    ],
    ['take_profit 2% for 60%\ntake_profit 2%', 'a profit farther away than the one above'],
    [`${'take_profit 2 * atr for 10%\n'.repeat(5)}take_profit 3 * atr`, 'at most 5 take_profit'],
    ['fast = 10 in 50..5 step 5', 'a range from the lower to the higher number'],
    ['fast = 10 in 20..50 step 5', 'a number from 20 to 50'],
    ['fast = 10 in 5..50 step 0', 'a step above 0'],
    ['fast = 10 in 0..10000 step 1', 'a range of at most 10000 values'],
    ['fast = 10 in 5..50', '"step"'],
    ['fast = ten', 'a number from -1000000000000000 to 1000000000000000'],
    ['fast = 1\nfast = 2', 'one fast only'],
    ['rsi = 1', 'a name of its own'],
    [`${'n'.repeat(41)} = 1`, 'a name of at most 40 letters'],
    [Array.from({ length: 51 }, (_, index) => `p${index} = 1`).join('\n'), 'at most 50 parameters'],
  ])('%s is answered with what was expected', (statement, expected) => {
    const told = failures(withRules('capital_per_trade 1', statement));
    expect(told.map(([, , what]) => what)).toEqual([expected]);
  });

  it('accepts a range of ten thousand values, and a value between its steps', () => {
    const ranges = 'fast = 10 in 1..10000 step 1\nslow = 7 in 5..50 step 5';
    expect(messages(withRules('capital_per_trade 1', ranges))).toEqual([]);
  });
});

describe('parameters in settings', () => {
  function told(parameters: string, rule: string): string[] {
    return messages(
      `${parameters} capital_per_trade 1 long entry when ${rule} long exit when close < 1`,
    );
  }

  it('are tried at both ends of their range and a step from the lower one', () => {
    expect(told('n = 10 in 0..20 step 5', 'sma(close, n) > 1')).toEqual([
      'the period of sma must be a whole number from 1 to 1000; it is 0 where n = 0',
    ]);
    expect(told('n = 10 in 5..2000 step 5', 'sma(close, n) > 1')).toEqual([
      'the period of sma must be a whole number from 1 to 1000; it is 2000 where n = 2000',
    ]);
    expect(told('n = 10 in 5..20 step 2.5', 'sma(close, n) > 1')).toEqual([
      'the period of sma must be a whole number from 1 to 1000; it is 7.5 where n = 7.5',
    ]);
    expect(told('n = 10 in 5..20 step 5', 'sma(close, n * 2) > 1')).toEqual([]);
  });

  it('that do not fit each other are refused as they stand, not as an optimiser may try them', () => {
    const rule = 'macd(close, fast, slow) > 1';
    expect(told('fast = 30 slow = 20', rule)).toEqual([
      'macd: fast (30) must be shorter than slow (20)',
    ]);
    const ranges = 'fast = 10 in 5..50 step 5 slow = 20 in 10..100 step 10';
    expect(told(ranges, rule)).toEqual([]);
    const result = parseStrategy(
      `${ranges} capital_per_trade 1 long entry when ${rule} long exit when close < 1`,
    );
    if (!result.ok) throw new Error('refused');
    const refusal = (fast: number, slow: number) =>
      parameterRefusals(result.value)(
        new Map([
          ['fast', fast],
          ['slow', slow],
        ]),
      );
    expect(refusal(5, 10)).toBe(null);
    expect(refusal(50, 10)).toBe('macd: fast (50) must be shorter than slow (10)');
    expect(refusal(0, 10)).toBe('the fast of macd must be a whole number from 1 to 1000; it is 0');
  });
});
