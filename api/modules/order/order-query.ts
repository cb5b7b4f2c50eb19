import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { findOwnOf } from '../../relay/find-own.ts';
import { Order } from './order.ts';

@Resolver()
export class OrderQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => Order, {
    nullable: true,
    description: 'An order; null: there is none, or it is not yours.',
  })
  order(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Its id.' }) id: string) {
    return findOwnOf(context, 'Order', id);
  }
}
