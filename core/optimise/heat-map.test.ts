import { expect, it } from 'vitest';
import { heatMapOf } from './heat-map.ts';
import { pointsOf, searchSpaceOf } from './search-space.ts';
import type { Trial } from './trial.ts';

const space = searchSpaceOf([
  { name: 'fast', value: 5, range: { minimum: 5, maximum: 15, step: 5 } },
  { name: 'kept', value: 1, range: null },
  { name: 'stop', value: 1, range: { minimum: 1, maximum: 2, step: 1 } },
  { name: 'slow', value: 0, range: { minimum: 0, maximum: 119, step: 1 } },
]);
const aim = { statistic: 0, direction: 'MAXIMISE' } as const;

const trials = [...pointsOf(space)].flatMap((point, number): Trial[] => {
  const [fast = 0, stop = 0, slow = 0] = point;
  // Nothing was tried where the first is highest and the last below 60.
  if (fast === 2 && slow < 60) return [];
  const value = fast === 0 && slow < 12 ? NaN : fast * 100 + stop * 10 + slow;
  return [{ number, point, outcome: { kind: 'MEASURED', statistics: Float64Array.of(value) } }];
});

it('shows the best or the mean of the trials of each cell', () => {
  const best = heatMapOf(space, trials, aim, { x: 0, y: 1, fold: 'BEST' });
  expect(best.x).toEqual({
    name: 'fast',
    parts: [5, 10, 15].map((value) => ({ from: value, to: value })),
  });
  expect(best.cells).toHaveLength(6);
  expect(best.cells[4]).toEqual({ x: 1, y: 1, value: 100 + 10 + 119, trials: 120 });
  const worst = heatMapOf(
    space,
    trials,
    { ...aim, direction: 'MINIMISE' },
    { x: 0, y: 1, fold: 'BEST' },
  );
  expect(worst.cells[4]?.value).toBe(110);
  const mean = heatMapOf(space, trials, aim, { x: 0, y: 1, fold: 'MEAN' });
  // The mean of 0 to 119; of 12 to 119 where the first twelve have no value.
  expect(mean.cells[1]?.value).toBeCloseTo(100 + 59.5, 10);
  expect(mean.cells[0]?.value).toBeCloseTo(65.5, 10);
  expect(mean.cells[0]?.trials).toBe(120);
});

it('parts a long range, and leaves out cells without a trial', () => {
  const map = heatMapOf(space, trials, aim, { x: 2, y: 0, fold: 'BEST' });
  expect(map.x.parts).toHaveLength(50);
  expect(map.x.parts.slice(0, 3)).toEqual([
    { from: 0, to: 2 },
    { from: 3, to: 4 },
    { from: 5, to: 7 },
  ]);
  expect(map.x.parts.at(-1)).toEqual({ from: 118, to: 119 });
  expect(map.cells.filter(({ y }) => y === 2).map(({ x }) => x)).toEqual(
    Array.from({ length: 25 }, (_, part) => part + 25),
  );
  // All trials of the first cell have no value: slow 0 to 2.
  expect(map.cells[0]).toEqual({ x: 0, y: 0, value: null, trials: 6 });
  for (const { x, y, trials: count } of map.cells) {
    const { from = NaN, to = NaN } = map.x.parts[x] ?? {};
    const own = trials.filter(
      ({ point: [fast, , slow = NaN] }) => fast === y && slow >= from && slow <= to,
    );
    expect(count).toBe(own.length);
  }
});
