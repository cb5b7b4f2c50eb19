import { normal, seededRandom, type SeededRandom } from '../random/seeded-random.ts';
import type { Aim } from './aim.ts';
import type { PointPool } from './point-pool.ts';
import { batchOf, type Sampler } from './sampler.ts';
import type { Dimension, Point } from './search-space.ts';
import { rankTrials, type Trial } from './trial.ts';

/** Points of a batch: what can be tried at the same time without knowing of each other. */
const batchSize = 8;
/** Random points before the first guess. */
const leastTold = 32;
/** Part of the trials that counts as good, and the most of them. */
const [goodPart, mostGood] = [0.08, 40];
/** The most of the others that are looked at, picked evenly from all ranks. */
const mostOthers = 400;
/** What bumps are wide beside Scott's rule; with all of it 200 trials of three parameters beat chance by little. */
const sharpness = 0.25;
/** Points drawn from where good ones are, of which the likeliest to be good is tried. */
const candidates = 128;

/**
 * A tree-structured Parzen estimator (source: J. Bergstra, R. Bardenet, Y. Bengio and B. Kegl, Algorithms
 * for Hyper-Parameter Optimization, 2011) in its multivariate form, one density over all dimensions (S.
 * Falkner, A. Klein and F. Hutter, BOHB, 2018), so that parameters that belong together are seen
 * together. The trials are parted into the good ones and the others; points are drawn from the density
 * of the good, and the one with the highest ratio of both densities is tried. A trial that gave nothing
 * is among the others. No point is tried twice.
 */
export function guidedSampler(
  dimensions: readonly Dimension[],
  pool: PointPool,
  aim: Aim,
  seed: number,
): Sampler {
  let batch = 0;
  return {
    batchSize,
    learns: true,
    next(told) {
      const random = seededRandom(seed, batch);
      batch += 1;
      if (told.length < leastTold) return batchOf(batchSize, () => pool.draw(random) ?? undefined);
      const [good, others] = densitiesOf(dimensions, told, aim);
      return batchOf(batchSize, () => {
        const point = likeliest(good, others, pool, random);
        if (point === null) return pool.draw(random) ?? undefined;
        pool.take(point);
        return point;
      });
    },
  };
}

function densitiesOf(
  dimensions: readonly Dimension[],
  told: readonly Trial[],
  aim: Aim,
): readonly [Density, Density] {
  const ranked = rankTrials(told, aim).map(({ point }) => point);
  const goodCount = Math.min(Math.ceil(told.length * goodPart), mostGood);
  const rest = ranked.slice(goodCount);
  const stride = Math.max(1, rest.length / mostOthers);
  const others = Array.from(
    { length: Math.min(rest.length, mostOthers) },
    (_, place) => rest[Math.floor(place * stride)] as Point,
  );
  return [new Density(dimensions, ranked.slice(0, goodCount)), new Density(dimensions, others)];
}

/** The free candidate that is likeliest good; null: none of them is free. */
function likeliest(
  good: Density,
  others: Density,
  pool: PointPool,
  random: SeededRandom,
): Point | null {
  let best: Point | null = null;
  let highest = -Infinity;
  for (let candidate = 0; candidate < candidates; candidate += 1) {
    const point = good.draw(random);
    if (!pool.isFree(point)) continue;
    const ratio = good.at(point) / others.at(point);
    if (ratio > highest) {
      highest = ratio;
      best = point;
    }
  }
  return best;
}

/** A density over points: a normal bump at each of some points, and an even floor. */
class Density {
  readonly #dimensions: readonly Dimension[];
  readonly #centres: readonly Point[];
  readonly #widths: readonly number[];
  /** For each dimension, the height of a bump by the distance from its centre. */
  readonly #heights: readonly Float64Array[];
  /** For each dimension, one over what a bump around each centre sums to. */
  readonly #weights: readonly Float64Array[];
  readonly #floor: number;

  constructor(dimensions: readonly Dimension[], centres: readonly Point[]) {
    this.#dimensions = dimensions;
    this.#centres = centres;
    this.#widths = dimensions.map(({ count }, place) =>
      widthOf(
        centres.map((point) => point[place] as number),
        count,
        dimensions.length,
      ),
    );
    this.#heights = dimensions.map(({ count }, place) => {
      const width = this.#widths[place] as number;
      return Float64Array.from({ length: count }, (_, away) =>
        Math.exp(-0.5 * (away / width) ** 2),
      );
    });
    this.#weights = this.#heights.map(weightsOf);
    this.#floor = 1 / dimensions.reduce((product, { count }) => product * count, 1);
  }

  /** The density at a point, up to a factor that two densities of one space share. */
  at(point: Point): number {
    let sum = this.#floor;
    for (const centre of this.#centres) {
      let bump = 1;
      for (let place = 0; place < point.length; place += 1) {
        const at = centre[place] as number;
        const away = Math.abs((point[place] as number) - at);
        bump *=
          ((this.#heights[place] as Float64Array)[away] as number) *
          ((this.#weights[place] as Float64Array)[at] as number);
      }
      sum += bump;
    }
    return sum / (this.#centres.length + 1);
  }

  /** A random point of the density. */
  draw(random: SeededRandom): Point {
    const centre = this.#centres[random.below(this.#centres.length + 1)];
    return this.#dimensions.map(({ count }, place) =>
      centre === undefined
        ? random.below(count)
        : near(centre[place] as number, this.#widths[place] as number, count, random),
    );
  }
}

/** A part of what Scott's rule says, at least half a step and a twentieth of the range. */
function widthOf(values: readonly number[], count: number, dimensionCount: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / values.length);
  const scott = deviation * values.length ** (-1 / (dimensionCount + 4));
  return Math.max(sharpness * scott, count / 20, 0.5);
}

function weightsOf(heights: Float64Array): Float64Array {
  const count = heights.length;
  // Sums of the heights up to each distance; the centre is in both halves.
  let sum = 0;
  const upTo = heights.map((height) => (sum += height));
  return heights.map((_, at) => {
    const both = (upTo[at] as number) + (upTo[count - 1 - at] as number) - (heights[0] as number);
    return 1 / both;
  });
}

/** A place near a centre that lies in the range. */
function near(centre: number, width: number, count: number, random: SeededRandom): number {
  for (let go = 0; go < 50; go += 1) {
    const place = Math.round(centre + width * normal(random));
    if (place >= 0 && place < count) return place;
  }
  return centre;
}
