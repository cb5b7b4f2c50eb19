import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { findOwnOf } from '../../relay/find-own.ts';
import { Run } from './run.ts';

@Resolver()
export class RunQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => Run, {
    nullable: true,
    description: 'A run of any kind; null: there is none, or it is not yours.',
  })
  run(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Its id.' }) id: string) {
    return findOwnOf(context, 'Run', id);
  }
}
