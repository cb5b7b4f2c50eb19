/** Where the values of a distribution lie. */
export interface Percentiles {
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

/**
 * The percentiles of values, of which there is at least one; between two values in a straight line
 * (source: Hyndman and Fan, type 7, the default of NumPy). Sorts the values in place.
 */
export function percentilesOf(values: Float64Array): Percentiles {
  values.sort();
  const at = (part: number): number => {
    const place = part * (values.length - 1);
    const below = Math.floor(place);
    const low = values[below] as number;
    return low + (place - below) * ((values[below + 1] ?? low) - low);
  };
  return { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) };
}
