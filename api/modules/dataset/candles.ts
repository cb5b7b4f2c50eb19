import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { readBars } from '@nandax/app/market-data/read-bars.ts';
import type { TimeFrame as TimeFrameName } from '@nandax/core/market/time-frame.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { notFoundError } from '../../errors/graphql-errors.ts';
import { findOwnOf } from '../../relay/find-own.ts';
import { DateTime } from '../../scalars/scalars.ts';
import { Candle, candlesOf, TimeFrame } from './candle.ts';

const maxCandles = 5000;

@Resolver()
export class CandlesQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => [Candle], {
    description: `Bars of an instrument from a dataset, oldest first, at most the ${maxCandles} newest of the range.`,
  })
  async candles(
    @Ctx() context: Context,
    @Arg('datasetId', () => ID, { description: 'From which dataset.' }) datasetId: string,
    @Arg('instrumentId', () => ID, { description: 'Of which instrument.' }) instrumentId: string,
    @Arg('timeFrame', () => TimeFrame, { description: 'Length of the bars.' })
    timeFrame: TimeFrameName,
    @Arg('from', () => DateTime, {
      nullable: true,
      description: 'Only bars of minutes that open at or after this instant.',
    })
    from?: Date | null,
    @Arg('to', () => DateTime, {
      nullable: true,
      description: 'Only bars of minutes that open before this instant.',
    })
    to?: Date | null,
  ) {
    const [dataset, instrument] = await Promise.all([
      findOwnOf(context, 'Dataset', datasetId),
      findOwnOf(context, 'Instrument', instrumentId),
    ]);
    if (dataset === null || instrument === null) throw notFoundError();
    const range = await context.loaders.rangeOfDataset.load(dataset.id);
    if (range === null) return [];
    const bars = await readBars(context.ports, {
      dataset: { ...dataset, ...range },
      instrumentId: instrument.id,
      exchange: instrument.exchange,
      timeFrame,
      from: from ?? null,
      to: to ?? null,
      newest: maxCandles,
    });
    return candlesOf(bars);
  }
}
