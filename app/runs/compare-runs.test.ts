import { expect, it } from 'vitest';
import { correlationsOfRuns, type ComparableRun } from './compare-runs.ts';

const noon = Date.UTC(2019, 6, 8, 6, 30);

/** A run with an equity at noon of each day, 100 rupees before the first; null: no market that day. */
function run(id: string, equity: readonly (number | null)[]): ComparableRun {
  const rows = equity.flatMap((value, day) =>
    value === null ? [] : [[noon + day * 86_400_000, value] as const],
  );
  const columns = {
    length: rows.length,
    time: Float64Array.from(rows, ([time]) => time),
    equity: Float64Array.from(rows, ([, value]) => value),
  };
  return { id, initialCapital: 100, equity: rows.length === 0 ? null : columns };
}

it('tells each pair how their days went together', () => {
  const runs = [
    run('a', [110, 110, 121, 121]),
    // The same moves half as strong, and the mirror of them.
    run('b', [105, 105, 110.25, 110.25]),
    run('c', [90, 90, 81, 81]),
  ];
  const found = correlationsOfRuns(runs);
  expect(found.map(({ firstId, secondId, days }) => [firstId, secondId, days])).toEqual([
    ['a', 'b', 4],
    ['a', 'c', 4],
    ['b', 'c', 4],
  ]);
  expect(found.map(({ correlation }) => correlation)).toEqual([
    expect.closeTo(1, 10),
    expect.closeTo(-1, 10),
    expect.closeTo(-1, 10),
  ]);
});

it('counts only days that both have, and says nothing of too few', () => {
  const runs = [run('a', [110, 121, 110]), run('b', [null, 99, 98, 97]), run('c', [])];
  // Days two and three: returns of a are 10 and -9.09 percent, of b -1 and -1.01.
  expect(correlationsOfRuns(runs)).toEqual([
    { firstId: 'a', secondId: 'b', days: 2, correlation: expect.closeTo(1, 10) as number },
    { firstId: 'a', secondId: 'c', days: 0, correlation: null },
    { firstId: 'b', secondId: 'c', days: 0, correlation: null },
  ]);
});
