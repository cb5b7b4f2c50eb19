import { ObjectType } from 'type-graphql';
import { candleAt, type CandleColumns } from '@nandax/core/market/candles.ts';
import type { TimeFrame as TimeFrameName } from '@nandax/core/market/time-frame.ts';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { Count, DateTime, Price } from '../../scalars/scalars.ts';

export const TimeFrame = enumOf(
  'TimeFrame',
  'Length of a bar. Bars are aligned to the open of the session, not to the clock’s hours.',
  {
    ONE_MINUTE: '1 minute.',
    THREE_MINUTES: '3 minutes.',
    FIVE_MINUTES: '5 minutes.',
    TEN_MINUTES: '10 minutes.',
    FIFTEEN_MINUTES: '15 minutes.',
    THIRTY_MINUTES: '30 minutes.',
    ONE_HOUR: '60 minutes; the last of a day ends with the session.',
    ONE_DAY: 'One session.',
  } satisfies Record<TimeFrameName, string>,
);

@ObjectType({ description: 'The prices of one bar.' })
export class Candle {
  @Visible(WITH_PARENT, () => DateTime, 'When the bar opens.')
  openTime!: Date;

  @Visible(WITH_PARENT, () => Price, 'First price.')
  open!: number;

  @Visible(WITH_PARENT, () => Price, 'Highest price.')
  high!: number;

  @Visible(WITH_PARENT, () => Price, 'Lowest price.')
  low!: number;

  @Visible(WITH_PARENT, () => Price, 'Last price.')
  close!: number;

  @Visible(WITH_PARENT, () => Count, 'Units traded within the bar; null: not known.', {
    nullable: true,
  })
  volume!: number | null;
}

/** Columns as a list of candles; unknown volume is null. */
export function candlesOf(columns: CandleColumns) {
  return Array.from({ length: columns.length }, (_, row) => {
    const candle = candleAt(columns, row);
    return {
      ...candle,
      openTime: new Date(candle.openTime),
      volume: Number.isNaN(candle.volume) ? null : candle.volume,
    };
  });
}
