import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { DatasetConnection } from './dataset.ts';

@Resolver()
export class DatasetsQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => DatasetConnection, { description: 'Shared datasets and your own, by name.' })
  datasets(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'datasetsOfUser', viewer.id, page);
  }
}
