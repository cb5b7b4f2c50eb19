import { Arg, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { RunView } from '@nandax/app/views/strategy.ts';
import { Access, Visible } from '../../access/declare.ts';
import { READ, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Count, DateTime } from '../../scalars/scalars.ts';
import { afterArgument, source } from '../../hub/source.ts';
import { Run } from './run.ts';

@ObjectType({ description: 'A run that changed.' })
export class RunUpdate {
  @Visible(WITH_PARENT, () => Count, 'Its place in your log, to go on behind it; null: progress.', {
    nullable: true,
  })
  sequence!: bigint | null;

  @Visible(WITH_PARENT, () => DateTime, 'When it happened, by the wall clock.')
  occurredAt!: Date;

  @Visible(WITH_PARENT, () => Run, 'The run as it was after the event.')
  run!: RunView;
}

@Resolver()
export class RunUpdatesSubscription {
  @Access(SIGNED_IN, READ)
  @Subscription(() => RunUpdate, {
    subscribe: source((hub, viewer, after) => hub.runUpdates(viewer.id, after)),
    description:
      'Where in their life your runs are, and how far backtests have come. Give `after` to have what was missed replayed first, in order, nothing lost or repeated.',
  })
  runUpdates(
    @Arg('after', () => Count, afterArgument) _after: bigint | null | undefined,
    @Root() update: RunUpdate,
  ): RunUpdate {
    return update;
  }
}
