import type { Aim } from './aim.ts';
import { valueAt, type Dimension, type SearchSpace } from './search-space.ts';
import { aimOf, type Trial } from './trial.ts';

/** What stands for the trials of a cell, which differ in the other parameters. */
export type HeatMapFold = 'BEST' | 'MEAN';

/** A parameter along one edge; a long range is parted so that each part has several values. */
export interface HeatMapAxis {
  readonly name: string;
  /** The lowest and the highest value of each part, rising. */
  readonly parts: readonly { readonly from: number; readonly to: number }[];
}

/** The trials that fell into one part of both axes. */
export interface HeatMapCell {
  /** Indexes of the parts. */
  readonly x: number;
  readonly y: number;
  /** The aim, of the best of them or their mean; null: none of them has one. */
  readonly value: number | null;
  readonly trials: number;
}

/** The aim over two parameters. */
export interface HeatMap {
  readonly x: HeatMapAxis;
  readonly y: HeatMapAxis;
  /** Those that hold a trial, by row and then column. */
  readonly cells: readonly HeatMapCell[];
}

/** Most parts of an axis. */
const mostParts = 50;

/** Lays trials out over two dimensions. @throws RangeError where a dimension is not in the space. */
export function heatMapOf(
  { dimensions }: SearchSpace,
  trials: readonly Trial[],
  aim: Aim,
  axes: { readonly x: number; readonly y: number; readonly fold: HeatMapFold },
): HeatMap {
  const [across, up] = [dimensions[axes.x], dimensions[axes.y]];
  if (across === undefined || up === undefined) throw new RangeError('no such dimension');
  const columns = Math.min(across.count, mostParts);
  const cells = new Map<number, { trials: number; measured: number; value: number | null }>();
  for (const trial of trials) {
    const x = partOf(across, trial.point[axes.x] as number);
    const y = partOf(up, trial.point[axes.y] as number);
    const cell = cells.get(y * columns + x) ?? { trials: 0, measured: 0, value: null };
    cells.set(y * columns + x, cell);
    cell.trials += 1;
    const value = aimOf(trial, aim);
    if (value === null) continue;
    cell.measured += 1;
    if (cell.value === null) cell.value = value;
    else if (axes.fold === 'MEAN') cell.value += (value - cell.value) / cell.measured;
    else if (aim.direction === 'MAXIMISE') cell.value = Math.max(cell.value, value);
    else cell.value = Math.min(cell.value, value);
  }
  return {
    x: axisOf(across),
    y: axisOf(up),
    cells: [...cells]
      .toSorted(([left], [right]) => left - right)
      .map(([key, { value, trials: count }]) => ({
        x: key % columns,
        y: Math.floor(key / columns),
        value,
        trials: count,
      })),
  };
}

function partOf({ count }: Dimension, index: number): number {
  const parts = Math.min(count, mostParts);
  return Math.floor((index * parts) / count);
}

function axisOf(dimension: Dimension): HeatMapAxis {
  const { name, count } = dimension;
  const parts = Math.min(count, mostParts);
  return {
    name,
    parts: Array.from({ length: parts }, (_, part) => ({
      from: valueAt(dimension, Math.ceil((part * count) / parts)),
      to: valueAt(dimension, Math.ceil(((part + 1) * count) / parts) - 1),
    })),
  };
}
