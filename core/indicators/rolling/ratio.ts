/** `part / whole`; NaN where the whole is nothing, so that no value is without bounds. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? NaN : part / whole;
}
