import { describe, expect, it } from 'vitest';
import type { TimeFrame } from '../market/time-frame.ts';
import { compileStrategy } from './compile-strategy.ts';
import type { RuleBar } from './evaluate/bar-context.ts';
import { noPosition } from './evaluate/rule-reading.ts';
import { parseStrategy } from './parse-strategy.ts';
import { compiled } from './testing/compiled.ts';
import { fourDays } from './testing/random-market.ts';

const minute = 60_000;

function at(clock: string, date = '2019-07-09'): number {
  return Date.parse(`${date}T${clock}:00+05:30`);
}

/** A bar of one price that opens at a time and lasts so many minutes. */
function bar(openTime: number, price: number, minutes = 5): RuleBar {
  const prices = { open: price, high: price, low: price, close: price };
  return { openTime, closeTime: openTime + minutes * minute, ...prices, volume: 1 };
}

/** What an expression is worth after each close of five-minute bars from 09:15 on; null: nothing. */
function values(expression: string, ...closes: number[]): (number | null)[] {
  // Looked up among the inputs through a name of its own: x on the own frame is x.
  const strategy = compiled(
    `capital_per_trade 1 stop_loss ${expression} long entry when close > 0 long exit when close < 0`,
    'FIVE_MINUTES',
  );
  const { stopLoss } = strategy.terms;
  if (stopLoss?.kind !== 'rupees') throw new Error('the expression is no number');
  const evaluator = strategy.evaluator(fourDays);
  return closes.map((close, index) => {
    const next = bar(at('09:15') + index * 5 * minute, close);
    evaluator.hear(0, next);
    evaluator.settle(next.closeTime);
    const value = evaluator.reading.value(stopLoss.step);
    return Number.isNaN(value) ? null : value;
  });
}

describe('what was', () => {
  it('is read so many bars back, and is missing before the first', () => {
    expect(values('close[2]', 10, 20, 30, 40)).toEqual([null, null, 10, 20]);
    expect(values('(close - close[1])[1]', 10, 20, 35, 40)).toEqual([null, null, 10, 15]);
  });

  it('has its highest and lowest value once there are enough bars', () => {
    expect(values('highest(close, 3)', 5, 9, 4, 3, 2, 8)).toEqual([null, null, 9, 9, 4, 8]);
    expect(values('lowest(close, 2)', 5, 9, 4, 3, 6, 8)).toEqual([null, 5, 4, 3, 3, 6]);
    // A missing value in between begins the row afresh: 10 / 0 on the third bar.
    expect(values('highest(10 / (close - 4), 2)', 5, 6, 4, 14, 24)).toEqual([
      ...[null, 10, null, null, 1],
    ]);
  });

  it('counts the bars since a condition was true, from 0 on', () => {
    expect(values('bars_since(close > 5)', 1, 6, 2, 3, 9)).toEqual([null, 0, 1, 2, 0]);
  });
});

/** Whether a condition is true after each close. */
function truths(condition: string, ...closes: number[]): boolean[] {
  const strategy = compiled(
    `capital_per_trade 1 long entry when ${condition} long exit when close < 0`,
    'FIVE_MINUTES',
  );
  const evaluator = strategy.evaluator(fourDays);
  return closes.map((close, index) => {
    const next = bar(at('09:15') + index * 5 * minute, close);
    evaluator.hear(0, next);
    evaluator.settle(next.closeTime);
    return evaluator.reading.outcome(noPosition).longEntry;
  });
}

describe('conditions over several bars', () => {
  it('rise or fall where every step did', () => {
    expect(truths('rising(close, 2)', 1, 2, 3, 3, 4, 5)).toEqual([
      ...[false, false, true, false, false, true],
    ]);
    expect(truths('falling(close, 1)', 3, 2, 2, 1)).toEqual([false, true, false, true]);
  });

  it('hold within so many bars, this one included', () => {
    expect(truths('within(2, close > 5)', 1, 6, 1, 1, 7)).toEqual([
      ...[false, true, true, false, true],
    ]);
  });
});

