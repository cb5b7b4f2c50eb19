/** Numbers from 0 to below 1; the same ones for a seed, on every machine. */
export interface SeededRandom {
  /** The next number from 0 to below 1, in steps of 2^-32. */
  next(): number;
  /** A whole number from 0 to below `bound`, which is at most 2^32. */
  below(bound: number): number;
}

/**
 * Starts a sequence; `stream` tells sequences of one seed apart, so that a use more changes none of the
 * others (source: the small fast counting generator of Chris Doty-Humphrey, sfc32 of PractRand).
 */
export function seededRandom(seed: number, stream = 0): SeededRandom {
  let [a, b, c, counter] = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, stream >>> 0, 1];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // The seed has to reach every bit before the first number is taken.
  for (let round = 0; round < 15; round += 1) next();
  return { next, below: (bound) => Math.floor(next() * bound) };
}

/** Puts the items into an order of which all are equally likely (source: Fisher and Yates). */
export function shuffle(items: Int32Array | Float64Array, random: SeededRandom): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    const kept = items[last] as number;
    items[last] = items[other] as number;
    items[other] = kept;
  }
}

/** A number of the standard normal distribution (source: G. Box and M. Muller, 1958). */
export function normal(random: SeededRandom): number {
  // 1 less the number: 0 has no logarithm.
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
