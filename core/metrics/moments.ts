/** Arithmetic mean; null of nothing. */
export function meanOf(values: ArrayLike<number>): number | null {
  const { length } = values;
  if (length === 0) return null;
  let sum = 0;
  for (let index = 0; index < length; index += 1) sum += values[index] as number;
  return sum / length;
}

/**
 * Sample deviation (one degree of freedom less), null below two values. Equal values give exactly
 * 0, whatever noise rounding leaves.
 */
export function sampleDeviationOf(values: ArrayLike<number>): number | null {
  const mean = meanOf(values);
  if (mean === null || values.length < 2) return null;
  return deviationAbout(mean, values);
}

/** The sample deviation of two values or more whose mean is known. */
export function deviationAbout(mean: number, values: ArrayLike<number>): number {
  const { length } = values;
  let squares = 0;
  for (let index = 0; index < length; index += 1) {
    const distance = (values[index] as number) - mean;
    squares += distance * distance;
  }
  const deviation = Math.sqrt(squares / (length - 1));
  return deviation <= Math.abs(mean) * 1e-12 ? 0 : deviation;
}

/** Null in place of what is not a finite number. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
