import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { RunConnection, RunKind } from './run.ts';

@Resolver()
export class RunsQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => RunConnection, { description: 'Your runs of any kind, newest first.' })
  runs(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('kind', () => RunKind, { nullable: true, description: 'Only those of this kind.' })
    kind?: keyof typeof RunKind | null,
  ) {
    return connect(loaders, 'runsOfUser', viewer.id, page, kind);
  }
}
