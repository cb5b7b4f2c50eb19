import { Ctx, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { Decimal as DecimalNumber } from 'decimal.js';
import type { QuoteView, ReplaySessionView } from '@nandax/app/views/market.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { connectionOf } from '../../relay/connection.ts';
import { globalIdOf } from '../../relay/global-id.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { Count, DateTime, Decimal, Price } from '../../scalars/scalars.ts';
import { Dataset } from '../dataset/dataset.ts';
import { Instrument } from '../instrument/instrument.ts';
import { FillModel } from './fill-model.ts';

export const ReplayState = enumOf('ReplayState', 'The life of a replay.', {
  READY: 'Made, not started.',
  RUNNING: 'Giving ticks.',
  PAUSED: 'Held; it goes on from where it stands.',
  FINISHED: 'Came to the end of its range.',
  STOPPED: 'Ended by its user.',
  ERROR: 'Ended by a fault; the reason is told.',
} satisfies Record<ReplaySessionView['state'], string>);

@ObjectType({ description: 'A price of an instrument at an instant of its feed.' })
export class Tick {
  @Visible(WITH_PARENT, () => ID, 'The feed: a replay session’s id.')
  feedId!: string;

  @Visible(WITH_PARENT, () => Instrument, 'What was traded.')
  instrument!: object;

  @Visible(WITH_PARENT, () => DateTime, 'When, by the feed’s clock.')
  time!: Date;

  @Visible(WITH_PARENT, () => Price, 'The price.')
  price!: number;

  @Visible(WITH_PARENT, () => Count, 'Units traded so far that day; null: not known.', {
    nullable: true,
  })
  volume!: number | null;
}

@ObjectType({ description: 'The last known price of an instrument on a feed.' })
export class Quote {
  @Visible(WITH_PARENT, () => Price, 'The price.')
  lastPrice!: QuoteView['lastPrice'];

  @Visible(WITH_PARENT, () => Count, 'Units traded so far that day; null: not known.', {
    nullable: true,
  })
  volume!: QuoteView['volume'];

  @Visible(WITH_PARENT, () => DateTime, 'When, by the feed’s clock.')
  time!: Date;
}

@Resolver(() => Quote)
export class QuoteFields {
  @Derived(WITH_PARENT, () => Instrument, 'What it is the price of.')
  instrument(@Root() quote: QuoteView, @Ctx() { loaders }: Context) {
    return loaders.instrument.load(quote.instrumentId);
  }
}

@ObjectType({
  implements: Node,
  description:
    'Recorded history played as a market of its own, with its own clock. At real-time speed or faster; above real time each bar waits until its orders have settled.',
})
export class ReplaySession implements Partial<ReplaySessionView> {
  @Visible(OWNER, () => String, 'Name for people.')
  name!: string;

  @Visible(OWNER, () => Decimal, 'Multiple of real time; null: as fast as possible.', {
    nullable: true,
  })
  speed!: ReplaySessionView['speed'];

  @Visible(
    OWNER,
    () => Int,
    'Seed of everything that is drawn by lot; the same seed, the same replay.',
  )
  seed!: number;

  @Visible(OWNER, () => FillModel, 'How orders fill on it.')
  fillModel!: ReplaySessionView['fillModel'];

  @Visible(OWNER, () => ReplayState, 'Where in its life it is.')
  state!: ReplaySessionView['state'];

  @Visible(OWNER, () => String, 'Why it is in this state, where there is more to say.', {
    nullable: true,
  })
  stateReason!: string | null;

  @Visible(OWNER, () => Count, 'Ticks thrown away because their time ran backwards.')
  droppedTicks!: number;

  @Visible(OWNER, () => DateTime, 'When it was made.')
  createdAt!: Date;
}

@Resolver(() => ReplaySession)
export class ReplaySessionFields {
  @Derived(OWNER, () => DateTime, 'Beginning of its range, market time.')
  from(@Root() session: ReplaySessionView): Date {
    return session.rangeFrom;
  }

  @Derived(OWNER, () => DateTime, 'End of its range, market time; itself not replayed.')
  to(@Root() session: ReplaySessionView): Date {
    return session.rangeTo;
  }

  @Derived(OWNER, () => DateTime, 'The market clock: all before it is done. Null: not started.', {
    nullable: true,
  })
  marketTime(@Root() session: ReplaySessionView): Date | null {
    return session.cursor;
  }

  @Derived(OWNER, () => Decimal, 'How much of the range has passed, 0 to 100, by market time.')
  progressPercent(@Root() { cursor, rangeFrom, rangeTo, state }: ReplaySessionView): DecimalNumber {
    if (state === 'FINISHED') return new DecimalNumber(100);
    if (cursor === null) return new DecimalNumber(0);
    return new DecimalNumber(cursor.getTime() - rangeFrom.getTime())
      .dividedBy(rangeTo.getTime() - rangeFrom.getTime())
      .times(100)
      .clamp(0, 100)
      .toDecimalPlaces(2, DecimalNumber.ROUND_DOWN);
  }

  @Derived(OWNER, () => Dataset, 'The history it plays.')
  dataset(@Root() session: ReplaySessionView, @Ctx() { loaders }: Context) {
    return loaders.dataset.load(session.datasetId);
  }

  @Derived(OWNER, () => [Instrument], 'What it gives ticks of.')
  async instruments(@Root() session: ReplaySessionView, @Ctx() { loaders }: Context) {
    return (await loaders.instrumentsOfReplay.load(session.id)) ?? [];
  }

  @Derived(OWNER, () => [Quote], 'Last price of each instrument that has one.')
  async quotes(@Root() session: ReplaySessionView, @Ctx() { loaders }: Context) {
    return (await loaders.quotesOfFeed.load(session.id)) ?? [];
  }
}

/** Id by which a feed is named to clients: that of its replay session. */
export function feedIdOf(feedId: string): string {
  return globalIdOf('ReplaySession', feedId);
}

export const ReplaySessionConnection = connectionOf('ReplaySession', () => ReplaySession);
