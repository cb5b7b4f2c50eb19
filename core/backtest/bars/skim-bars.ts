/** What keeps a run from being asked on a bar: nothing waits, and no rule is true. */
export interface QuietStretch {
  readonly close: Float64Array;
  /** 1 where a rule is true that would act on what is held. */
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  readonly cash: number;
  /** Signed, times the multiplier; 0: nothing is held. */
  readonly units: number;
  readonly entryPrice: number;
}

/**
 * Writes the equity of the bars from `row` on up to the first one on which a rule is true or all money
 * is lost, and returns that one's row. The loop that most bars of a run pass through.
 */
export function skimBars(stretch: QuietStretch, row: number, equity: Float64Array): number {
  const { close, first, second, cash, units, entryPrice } = stretch;
  const { length } = equity;
  let at = row;
  if (units === 0) {
    for (; at < length; at += 1) {
      if ((first[at] as number) + (second[at] as number) !== 0) return at;
      equity[at] = cash;
    }
    return at;
  }
  for (; at < length; at += 1) {
    if ((first[at] as number) + (second[at] as number) !== 0) return at;
    const now = cash + units * ((close[at] as number) - entryPrice);
    if (now <= 0) return at;
    equity[at] = now;
  }
  return at;
}
