import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';
import { parseStrategy } from './parse-strategy.ts';
import { printExpression } from './print-strategy.ts';
import type { Condition } from './strategy-document.ts';

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

/** The entry rule of a strategy that has it for its long side. */
function entry(rule: string): Condition {
  const text = `capital_per_trade 1 long entry when ${rule} long exit when close > 0`;
  const result = parseStrategy(text);
  if (!result.ok || result.value.long === null) throw new Error(JSON.stringify(result));
  return result.value.long.entry;
}

/** Each failure as [line, column, expected, suggestion]. */
function failures(text: string): [number, number, string, string | null][] {
  const result = parseStrategy(text);
  if (result.ok) throw new Error('read though it should be refused');
  return result.failure.map(({ line, column, expected, suggestion }) => [
    line,
    column,
    expected,
    suggestion,
  ]);
}

describe('a strategy in text', () => {
  it('is read into its tree, whatever its white space and comments', () => {
    const average = (period: number) => ({
      kind: 'indicator',
      name: 'sma',
      series: { kind: 'field', name: 'close' },
      period,
    });
    const rule = (operator: string) => ({
      kind: 'comparison',
      operator,
      left: average(10),
      right: average(30),
    });
    const expected = {
      ok: true,
      value: {
        capitalPerTrade: 100000,
        stopLossPercent: 1.5,
        takeProfitPercent: 3,
        maxPositions: 1,
        product: 'MIS',
        long: { entry: rule('crosses_above'), exit: rule('crosses_below') },
        short: null,
      },
    };
    expect(parseStrategy(crossover)).toEqual(expected);
    expect(parseStrategy(crossover.replace(/#.*/, '').replace(/\s+/g, ' '))).toEqual(expected);
    expect(parseStrategy(crossover.replaceAll('\n', '\r\n'))).toEqual(expected);
  });

  it('may leave out everything but its capital and one side', () => {
    const text = 'capital_per_trade 5 short entry when close<1 short exit when close>1';
    expect(parseStrategy(text)).toMatchObject({
      value: { product: 'MIS', stopLossPercent: null, maxPositions: null, long: null },
    });
  });

  it.each([
    ['close > 1 or close > 2 and close > 3', 'close > 1 or (close > 2 and close > 3)'],
    ['not close > 1 and close > 2', '(not (close > 1)) and (close > 2)'],
    ['close - 1 - 2 > 0', '(close - 1) - 2 > 0'],
    ['-close * 2 + 1 < 3', '((-close) * 2) + 1 < 3'],
    ['close / 2 * 3 == 1', '(close / 2) * 3 == 1'],
    ['rsi(high - low, 14) > 1', 'rsi((high - low), 14) > (1)'],
  ])('reads %s as %s', (short, explicit) => {
    expect(entry(short)).toEqual(entry(explicit));
  });

  it.each([
    'close - (1 - 2) > 0',
    'not (close > 1 or open > 1)',
    '-(close - open) > -1 * -2',
    'close > 1 and (open > 1 and high > 1)',
    'sma(ema(rsi(close, 2), 3), 4) crosses_below volume / (1 + low)',
  ])('prints %s with just these parentheses', (rule) => {
    expect(printExpression(entry(rule))).toBe(rule);
  });
});

describe('a mistake in the text', () => {
  it('is named with its place, what was expected, and the name that was meant', () => {
    expect(
      failures(crossover.replace('sma(close, 10) crosses_above', 'smaa(close, 10) >')),
    ).toEqual([[7, 17, 'a number, a price, an indicator, "not", "-" or "("', 'sma']]);
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

  it('in the case of a keyword is seen', () => {
    const [failure] = failures('capital_per_trade 1 Long entry when close > 1');
    expect(failure).toEqual([1, 21, 'the next line', 'long']);
  });

  it('does not hide the next one', () => {
    const text = [
      'capital_per_trad 100000',
      'stop_loss 1.5',
      'product mis',
      'max_positions 0',
      'long entry when close',
      'long exit when close > 1 + (open > 2)',
    ].join('\n');
    expect(
      failures(text).map(([line, column, , suggestion]) => [line, column, suggestion]),
    ).toEqual([
      [1, 1, 'capital_per_trade'],
      [3, 1, null],
      [3, 9, 'MIS'],
      [4, 15, null],
      [5, 17, null],
      [6, 29, null],
      [6, 38, null],
    ]);
  });

  it.each([
    ['', ['capital_per_trade, in rupees', 'long or short rules']],
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
  ])('in the whole of %j is %j', (text, expected) => {
    expect(failures(text).map(([, , what]) => what)).toEqual(expected);
  });

  it.each([
    ['close > sma(close, 0)', 'a whole number from 1 to 1000'],
    ['close > sma(close, 1001)', 'a whole number from 1 to 1000'],
    ['close > sma(close, 2.5)', 'a whole number from 1 to 1000'],
    ['close > sma(close)', '","'],
    ['close > 1e16', 'a number from 0 to 1000000000000000'],
    ['close > 1 > 2', 'a number or a price'],
    ['(close > 1', '")"'],
    ['close > 5 %', 'an operator or the end of the rule'],
    ['close > \u{1F680}', 'a number, a price, an indicator, "not", "-" or "("'],
    ['not close', 'a condition, such as close > open'],
    [`${'('.repeat(500)}close`, 'at most 100 levels'],
    [`${'-'.repeat(150)}close > 1`, 'at most 100 levels'],
    [`close > 1${' and close > 1'.repeat(120)}`, 'at most 100 levels'],
    ['close > sma(close, 10) + sma(close, 20)'.padEnd(100_001), 'at most 100000 characters'],
  ])('in a rule, number %#, is answered with what was expected', (rule, expected) => {
    const text = `capital_per_trade 1 long exit when close > 1 long entry when ${rule}`;
    expect(failures(text)[0]?.[2]).toBe(expected);
  });

  it('of size is found over all rules together', () => {
    const half = Array.from({ length: 90 }, () => 'close + open > 1').join(' and ');
    const rules = ['long entry', 'long exit', 'short entry'].map((name) => `${name} when ${half}`);
    const text = `capital_per_trade 1 ${rules.join('\n')} short exit when close > 1`;
    expect(failures(text)[0]?.[2]).toBe('at most 1000 parts');
  });
});
