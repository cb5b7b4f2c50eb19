/**
 * ROLLING: the bars searched move on and stay as many. ANCHORED: they all begin with the first bar, and
 * grow.
 */
export type WalkForwardKind = 'ROLLING' | 'ANCHORED';

/** How bars are parted; all numbers are bars, at least 1. */
export interface WalkForwardPlan {
  readonly kind: WalkForwardKind;
  /** Bars that are searched, for an anchored plan those of the first window. */
  readonly inSample: number;
  /** Bars right after them on which the best is tried. */
  readonly outOfSample: number;
}

/** Points of a time line from the first to before the last. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What is searched, and the stretch right after it on which the best of it is tried. */
export interface WalkForwardWindow {
  readonly inSample: Stretch;
  readonly outOfSample: Stretch;
}

/**
 * The windows over `length` points: the stretches out of sample follow each other without a gap; the
 * last one ends with the data and may be shorter. Empty: not one point is left out of sample.
 */
export function walkForwardWindows(
  length: number,
  { kind, inSample, outOfSample }: WalkForwardPlan,
): readonly WalkForwardWindow[] {
  const windows: WalkForwardWindow[] = [];
  for (let split = inSample; split < length; split += outOfSample) {
    windows.push({
      inSample: { from: kind === 'ANCHORED' ? 0 : split - inSample, to: split },
      outOfSample: { from: split, to: Math.min(split + outOfSample, length) },
    });
  }
  return windows;
}
