import { describe, expect, it } from 'vitest';
import { TradingCalendar } from '../calendar/trading-calendar.ts';
import type { CompiledStrategy } from './compile-strategy.ts';
import type { RuleBar } from './evaluate/bar-context.ts';
import { noPosition, type RuleInput, type RuleOutcome } from './evaluate/rule-reading.ts';
import { compiled } from './testing/compiled.ts';

const calendar = new TradingCalendar([]);

interface FedRules {
  next(bar: RuleBar): RuleOutcome;
  inputs(): readonly RuleInput[];
}

/** The rules, fed bar by bar. */
function fed(strategy: CompiledStrategy): FedRules {
  const evaluator = strategy.evaluator(calendar);
  return {
    next: (one) => {
      evaluator.hear(0, one);
      evaluator.settle(one.closeTime);
      return evaluator.reading.outcome(noPosition);
    },
    inputs: () => evaluator.reading.inputs(),
  };
}

function evaluator(rules: string): FedRules {
  return fed(compiled(`capital_per_trade 1 ${rules}`));
}

let minutes = 0;

function bar(close: number, changes: Partial<RuleBar> = {}): RuleBar {
  minutes += 1;
  const [openTime, closeTime] = [minutes * 60_000, (minutes + 1) * 60_000];
  return {
    openTime,
    closeTime,
    open: close,
    high: close,
    low: close,
    close,
    volume: 100,
    ...changes,
  };
}

/** Whether a rule is true on each bar of the given closes. */
function truths(rule: string, ...bars: (number | RuleBar)[]): boolean[] {
  const rules = evaluator(`long entry when ${rule} long exit when close < 0`);
  return bars.map((item) => rules.next(typeof item === 'number' ? bar(item) : item).longEntry);
}

