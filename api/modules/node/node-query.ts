import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { findOwn } from '../../relay/find-own.ts';
import { Node } from '../../relay/node.ts';

@Resolver()
export class NodeQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => Node, {
    nullable: true,
    description: 'Any object by its id; null: there is none, or it is not yours.',
  })
  node(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Its id.' }) id: string) {
    return findOwn(context, id);
  }
}
