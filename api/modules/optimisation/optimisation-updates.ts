import { Arg, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { OptimisationView } from '@nandax/app/views/strategy.ts';
import { Access, Visible } from '../../access/declare.ts';
import { READ, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { afterArgument, source } from '../../hub/source.ts';
import { Count, DateTime } from '../../scalars/scalars.ts';
import { Optimisation } from './optimisation.ts';

@ObjectType({ description: 'An optimisation that changed.' })
export class OptimisationUpdate {
  @Visible(WITH_PARENT, () => Count, 'Its place in your log, to go on behind it; null: progress.', {
    nullable: true,
  })
  sequence!: bigint | null;

  @Visible(WITH_PARENT, () => DateTime, 'When it happened, by the wall clock.')
  occurredAt!: Date;

  @Visible(WITH_PARENT, () => Optimisation, 'The optimisation as it was after the event.')
  optimisation!: OptimisationView;
}

@Resolver()
export class OptimisationUpdatesSubscription {
  @Access(SIGNED_IN, READ)
  @Subscription(() => OptimisationUpdate, {
    subscribe: source((hub, viewer, after) => hub.optimisationUpdates(viewer.id, after)),
    description:
      'Where in their life your searches are, and how many trials are done. Give `after` to have what was missed replayed first, in order, nothing lost or repeated.',
  })
  optimisationUpdates(
    @Arg('after', () => Count, afterArgument) _after: bigint | null | undefined,
    @Root() update: OptimisationUpdate,
  ): OptimisationUpdate {
    return update;
  }
}