describe('a compiled rule', () => {
  it.each([
    ['close < 2', [true, false, false]],
    ['close <= 2', [true, true, false]],
    ['close > 2', [false, false, true]],
    ['close >= 2', [false, true, true]],
    ['close == 2', [false, true, false]],
    ['close != 2', [true, false, true]],
    ['close > 1 and close < 3', [false, true, false]],
    ['close < 2 or close > 2', [true, false, true]],
    ['not close == 2', [true, false, true]],
    ['-close + 5 * 2 - 4 / 2 == 6', [false, true, false]],
  ])('%s is on closes of 1, 2 and 3: %j', (rule, expected) => {
    expect(truths(rule, 1, 2, 3)).toEqual(expected);
  });

  it('reads every field of the bar', () => {
    const all = bar(4, { open: 1, high: 5, low: 0.5, volume: 900 });
    expect(truths('open == 1 and high == 5 and low == 0.5 and volume == 900', all)).toEqual([true]);
  });

  it('crosses above where it was at or below before and is above now', () => {
    expect(truths('close crosses_above 10', 11, 10, 11, 12, 9, 10, 10, 11)).toEqual([
      ...[false, false, true, false],
      ...[false, false, false, true],
    ]);
  });

  it('crosses strictly only from the other side, bar by bar and over columns', () => {
    const closes = [11, 10, 11, 9, 11, 9, 10, 9];
    const both = 'long entry when close crosses_above 10 long exit when close crosses_below 10';
    const strategy = compiled(`capital_per_trade 1 ${both}`, 'ONE_MINUTE', { crossings: 'STRICT' });
    const rules = fed(strategy);
    const bars = closes.map((close) => bar(close));
    const outcomes = bars.map((one) => rules.next(one));
    const [above, below] = [
      [0, 0, 0, 0, 1, 0, 0, 0],
      [0, 0, 0, 1, 0, 1, 0, 0],
    ];
    expect(outcomes.map(({ longEntry }) => Number(longEntry))).toEqual(above);
    expect(outcomes.map(({ longExit }) => Number(longExit))).toEqual(below);
    const column = (name: keyof RuleBar) => Float64Array.from(bars, (one) => one[name]);
    const columns = strategy.columns({
      bars: {
        length: bars.length,
        openTime: column('openTime'),
        closeTime: column('closeTime'),
        open: column('open'),
        high: column('high'),
        low: column('low'),
        close: column('close'),
        volume: column('volume'),
      },
      references: [],
      calendar,
    });
    expect([...(columns.rule(0) ?? [])]).toEqual(above);
    expect([...(columns.rule(1) ?? [])]).toEqual(below);
  });

  it('crosses below where it was at or above before and is below now', () => {
    expect(truths('close crosses_below 10', 9, 10, 9, 8, 11, 10, 10, 9)).toEqual([
      ...[false, false, true, false],
      ...[false, false, false, true],
    ]);
  });

  it('is not true while an indicator warms up, nor on the first bar after it for a crossing', () => {
    expect(truths('sma(close, 2) > 0', 1, 1, 1)).toEqual([false, true, true]);
    expect(truths('sma(close, 2) != 5', 1, 1, 1)).toEqual([false, true, true]);
    // Averages from the second bar on: 1, 2, 3. On the second there is none before it to cross from.
    expect(truths('sma(close, 2) crosses_above 0', 1, 1, 3)).toEqual([false, false, false]);
    expect(truths('sma(close, 2) crosses_above 1.5', 1, 1, 3)).toEqual([false, false, true]);
  });

  it('compares to false with an unknown volume, a division by zero, and what comes of them', () => {
    const unknown = bar(1, { volume: NaN });
    expect(truths('volume >= 0', unknown, 1)).toEqual([false, true]);
    expect(truths('volume != 5', unknown, 1)).toEqual([false, true]);
    expect(truths('volume * 0 == 0', unknown, 1)).toEqual([false, true]);
    expect(truths('1 / (close - 1) > 0', 1, 2)).toEqual([false, true]);
    expect(truths('close crosses_above 1 / 0', 1, 2)).toEqual([false, false]);
  });

  it('takes numbers for equal that differ by what binary fractions do to them', () => {
    // 95.1 - 95.05 is 0.04999999999999716 in float64.
    expect(truths('close - 95.05 >= 0.05', 95.1)).toEqual([true]);
    expect(truths('close - 95.05 < 0.05', 95.1)).toEqual([false]);
    const standing = Array.from({ length: 60 }, () => 95.05);
    expect(truths('sma(close, 3) crosses_above sma(close, 7)', ...standing)).not.toContain(true);
    expect(truths('sma(close, 3) > sma(close, 7)', 1, ...standing).slice(8)).not.toContain(true);
  });

  it('keeps the state of each evaluator to itself', () => {
    const strategy = compiled(
      'capital_per_trade 1 long entry when sma(close, 2) > 1 long exit when close > 1',
    );
    const [first, second] = [fed(strategy), fed(strategy)];
    first.next(bar(5));
    expect(second.next(bar(5)).longEntry).toBe(false);
    expect(first.next(bar(5)).longEntry).toBe(true);
  });
});

describe('the four rules', () => {
  it('are told apart', () => {
    const rules = evaluator(
      'long entry when close > 1 long exit when close > 2 short entry when close > 3 short exit when close > 4',
    );
    const seen = [1, 2, 3, 4, 5].map((close) => {
      const { longEntry, longExit, shortEntry, shortExit } = rules.next(bar(close));
      return [longEntry, longExit, shortEntry, shortExit];
    });
    expect(seen).toEqual([
      [false, false, false, false],
      [true, false, false, false],
      [true, true, false, false],
      [true, true, true, false],
      [true, true, true, true],
    ]);
  });

  it('of a side the strategy does not have are false', () => {
    const rules = evaluator('long entry when close > 0 long exit when close > 0');
    expect(rules.next(bar(1))).toMatchObject({ shortEntry: false, shortExit: false });
  });
});

describe('the inputs of a decision', () => {
  it('are the prices and indicators in the rules, each once, null where they have no value', () => {
    const rules = evaluator(
      'long entry when sma(close, 2) crosses_above ema(high - low, 1) long exit when volume < sma(close, 2)',
    );
    rules.next(bar(10, { high: 12, low: 9, volume: NaN }));
    expect(rules.inputs()).toEqual([
      { expression: 'close', value: 10 },
      { expression: 'sma(close, 2)', value: null },
      { expression: 'high', value: 12 },
      { expression: 'low', value: 9 },
      { expression: 'ema(high - low, 1)', value: 3 },
      { expression: 'volume', value: null },
    ]);
    rules.next(bar(14));
    expect(rules.inputs()[1]).toEqual({ expression: 'sma(close, 2)', value: 12 });
  });
});
