import { Ctx, Query, Resolver } from 'type-graphql';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { Count } from '../../scalars/scalars.ts';

@Resolver()
export class EventSequenceQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => Count, {
    description:
      'Sequence of the newest of your events before anything else of this answer was read. Give it to a subscription as `after`, and nothing that happens after this answer is missed.',
  })
  eventSequence(@Ctx() { eventSequence }: Context): bigint {
    if (eventSequence === null) throw new Error('the door has not read the event sequence');
    return eventSequence;
  }
}
