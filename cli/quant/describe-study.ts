import { formatExchangeTime } from '@nandax/core/calendar/exchange-time.ts';
import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import { statisticNames } from '@nandax/core/optimise/aim.ts';
import { heatMapOf } from '@nandax/core/optimise/heat-map.ts';
import type { WalkForwardResult } from '@nandax/core/optimise/over-bars/walk-forward.ts';
import { valueAt, valuesAt } from '@nandax/core/optimise/search-space.ts';
import type { Study } from '@nandax/core/optimise/study.ts';
import { rankTrials, type Trial } from '@nandax/core/optimise/trial.ts';
import type { Stretch, WalkForwardPlan } from '@nandax/core/optimise/walk-forward-windows.ts';
import type { AskedHeatMap } from './read-search.ts';

/** What a study was and found, as plain data: the JSON of the command and what its tables are made of. */
export type StudyDescription = ReturnType<typeof describeStudy>;

/** Beside the study itself, what it searched. */
export interface StudySetting {
  readonly timeFrame: TimeFrame;
  /** Epoch ms at which each bar ended. */
  readonly time: Float64Array;
  readonly heatMap: AskedHeatMap | null;
  /** Null where nothing was walked forward. */
  readonly walk: { readonly plan: WalkForwardPlan } | null;
  readonly walked: WalkForwardResult | null;
  /** Whether somebody ended it before all trials were made. */
  readonly stoppedEarly: boolean;
}

/** Describes a study that is over, or that was stopped. Trials stand from the best to the worst. */
export function describeStudy(
  study: Study,
  { timeFrame, time, heatMap, walk, walked, stoppedEarly }: StudySetting,
) {
  const { space, aim, kind, seed, constraints } = study.plan;
  const parametersOf = (trial: Trial) => Object.fromEntries(valuesAt(space, trial.point));
  const described = (trial: Trial) => ({
    number: trial.number,
    parameters: parametersOf(trial),
    statistics: trial.outcome.kind === 'MEASURED' ? statisticsOf(trial.outcome.statistics) : null,
    refusal: trial.outcome.kind === 'REFUSED' ? trial.outcome.reason : null,
  });
  const datesOf = ({ from, to }: Stretch) => ({
    bars: to - from,
    from: formatExchangeTime(time[from] ?? NaN),
    to: formatExchangeTime(time[to - 1] ?? NaN),
  });
  const best = study.bestOf(0);
  return {
    timeFrame,
    aim: { statistic: statisticNames[aim.statistic] ?? '', direction: aim.direction },
    search: kind,
    stoppedEarly,
    /** Trials of the whole range that were to be made. */
    planned: study.trialsOfSearch,
    seed,
    constraints: constraints.map(({ text }) => text),
    parameters: space.dimensions.map((dimension) => ({
      name: dimension.name,
      from: dimension.minimum,
      to: valueAt(dimension, dimension.count - 1),
      step: dimension.step,
      values: dimension.count,
    })),
    best: best === null ? null : described(best),
    trials: rankTrials(study.trialsOf(0), aim).map(described),
    heatMap: heatMap === null ? null : heatMapOf(space, study.trialsOf(0), aim, heatMap),
    walkForward:
      walk === null || walked === null
        ? null
        : {
            ...walk.plan,
            windows: walked.windows.map(({ window, best: found, outOfSample, efficiency }) => ({
              inSample: datesOf(window.inSample),
              outOfSample: datesOf(window.outOfSample),
              best: found === null ? null : described(found),
              outOfSampleStatistics: outOfSample === null ? null : statisticsOf(outOfSample),
              efficiency,
            })),
            efficiency: walked.efficiency,
            statistics: walked.figures,
            equity: {
              time: Array.from(walked.equity.time, formatExchangeTime),
              equity: Array.from(walked.equity.equity),
            },
          },
  };
}

/** The numbers by their names; null where one does not exist. */
function statisticsOf(column: Float64Array): Readonly<Record<string, number | null>> {
  return Object.fromEntries(
    statisticNames.map((name, place) => {
      const value = column[place] ?? NaN;
      return [name, Number.isNaN(value) ? null : value];
    }),
  );
}
