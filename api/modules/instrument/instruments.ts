import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { InstrumentConnection } from './instrument.ts';

@Resolver()
export class InstrumentsQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => InstrumentConnection, {
    description: 'Shared instruments and your own, by symbol.',
  })
  instruments(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('search', () => String, {
      nullable: true,
      description: 'Only those whose symbol or name contains this text, whatever its case.',
    })
    search?: string | null,
  ) {
    const text = search?.trim() ?? '';
    return connect(loaders, 'instrumentsOfUser', viewer.id, page, text === '' ? null : text);
  }
}
