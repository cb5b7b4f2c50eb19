import type { StatisticName } from '@nandax/core/optimise/aim.ts';
import { valuesAt, type SearchSpace } from '@nandax/core/optimise/search-space.ts';
import type { Trial as TriedPoint } from '@nandax/core/optimise/trial.ts';
import { trialStatisticsOf, type WalkedWindow } from '@nandax/app/optimisations/walked-forward.ts';
import type { OptimisationView } from '@nandax/app/views/strategy.ts';
import { contractNameOf } from './statistic.ts';

/** A trial as the contract shows it. */
export function trialOf(trial: TriedPoint, space: SearchSpace, { aim }: OptimisationView) {
  const statistics = trialStatisticsOf(trial);
  return {
    number: trial.number,
    parameters: listOf(Object.fromEntries(valuesAt(space, trial.point))),
    aim: statistics?.[aim] ?? null,
    statistics: Object.entries(statistics ?? {}).map(([name, value]) => ({
      name: contractNameOf(name as StatisticName),
      value,
    })),
    refusal: trial.outcome.kind === 'REFUSED' ? trial.outcome.reason : null,
  };
}

/** A window as the contract shows it. */
export function windowOf(window: WalkedWindow, aim: StatisticName) {
  const { inSample, outOfSample, parameters, efficiency } = window;
  return {
    inSampleFrom: new Date(inSample.from),
    outOfSampleFrom: new Date(outOfSample.from),
    outOfSampleTo: new Date(outOfSample.to),
    parameters: listOf(parameters ?? {}),
    inSampleAim: window.inSampleStatistics?.[aim] ?? null,
    outOfSampleAim: window.outOfSampleStatistics?.[aim] ?? null,
    efficiency,
  };
}

function listOf(values: Readonly<Record<string, number>>) {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}
