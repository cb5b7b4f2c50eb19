import type { StrategyParameter } from '../strategy/strategy-document.ts';

/** A parameter and the values that may be tried for it. */
export interface Dimension {
  readonly name: string;
  readonly minimum: number;
  readonly step: number;
  /** How many values there are, at least 1. */
  readonly count: number;
}

/** Which of its values each dimension has, counted from 0. */
export type Point = readonly number[];

/** Everything that may be tried. */
export interface SearchSpace {
  /** In the order of the strategy's text. */
  readonly dimensions: readonly Dimension[];
  /** Values of the parameters that are not searched. */
  readonly fixed: ReadonlyMap<string, number>;
  /** How many points there are. */
  readonly size: number;
}

/** The space of all parameters that name a range, `fast = 10 in 5..50 step 5`; the others stay. */
export function searchSpaceOf(parameters: readonly StrategyParameter[]): SearchSpace {
  const dimensions: Dimension[] = [];
  const fixed = new Map<string, number>();
  for (const { name, value, range } of parameters) {
    if (range === null) {
      fixed.set(name, value);
      continue;
    }
    const { minimum, maximum, step } = range;
    // A hair, since thirty steps of 0.1 fall short of 3.
    const count = Math.floor((maximum - minimum) / step + 1e-9) + 1;
    dimensions.push({ name, minimum, step, count });
  }
  const size = dimensions.reduce((product, { count }) => product * count, 1);
  return { dimensions, fixed, size: dimensions.length === 0 ? 0 : size };
}

/** The value of a dimension at a place of a point, as it would be written: 0.3, not 0.1 three times. */
export function valueAt({ minimum, step }: Dimension, index: number): number {
  return Number((minimum + index * step).toPrecision(12));
}

/** The values of all parameters at a point. */
export function valuesAt(space: SearchSpace, point: Point): ReadonlyMap<string, number> {
  const values = new Map(space.fixed);
  space.dimensions.forEach((dimension, place) => {
    values.set(dimension.name, valueAt(dimension, point[place] as number));
  });
  return values;
}

/** The points of a space in order, the last dimension changing fastest. */
export function* pointsOf({ dimensions, size }: SearchSpace): Generator<Point> {
  for (let number = 0; number < size; number += 1) {
    const point: number[] = [];
    let rest = number;
    for (const { count } of dimensions.toReversed()) {
      point.push(rest % count);
      rest = Math.floor(rest / count);
    }
    yield point.reverse();
  }
}
