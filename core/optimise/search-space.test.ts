import { describe, expect, it } from 'vitest';
import { statisticNames } from './aim.ts';
import { fulfils, parseConstraint, refusalOfTrial, type Constraint } from './constraint.ts';
import { pointsOf, searchSpaceOf, valuesAt } from './search-space.ts';

const range = (minimum: number, maximum: number, step: number) => ({ minimum, maximum, step });

describe('the space of a strategy', () => {
  const space = searchSpaceOf([
    { name: 'fast', value: 5, range: range(5, 16, 5) },
    { name: 'kept', value: 7, range: null },
    { name: 'loss', value: 0.3, range: range(0.1, 0.3, 0.1) },
  ]);

  it('has the values that the ranges name, as one would write them', () => {
    expect(space.size).toBe(9);
    const all = [...pointsOf(space)].map((point) => [...valuesAt(space, point).values()]);
    expect(all.slice(0, 4)).toEqual([
      [7, 5, 0.1],
      [7, 5, 0.2],
      [7, 5, 0.3],
      [7, 10, 0.1],
    ]);
    expect(all.at(-1)).toEqual([7, 15, 0.3]);
    expect(all).toHaveLength(9);
  });

  it('is empty where no parameter names a range', () => {
    const none = searchSpaceOf([{ name: 'kept', value: 7, range: null }]);
    expect([none.size, [...pointsOf(none)]]).toEqual([0, []]);
  });
});

describe('a constraint over statistics', () => {
  const read = (text: string, parameters: readonly string[] = ['fast']): Constraint => {
    const constraint = parseConstraint(text, parameters);
    if (!constraint.ok) throw new Error(JSON.stringify(constraint.failure));
    return constraint.value;
  };
  const numbers = new Float64Array(statisticNames.length).fill(NaN);
  numbers[statisticNames.indexOf('totalTrades')] = 12;

  it.each([...statisticNames])('may read %s', (name) => {
    expect(read(`${name} > fast`).statistics).toEqual([name]);
  });

  it('is known after the trial, and says what it found', () => {
    const refusal = (text: string): string | null =>
      refusalOfTrial([read('fast > 0'), read(text)], new Map([['fast', 4]]), numbers);
    expect(refusal('totalTrades >= fast * 3')).toBeNull();
    expect(refusal('totalTrades >= 30')).toBe(
      'The trial breaks totalTrades >= 30: totalTrades is 12.',
    );
    expect(refusal('max(totalTrades, sharpeRatio) > 1 or -totalTrades > 0')).toBe(
      'The trial breaks max(totalTrades, sharpeRatio) > 1 or -totalTrades > 0: totalTrades is 12, sharpeRatio does not exist.',
    );
  });

  it('is one over parameters where a parameter has the name', () => {
    expect(read('beta > 1', ['beta']).statistics).toEqual([]);
  });
});

describe('a constraint', () => {
  const holds = (text: string, values: Record<string, number>): boolean => {
    const constraint = parseConstraint(text, Object.keys(values));
    if (!constraint.ok) throw new Error(JSON.stringify(constraint.failure));
    return fulfils(constraint.value, new Map(Object.entries(values)));
  };

  it.each([
    ['fast < slow', { fast: 1, slow: 2 }, true],
    ['fast < slow', { fast: 2, slow: 2 }, false],
    ['fast * 2 <= slow and not (stop > 3)', { fast: 5, slow: 10, stop: 3 }, true],
    ['fast * 2 <= slow and not (stop > 3)', { fast: 5, slow: 10, stop: 4 }, false],
    ['max(fast, slow) - min(fast, slow) >= 5 or fast == 1', { fast: 9, slow: 5 }, false],
    ['max(fast, slow) - min(fast, slow) >= 5 or fast == 1', { fast: 9, slow: 4 }, true],
    ['abs(-fast) / slow != 2', { fast: 4, slow: 2 }, false],
    // Nothing is worth nothing.
    ['fast / slow < 100', { fast: 4, slow: 0 }, false],
    ['0.1 * fast == 0.3', { fast: 3 }, true],
  ])('%s of %j is %s', (text, values, expected) => {
    expect(holds(text, values as Record<string, number>)).toBe(expected);
  });

  it.each([
    ['fast < slwo', 1, 8, /expected a parameter or a statistic, found "slwo"; did you mean slow\?/],
    ['totalTrade > 3', 1, 1, /did you mean totalTrades\?/],
    ['fast + slow', 1, 1, /this is a number/],
    ['totalTrades', 1, 1, /this is a number/],
    ['fast < close', 1, 8, /reads parameters, statistics and numbers only/],
    ['fast < sma(close, 3)', 1, 8, /reads parameters, statistics and numbers only/],
    ['fast crosses_above slow', 1, 1, /reads parameters, statistics and numbers only/],
    ['rising(fast, 2)', 1, 1, /./],
    ['fast <', 1, 7, /the text ended/],
    ['', 1, 1, /the text ended/],
  ])('"%s" is refused at %i:%i', (text, line, column, message) => {
    const refused = parseConstraint(text, ['fast', 'slow']);
    const [first] = refused.ok ? [] : refused.failure;
    expect(first).toMatchObject({
      line,
      column,
      message: expect.stringMatching(message) as string,
    });
  });
});
