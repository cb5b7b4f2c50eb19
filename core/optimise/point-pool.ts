import type { SeededRandom } from '../random/seeded-random.ts';
import { fulfils, type Constraint } from './constraint.ts';
import { pointsOf, valuesAt, type Point, type SearchSpace } from './search-space.ts';

/** Spaces up to this size are laid out, so that each point is found and the last one too. */
const mostLaidOut = 100_000;
/** Random points looked at before a space counts as empty. */
const mostDraws = 20_000;

/** All points that fulfil the constraints, in order; null: the space is too large to lay out. */
export function layOut(
  space: SearchSpace,
  constraints: readonly Constraint[],
): readonly Point[] | null {
  return space.size > mostLaidOut ? null : [...validPoints(space, constraints)];
}

/** The points of a space that fulfil the constraints and have not been taken yet. */
export class PointPool {
  readonly #space: SearchSpace;
  readonly #constraints: readonly Constraint[];
  readonly #taken = new Set<string>();
  /** Those left; null: too many to lay out. */
  readonly #left: Point[] | null;
  /** Where each of them stands. */
  readonly #places = new Map<string, number>();

  /** `laidOut` is what `layOut` gives for the space and its constraints. */
  constructor(
    space: SearchSpace,
    constraints: readonly Constraint[],
    laidOut: readonly Point[] | null,
  ) {
    this.#space = space;
    this.#constraints = constraints;
    this.#left = laidOut === null ? null : [...laidOut];
    this.#left?.forEach((point, place) => this.#places.set(keyOf(point), place));
  }

  /** Whether a point fulfils the constraints and was not taken. */
  isFree(point: Point): boolean {
    const key = keyOf(point);
    if (this.#left !== null) return this.#places.has(key);
    return !this.#taken.has(key) && isValid(this.#space, this.#constraints, point);
  }

  /** Takes a free point, so that nobody gets it again. */
  take(point: Point): void {
    const key = keyOf(point);
    if (this.#left === null) {
      this.#taken.add(key);
      return;
    }
    const place = this.#places.get(key);
    const last = this.#left.pop();
    if (place === undefined || last === undefined) throw new Error('the point is not free');
    this.#places.delete(key);
    if (place === this.#left.length) return;
    this.#left[place] = last;
    this.#places.set(keyOf(last), place);
  }

  /** Takes a random free point; null: none is left, or none was found. */
  draw(random: SeededRandom): Point | null {
    const point = this.#left === null ? this.#find(random) : this.#pick(this.#left, random);
    if (point !== null) this.take(point);
    return point;
  }

  #pick(left: readonly Point[], random: SeededRandom): Point | null {
    return left[random.below(left.length)] ?? null;
  }

  #find(random: SeededRandom): Point | null {
    for (let draw = 0; draw < mostDraws; draw += 1) {
      const point = this.#space.dimensions.map(({ count }) => random.below(count));
      if (this.isFree(point)) return point;
    }
    return null;
  }
}

/** The points of a space that fulfil the constraints, in order. */
export function* validPoints(
  space: SearchSpace,
  constraints: readonly Constraint[],
): Generator<Point> {
  for (const point of pointsOf(space)) {
    if (isValid(space, constraints, point)) yield point;
  }
}

function isValid(space: SearchSpace, constraints: readonly Constraint[], point: Point): boolean {
  if (constraints.length === 0) return true;
  const values = valuesAt(space, point);
  return constraints.every((constraint) => fulfils(constraint, values));
}

function keyOf(point: Point): string {
  return point.join(' ');
}
