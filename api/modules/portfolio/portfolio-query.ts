import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { findOwnOf } from '../../relay/find-own.ts';
import { Portfolio } from './portfolio.ts';

@Resolver()
export class PortfolioQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => Portfolio, {
    nullable: true,
    description: 'A portfolio; null: there is none, or it is not yours.',
  })
  portfolio(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Its id.' }) id: string) {
    return findOwnOf(context, 'Portfolio', id);
  }
}
