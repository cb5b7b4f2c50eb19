import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { findOwnOf } from '../../relay/find-own.ts';
import { Strategy } from './strategy.ts';

@Resolver()
export class StrategyQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => Strategy, {
    nullable: true,
    description: 'A strategy; null: there is none, or it is not yours.',
  })
  strategy(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Its id.' }) id: string) {
    return findOwnOf(context, 'Strategy', id);
  }
}
