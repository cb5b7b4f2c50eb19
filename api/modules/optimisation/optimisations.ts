import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { findOwnOf } from '../../relay/find-own.ts';
import { Optimisation, OptimisationConnection } from './optimisation.ts';

@Resolver()
export class OptimisationQueries {
  @Access(SIGNED_IN, READ)
  @Query(() => Optimisation, {
    nullable: true,
    description: 'A search of parameters; null: there is none, or it is not yours.',
  })
  optimisation(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ) {
    return findOwnOf(context, 'Optimisation', id);
  }

  @Access(SIGNED_IN, READ)
  @Query(() => OptimisationConnection, { description: 'Your searches, newest first.' })
  optimisations(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'optimisationsOfUser', viewer.id, page);
  }
}
