import { randomUUID } from 'node:crypto';
import { packEquity } from '@nandax/app/runs/packed-equity.ts';
import { packTrials } from '@nandax/app/optimisations/packed-trials.ts';
import { statisticNames } from '@nandax/core/optimise/aim.ts';
import { plantedFillModel, sessionOpen } from './plant-market.ts';
import type { Plot } from './person.ts';
import type { Value } from './planter.ts';

/** Number of the first trial of a person whose event log begins behind `before`. */
export function firstTrialOf(before: number): number {
  return before * 1000 + 3;
}

/** A search of a person, under way, that has walked forward nevertheless so that all of it is seen. */
export function plantOptimisation(plot: Plot): void {
  const { planter, signature, ids, day } = plot;
  const id = (row: string) => ids[row] ?? '';
  const open = sessionOpen(day).getTime();
  const equity = planter.amount('Optimisation.equity').toNumber();
  const [tried, refused] = [
    firstTrialOf(signature.number * 1000),
    signature.number * 1_000_000 + 4,
  ];
  for (const number of [tried, refused]) {
    planter.mark(String(number), 'OptimisationTrials.packed');
  }
  planter.row('Optimisation', {
    id: id('optimisation'),
    userId: id('user'),
    strategyVersionId: id('strategyVersion'),
    datasetId: id('dataset'),
    status: 'RUNNING',
    rangeFrom: new Date(open),
    rangeTo: new Date(open + 240_000 + signature.number),
    fillModel: plantedFillModel(signature.number),
    aim: 'sharpeRatio',
    direction: 'MAXIMISE',
    search: 'GUIDED',
    walkForward: 'ROLLING',
    constraints: [planter.text('Optimisation.constraints')],
    best: {
      number: tried,
      parameters: { level: planter.amount('Optimisation.best').toNumber() },
      value: 1,
    },
    walked: walkedOf(plot),
    equity: Buffer.from(
      packEquity({
        time: Float64Array.of(open + signature.number, open + 60_000 + signature.number),
        equity: Float64Array.of(equity, equity + 1),
      }),
    ),
    caveats: [planter.text('Optimisation.caveats')],
  });
  planter.row('OptimisationTrials', {
    id: randomUUID(),
    optimisationId: id('optimisation'),
    packed: Buffer.from(
      packTrials([
        {
          segment: 0,
          number: tried,
          point: [1],
          outcome: {
            kind: 'MEASURED',
            statistics: Float64Array.from(statisticNames, () =>
              planter.amount('OptimisationTrials.packed').toNumber(),
            ),
          },
        },
        {
          segment: 0,
          number: refused,
          point: [2],
          outcome: { kind: 'REFUSED', reason: planter.text('OptimisationTrials.packed') },
        },
      ]),
    ),
  });
}

function walkedOf({ planter, signature, day }: Plot): Value {
  const at = sessionOpen(day).getTime() + signature.number;
  const number = () => planter.amount('Optimisation.walked').toNumber();
  const stretch = (from: number) => ({ from: at + from, to: at + from + 1, bars: 2 });
  return {
    windows: [
      {
        inSample: stretch(0),
        outOfSample: stretch(2),
        parameters: { level: number() },
        inSampleStatistics: { sharpeRatio: number() },
        outOfSampleStatistics: { sharpeRatio: number() },
        efficiency: number(),
      },
    ],
    figures: {
      roiPercent: number(),
      cagrPercent: number(),
      sharpeRatio: number(),
      maxDrawdownPercent: -number(),
    },
    efficiency: number(),
  };
}
