import type { ReturnMoments } from './return-moments.ts';

/** The share of the worst periods that value at risk and expected shortfall speak of. */
const share = 0.05;

/** Of a bell curve about a tenth lies so many deviations below the mean: twice the tail. */
const likely = 1.25;

/** What the worst twentieth of the periods did; fractions, negative when they are losses. */
export interface TailRisk {
  /**
   * The return that 5 % of the periods fell short of: the quantile of history, interpolated linearly
   * (source: empyrical `value_at_risk`); null without returns.
   */
  readonly valueAtRisk: number | null;
  /**
   * The mean of the worst 5 % of the periods, at least of one (source: empyrical
   * `conditional_value_at_risk`); null without returns.
   */
  readonly expectedShortfall: number | null;
}

/** Both figures of returns, fractions, whose moments are given. */
export function tailRiskOf(
  returns: ArrayLike<number>,
  { mean, deviation }: ReturnMoments,
): TailRisk {
  if (returns.length === 0) return { valueAtRisk: null, expectedShortfall: null };
  const place = (returns.length - 1) * share;
  const [below, above] = [Math.floor(place), Math.ceil(place)];
  const bound = mean - likely * deviation;
  const worst = lowestOf(returns, above + 1, Number.isNaN(bound) ? Infinity : bound);
  let sum = 0;
  for (let index = 0; index <= above; index += 1) sum += worst[index] as number;
  const highest = worst[0] as number;
  if (below === above) return { valueAtRisk: highest, expectedShortfall: sum / (above + 1) };
  // What lies right below the highest of a heap is one of the two under it.
  const next = Math.max(worst[1] as number, worst[2] ?? -Infinity);
  return {
    valueAtRisk: next + (highest - next) * (place - below),
    expectedShortfall: (sum - highest) / above,
  };
}

/**
 * The lowest `count` values as a heap, the highest of them first. If there are as many below `bound`,
 * all others cost one comparison.
 */
function lowestOf(values: ArrayLike<number>, count: number, bound: number): Float64Array {
  const heap = new Float64Array(count);
  let held = 0;
  // A value that is not below this is not among the lowest.
  let limit = bound;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (!(value < limit)) continue;
    if (held < count) {
      heap[held] = value;
      held += 1;
      if (held === count) heapify(heap);
    } else {
      heap[0] = value;
      sink(heap, 0);
    }
    if (held === count) limit = heap[0] as number;
  }
  if (held === count) return heap;
  // What is no finite number is in no order with others, and nothing can be said of such returns.
  return bound < Infinity ? lowestOf(values, count, Infinity) : heap.fill(NaN);
}

function heapify(heap: Float64Array): void {
  for (let parent = (heap.length >> 1) - 1; parent >= 0; parent -= 1) sink(heap, parent);
}

function sink(heap: Float64Array, from: number): void {
  const value = heap[from] as number;
  const { length } = heap;
  let place = from;
  for (let child = 2 * place + 1; child < length; child = 2 * place + 1) {
    if (child + 1 < length && (heap[child + 1] as number) > (heap[child] as number)) child += 1;
    if ((heap[child] as number) <= value) break;
    heap[place] = heap[child] as number;
    place = child;
  }
  heap[place] = value;
}
