import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrategy } from '../parse-strategy.ts';
import type { StrategyDocument } from '../strategy-document.ts';
import { compareDocuments } from './compare-documents.ts';
import { compareLines } from './compare-lines.ts';

const marks = { SAME: ' ', ADDED: '+', REMOVED: '-' } as const;
const shown = (earlier: string, later: string): string[] =>
  compareLines(earlier, later).map(({ kind, text }) => `${marks[kind]}${text}`);

/** Length of the longest common subsequence, by the plain table. */
function commonLines(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const [above, left] = [table[i - 1]?.[j] ?? 0, table[i]?.[j - 1] ?? 0];
      const both = (table[i - 1]?.[j - 1] ?? 0) + 1;
      (table[i] as number[])[j] = a[i - 1] === b[j - 1] ? both : Math.max(above, left);
    }
  }
  return table[a.length]?.[b.length] ?? 0;
}

describe('the lines of two texts', () => {
  it('are laid over each other', () => {
    expect(shown('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([' a', '-b', '+x', ' c', '+d']);
    expect(shown('', 'a\nb')).toEqual(['+a', '+b']);
    expect(shown('a\nb', '')).toEqual(['-a', '-b']);
    expect(shown('a\r\nb', 'a\nb\n')).toEqual([' a', ' b']);
    expect(shown('', '')).toEqual([]);
  });

  it('know their numbers in both', () => {
    expect(compareLines('a\nb', 'b\nc').map(({ before, after }) => [before, after])).toEqual([
      [1, null],
      [2, 1],
      [null, 2],
    ]);
  });

  it('lose nothing, keep their order, and change as few lines as possible', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 24 });
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const compared = compareLines(
          a.map((line) => `${line}\n`).join(''),
          b.map((line) => `${line}\n`).join(''),
        );
        const of = (kind: 'ADDED' | 'REMOVED') =>
          compared.filter((line) => line.kind !== kind).map(({ text }) => text);
        expect(of('ADDED')).toEqual(a);
        expect(of('REMOVED')).toEqual(b);
        const same = compared.filter(({ kind }) => kind === 'SAME').length;
        expect(same).toBe(commonLines(a, b));
      }),
      { numRuns: 500 },
    );
  });

  it('are all rewritten where nearly nothing is left of them', () => {
    const text = (name: string) =>
      Array.from({ length: 5000 }, (_, line) => `${name}${line}\n`).join('');
    const compared = compareLines(`first\n${text('a')}`, `first\n${text('b')}`);
    expect(compared).toHaveLength(10_001);
    expect(compared[0]?.kind).toBe('SAME');
  });
});

describe('what two documents say differently', () => {
  const read = (text: string): StrategyDocument => {
    const document = parseStrategy(text);
    if (!document.ok) throw new Error(JSON.stringify(document.failure));
    return document.value;
  };
  const earlier = read(`# a note
    fast = 10 in 5..50 step 5
    capital_per_trade 1000 stop_loss 2% take_profit 2% for 50% take_profit 4%
    long entry when (close > sma(close, fast)) long exit when close < sma(close, fast)`);

  it('is nothing where only the text differs', () => {
    const later = read(`stop_loss 2%
      take_profit 2% for 50%
      take_profit 4%
      capital_per_trade 1000
      fast = 10 in 5..50 step 5
      long exit when close < sma(close, fast)   # leaves
      long entry when close > sma(close, fast)`);
    expect(compareDocuments(earlier, later)).toEqual([]);
  });

  it('is each statement that came, went or changed', () => {
    const later = read(`fast = 12 in 5..50 step 1
      equity_per_trade 10% take_profit 3% trailing_stop 1%
      long entry when close > sma(close, fast) and volume > 0 long exit when close < sma(close, fast)`);
    expect(
      compareDocuments(earlier, later).map(({ kind, name, before, after }) => [
        kind,
        name,
        before,
        after,
      ]),
    ).toEqual([
      ['CHANGED', 'fast', 'fast = 10 in 5..50 step 5', 'fast = 12 in 5..50 step 1'],
      ['CHANGED', 'size', 'capital_per_trade 1000', 'equity_per_trade 10%'],
      ['ADDED', 'trailing_stop', null, 'trailing_stop 1%'],
      ['CHANGED', 'take_profit', 'take_profit 2% for 50%', 'take_profit 3%'],
      [
        'CHANGED',
        'long entry',
        'long entry when close > sma(close, fast)',
        'long entry when close > sma(close, fast) and volume > 0',
      ],
      ['REMOVED', 'stop_loss', 'stop_loss 2%', null],
      ['REMOVED', 'take_profit 2', 'take_profit 4%', null],
    ]);
  });

  it('is everything where there was nothing before', () => {
    const all = compareDocuments(null, earlier);
    expect(all.every(({ kind, before }) => kind === 'ADDED' && before === null)).toBe(true);
    expect(all.map(({ name }) => name)).toContain('long exit');
  });
});
