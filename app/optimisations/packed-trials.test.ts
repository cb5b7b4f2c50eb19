import { expect, it } from 'vitest';
import { statisticNames } from '@nandax/core/optimise/aim.ts';
import type { StudyTrial } from '@nandax/core/optimise/study.ts';
import { joinTrials, packTrials, unpackTrials } from './packed-trials.ts';

const trials: readonly StudyTrial[] = Array.from({ length: 7 }, (_, row) => ({
  segment: row % 2,
  number: row * 3,
  point: [row, 9999 - row, 0],
  outcome:
    row === 4
      ? { kind: 'REFUSED', reason: 'macd: „fast“ must be below "slow"' }
      : {
          kind: 'MEASURED',
          statistics: Float64Array.from(statisticNames, (__, place) =>
            place === row ? NaN : row / 3 - place * 1e6,
          ),
        },
}));

it('gives trials back as they were, to the bit', () => {
  expect(unpackTrials(packTrials(trials))).toEqual(trials);
  expect(unpackTrials(packTrials([]))).toEqual([]);
  // As a driver hands it over: somewhere in a larger buffer.
  const packed = packTrials(trials);
  const larger = new Uint8Array(packed.length + 7);
  larger.set(packed, 5);
  expect(unpackTrials(larger.subarray(5, 5 + packed.length))).toEqual(trials);
});

it('joins packs into trials in order, each once', () => {
  const joined = joinTrials([
    packTrials(trials.slice(3)),
    packTrials(trials.slice(0, 4)),
    packTrials(trials.slice(2, 5)),
  ]);
  expect(joined.map(({ segment, number }) => [segment, number])).toEqual([
    [0, 0],
    [0, 6],
    [0, 12],
    [0, 18],
    [1, 3],
    [1, 9],
    [1, 15],
  ]);
  expect(joined.toSorted((left, right) => left.number - right.number)).toEqual(trials);
});
