import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { findOwnOf } from '../../relay/find-own.ts';
import { Agent } from './agent.ts';

@Resolver()
export class AgentQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => Agent, {
    nullable: true,
    description: 'An agent; null: there is none, or it is not yours.',
  })
  agent(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Its id.' }) id: string) {
    return findOwnOf(context, 'Agent', id);
  }
}
