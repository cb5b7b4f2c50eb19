import { Ctx, ObjectType, Resolver, Root } from 'type-graphql';
import type { DatasetView } from '@nandax/app/views/market.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER_OR_SHARED } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime } from '../../scalars/scalars.ts';
import { Instrument } from '../instrument/instrument.ts';

export const DatasetKind = enumOf('DatasetKind', 'What a dataset holds.', {
  CANDLES: 'Candles of one interval.',
  TICKS: 'Every recorded trade or price.',
} satisfies Record<DatasetView['kind'], string>);

export const CandleInterval = enumOf('CandleInterval', 'Length of recorded candles.', {
  MINUTE: 'One minute.',
  DAY: 'One exchange day.',
} satisfies Record<NonNullable<DatasetView['interval']>, string>);

export const PriceAdjustment = enumOf(
  'PriceAdjustment',
  'Whether old prices were restated for splits and bonuses.',
  {
    UNADJUSTED: 'As they were traded.',
    ADJUSTED: 'Restated, so that they compare with prices of today.',
  } satisfies Record<DatasetView['adjustment'], string>,
);

@ObjectType({ implements: Node, description: 'One source of recorded market history.' })
export class Dataset implements Partial<DatasetView> {
  @Visible(OWNER_OR_SHARED, () => String, 'Name for people, unique among your own.')
  name!: string;

  @Visible(OWNER_OR_SHARED, () => DatasetKind, 'What it holds.')
  kind!: DatasetView['kind'];

  @Visible(OWNER_OR_SHARED, () => CandleInterval, 'Length of its candles; null: it holds ticks.', {
    nullable: true,
  })
  interval!: DatasetView['interval'];

  @Visible(OWNER_OR_SHARED, () => PriceAdjustment, 'Whether its prices were restated.')
  adjustment!: DatasetView['adjustment'];

  @Visible(OWNER_OR_SHARED, () => String, 'Where the figures come from.')
  source!: string;

  @Visible(OWNER_OR_SHARED, () => DateTime, 'When it was imported.')
  createdAt!: Date;
}

@Resolver(() => Dataset)
export class DatasetFields {
  @Derived(OWNER_OR_SHARED, () => Boolean, 'True: everyone sees it. False: an import of yours.')
  shared(@Root() dataset: DatasetView): boolean {
    return dataset.ownerId === null;
  }

  @Derived(OWNER_OR_SHARED, () => DateTime, 'Open of the first record; null: empty.', {
    nullable: true,
  })
  async from(@Root() dataset: DatasetView, @Ctx() { loaders }: Context) {
    return (await loaders.rangeOfDataset.load(dataset.id))?.from ?? null;
  }

  @Derived(OWNER_OR_SHARED, () => DateTime, 'End of the last record; null: empty.', {
    nullable: true,
  })
  async to(@Root() dataset: DatasetView, @Ctx() { loaders }: Context) {
    return (await loaders.rangeOfDataset.load(dataset.id))?.to ?? null;
  }

  @Derived(OWNER_OR_SHARED, () => [Instrument], 'What it holds figures of, by symbol.')
  async instruments(@Root() dataset: DatasetView, @Ctx() { loaders }: Context) {
    return (await loaders.instrumentsOfDataset.load(dataset.id)) ?? [];
  }
}

export const DatasetConnection = connectionOf('Dataset', () => Dataset);
