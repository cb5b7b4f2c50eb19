import type { Aim } from './aim.ts';
import type { Point } from './search-space.ts';

/** What came of one set of parameters. */
export type TrialOutcome =
  /** One number for each name of `statisticNames`, NaN where it does not exist. */
  | { readonly kind: 'MEASURED'; readonly statistics: Float64Array }
  /** The strategy cannot run with them; a sentence says why. */
  | { readonly kind: 'REFUSED'; readonly reason: string };

/** A point that is to be tried. */
export interface Proposal {
  /** Counts from 0 within its search. */
  readonly number: number;
  readonly point: Point;
}

/** A point that was tried. */
export interface Trial extends Proposal {
  readonly outcome: TrialOutcome;
}

/** What a trial gave of the aim; null: nothing. */
export function aimOf({ outcome }: Trial, { statistic }: Aim): number | null {
  if (outcome.kind === 'REFUSED') return null;
  const value = outcome.statistics[statistic] as number;
  return Number.isNaN(value) ? null : value;
}

/** Trials from the best to the worst, those that gave nothing last, equal ones by their number. */
export function rankTrials(trials: readonly Trial[], aim: Aim): readonly Trial[] {
  const sign = aim.direction === 'MAXIMISE' ? -1 : 1;
  const worth = new Map(trials.map((trial) => [trial, aimOf(trial, aim)]));
  return trials.toSorted((left, right) => {
    const [first = null, second = null] = [worth.get(left), worth.get(right)];
    if (first === second) return left.number - right.number;
    if (first === null) return 1;
    if (second === null) return -1;
    return sign * (first - second);
  });
}

/** The best of the trials; null: none gave anything. */
export function bestTrial(trials: readonly Trial[], aim: Aim): Trial | null {
  let best: Trial | null = null;
  let most: number | null = null;
  for (const trial of trials) {
    const value = aimOf(trial, aim);
    if (value === null) continue;
    if (most === null || (aim.direction === 'MAXIMISE' ? value > most : value < most)) {
      most = value;
      best = trial;
    }
  }
  return best;
}
