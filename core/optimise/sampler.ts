import { seededRandom } from '../random/seeded-random.ts';
import type { PointPool } from './point-pool.ts';
import type { Point } from './search-space.ts';
import type { Trial } from './trial.ts';

/**
 * Where points to try come from: batches, one after the other. A batch follows from the seed and from
 * the trials of all batches before it and from nothing else, so that a search goes the same way whatever
 * the number of threads, and can be taken up again from its trials.
 */
export interface Sampler {
  /** Most points of a batch. */
  readonly batchSize: number;
  /** Whether a batch needs the trials of all batches before it. */
  readonly learns: boolean;
  /** The next points; `told` are all trials so far where it learns. Empty: there are no more. */
  next(told: readonly Trial[]): readonly Point[];
}

const plainBatch = 64;

/** Each point in its order. */
export function gridSampler(points: Iterator<Point>): Sampler {
  return {
    batchSize: plainBatch,
    learns: false,
    next: () => batchOf(plainBatch, () => points.next().value as Point | undefined),
  };
}

/** Random points, none of them twice. */
export function randomSampler(pool: PointPool, seed: number): Sampler {
  const random = seededRandom(seed);
  return {
    batchSize: plainBatch,
    learns: false,
    next: () => batchOf(plainBatch, () => pool.draw(random) ?? undefined),
  };
}

/** At most `size` points, fewer where they end. */
export function batchOf(size: number, make: () => Point | undefined): Point[] {
  const points: Point[] = [];
  while (points.length < size) {
    const point = make();
    if (point === undefined) break;
    points.push(point);
  }
  return points;
}
