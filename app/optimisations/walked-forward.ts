import { statisticNames, type StatisticName } from '@nandax/core/optimise/aim.ts';
import type { WalkForwardResult } from '@nandax/core/optimise/over-bars/walk-forward.ts';
import { valuesAt, type SearchSpace } from '@nandax/core/optimise/search-space.ts';
import type { Trial } from '@nandax/core/optimise/trial.ts';
import type { Stretch } from '@nandax/core/optimise/walk-forward-windows.ts';
import type { CurveFigures } from '@nandax/core/metrics/curve-figures.ts';

/** The numbers of a trial by their names; null where one does not exist. */
export type TrialStatistics = Readonly<Record<StatisticName, number | null>>;

/** A stretch of bars; epoch ms at which its first bar and its last ended. */
interface WalkedStretch {
  readonly from: number;
  readonly to: number;
  readonly bars: number;
}

/** A window as it is stored. */
export interface WalkedWindow {
  readonly inSample: WalkedStretch;
  readonly outOfSample: WalkedStretch;
  /** Of the best trial in sample; null: none gave anything. */
  readonly parameters: Readonly<Record<string, number>> | null;
  readonly inSampleStatistics: TrialStatistics | null;
  /** Null: nothing was traded. */
  readonly outOfSampleStatistics: TrialStatistics | null;
  readonly efficiency: number | null;
}

/** What walking forward gave, as it is stored, its curve aside. */
export interface WalkedForward {
  readonly windows: readonly WalkedWindow[];
  readonly figures: CurveFigures;
  readonly efficiency: number | null;
}

/** What is stored of a result; `time` is when the bars of each point ended. */
export function walkedForwardOf(
  { windows, figures, efficiency }: WalkForwardResult,
  space: SearchSpace,
  time: Float64Array,
): WalkedForward {
  const stretchOf = ({ from, to }: Stretch): WalkedStretch => ({
    from: time[from] ?? NaN,
    to: time[to - 1] ?? NaN,
    bars: to - from,
  });
  return {
    windows: windows.map(({ window, best, outOfSample, efficiency: ownEfficiency }) => ({
      inSample: stretchOf(window.inSample),
      outOfSample: stretchOf(window.outOfSample),
      parameters: best === null ? null : Object.fromEntries(valuesAt(space, best.point)),
      inSampleStatistics: best === null ? null : trialStatisticsOf(best),
      outOfSampleStatistics: outOfSample === null ? null : namedStatistics(outOfSample),
      efficiency: ownEfficiency,
    })),
    figures,
    efficiency,
  };
}

/** The statistics of a trial; null: it could not run. */
export function trialStatisticsOf({ outcome }: Trial): TrialStatistics | null {
  return outcome.kind === 'REFUSED' ? null : namedStatistics(outcome.statistics);
}

function namedStatistics(column: Float64Array): TrialStatistics {
  return Object.fromEntries(
    statisticNames.map((name, place) => {
      const value = column[place] ?? NaN;
      return [name, Number.isNaN(value) ? null : value];
    }),
  ) as TrialStatistics;
}
