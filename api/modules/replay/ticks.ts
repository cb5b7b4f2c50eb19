import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { badInputError, notFoundError } from '../../errors/graphql-errors.ts';
import type { TickUpdate } from '../../hub/tick-source.ts';
import { findOwnOf } from '../../relay/find-own.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { feedIdOf, Tick } from './replay-session.ts';

const maxInstruments = 200;

interface TicksArguments {
  readonly feedId: string;
  readonly instrumentIds: readonly string[];
}

async function openTicks({ context, args }: { context: Context; args: TicksArguments }) {
  if (args.instrumentIds.length > maxInstruments) {
    throw badInputError(`At most ${maxInstruments} instruments in one subscription.`);
  }
  const feed = await findOwnOf(context, 'ReplaySession', args.feedId);
  if (feed === null) throw notFoundError();
  const instrumentIds = args.instrumentIds.map((id) => localIdOf('Instrument', id));
  return context.hub.ticks(feed.id, instrumentIds);
}

@Resolver()
export class TicksSubscription {
  @Access(SIGNED_IN, READ)
  @Subscription(() => [Tick], {
    subscribe: openTicks,
    description:
      'Prices of a feed as they come, in batches: the latest of each instrument wins when a reader is slow.',
  })
  async ticks(
    @Arg('feedId', () => ID, { description: 'The feed: a replay session’s id.' }) _feedId: string,
    @Arg('instrumentIds', () => [ID], {
      description: `Of which instruments, at most ${maxInstruments}.`,
    })
    _instrumentIds: string[],
    @Root() update: TickUpdate,
  ) {
    const instruments = await update.loaders.instrument.loadMany(
      update.ticks.map((tick) => tick.instrumentId),
    );
    return update.ticks.map((tick, index) => ({
      ...tick,
      feedId: feedIdOf(update.feedId),
      instrument: instruments[index],
    }));
  }
}