describe('a longer time frame', () => {
  it('is read on its latest closed bar only: 15 minutes close with every third bar', () => {
    expect(values('close on 15m', 1, 2, 3, 4, 5, 6, 7)).toEqual([null, null, 3, 3, 3, 6, 6]);
    expect(values('(high - low) on 15m', 1, 4, 3, 4, 5, 9)).toEqual([null, null, 3, 3, 3, 5]);
    // 3 and 6 make the first mean.
    expect(values('sma(close, 2) on 15m', 1, 2, 3, 4, 5, 6)).toEqual([
      ...[null, null, null, null, null, 4.5],
    ]);
  });

  it('closes by the clock, though its last bars never came, and the day with its session', () => {
    const strategy = compiled(
      'capital_per_trade 1 stop_loss close on 1d long entry when close on 30m > 0 long exit when close < 0',
      'FIFTEEN_MINUTES',
    );
    const evaluator = strategy.evaluator(fourDays);
    const seen = (openTime: number, price: number): (number | null)[] => {
      const next = bar(openTime, price, 15);
      evaluator.hear(0, next);
      evaluator.settle(next.closeTime);
      return evaluator.reading.inputs().map(({ value }) => value);
    };
    // Inputs: close on 30m, close, close on 1d; bars of 30 minutes close at 09:45, 10:15, ...
    expect(evaluator.reading.inputs().map(({ expression }) => expression)).toEqual([
      ...['close on 30m', 'close', 'close on 1d'],
    ]);
    expect(seen(at('09:15'), 1)).toEqual([null, 1, null]);
    expect(seen(at('10:00'), 2)).toEqual([2, 2, null]);
    expect(seen(at('10:15'), 3)).toEqual([2, 3, null]);
    // Nothing came after 10:30; the bar of 10:15 was over at 10:45, the day at 15:30.
    expect(seen(at('09:15', '2019-07-10'), 4)).toEqual([3, 4, 3]);
  });

  it('is refused where it is shorter, or not made of whole bars', () => {
    const failures = (frame: string, timeFrame: TimeFrame) => {
      const rules = `long entry when close on ${frame} > 1 long exit when close < 1`;
      const document = parseStrategy(`capital_per_trade 1 product CNC ${rules}`);
      if (!document.ok) throw new Error(JSON.stringify(document.failure));
      const strategy = compileStrategy(document.value, { timeFrame });
      return strategy.ok ? [] : strategy.failure.map(({ code }) => code);
    };
    expect(failures('1m', 'FIVE_MINUTES')).toEqual(['TIME_FRAME_DOES_NOT_FIT']);
    expect(failures('1h', 'ONE_DAY')).toEqual(['TIME_FRAME_DOES_NOT_FIT']);
    expect(failures('10m', 'THREE_MINUTES')).toEqual(['TIME_FRAME_DOES_NOT_FIT']);
    expect(failures('5m', 'FIVE_MINUTES')).toEqual([]);
    expect(failures('1d', 'ONE_HOUR')).toEqual([]);
  });
});

describe('another instrument', () => {
  it('is read on its latest bar that closed by then', () => {
    const strategy = compiled(
      'capital_per_trade 1 long entry when close of "NSE:NIFTY 50" > 10 long exit when close < 0',
      'FIVE_MINUTES',
    );
    expect(strategy.references).toEqual([{ exchange: 'NSE', symbol: 'NIFTY 50' }]);
    const evaluator = strategy.evaluator(fourDays);
    const settle = (own: RuleBar, other: RuleBar | null): (number | null)[] => {
      if (other !== null) evaluator.hear(1, other);
      evaluator.hear(0, own);
      evaluator.settle(own.closeTime);
      return evaluator.reading.inputs().map(({ value }) => value);
    };
    expect(settle(bar(at('09:15'), 1), null)).toEqual([null, 1]);
    expect(settle(bar(at('09:20'), 2), bar(at('09:20'), 11_500))).toEqual([11_500, 2]);
    expect(settle(bar(at('09:25'), 3), null)).toEqual([11_500, 3]);
    expect(evaluator.reading.outcome(noPosition).longEntry).toBe(true);
  });
});

describe('the moment', () => {
  it('is that of the close: minutes of the day, the weekday from Monday, the rest of the session', () => {
    // 9 July 2019 was a Tuesday; the bar closes at 09:20, 370 minutes before 15:30.
    expect(values('time', 1)).toEqual([560]);
    expect(values('day_of_week', 1)).toEqual([2]);
    expect(values('minutes_to_close', 1)).toEqual([370]);
    expect(truths('time >= 09:25 and day_of_week == TUESDAY', 1, 1)).toEqual([false, true]);
  });
});

describe('parameters', () => {
  const text = `fast = 2 in 1..9 step 1
    capital_per_trade 1000 * fast max_positions fast
    long entry when close > sma(close, fast) long exit when close < highest(close, fast)`;
  const document = parseStrategy(text);
  if (!document.ok) throw new Error(JSON.stringify(document.failure));
  const failuresOf = (...parameters: [string, number][]) => {
    const options = { timeFrame: 'ONE_MINUTE', parameters: new Map(parameters) } as const;
    const strategy = compileStrategy(document.value, options);
    return strategy.ok ? strategy.value.terms : strategy.failure;
  };

  it('have the values of the text, or those that are given', () => {
    expect(failuresOf()).toMatchObject({ size: { rupees: 2000 }, maxPositions: 2 });
    expect(failuresOf(['fast', 7])).toMatchObject({ size: { rupees: 7000 }, maxPositions: 7 });
  });

  it('are refused by name, or by the numbers that come of them', () => {
    expect(failuresOf(['slow', 1])).toEqual([{ code: 'UNKNOWN_PARAMETER', name: 'slow' }]);
    expect(failuresOf(['fast', 2.5])).toMatchObject([
      { code: 'NUMBER_OUT_OF_RANGE', where: 'period of sma(close, fast)', value: 2.5 },
      { code: 'NUMBER_OUT_OF_RANGE', where: 'highest(close, fast)', value: 2.5 },
      { code: 'NUMBER_OUT_OF_RANGE', where: 'max_positions', value: 2.5 },
    ]);
  });

  it('of a model are not known yet', () => {
    const rules = 'capital_per_trade 1 long entry when model("mine") > 0 long exit when close < 0';
    const read = parseStrategy(rules);
    if (!read.ok) throw new Error(JSON.stringify(read.failure));
    expect(compileStrategy(read.value, { timeFrame: 'ONE_MINUTE' })).toEqual({
      ok: false,
      failure: [{ code: 'UNKNOWN_MODEL', name: 'mine' }],
    });
  });
});
