import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { findOwnOf } from '../../relay/find-own.ts';
import { ReplaySession } from './replay-session.ts';

@Resolver()
export class ReplaySessionQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => ReplaySession, {
    nullable: true,
    description: 'A replay session; null: there is none, or it is not yours.',
  })
  replaySession(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ) {
    return findOwnOf(context, 'ReplaySession', id);
  }
}
