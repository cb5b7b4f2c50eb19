import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { AgentConnection, AgentStatus } from './agent.ts';

@Resolver()
export class AgentsQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => AgentConnection, { description: 'Your agents, newest first.' })
  agents(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('status', () => AgentStatus, { nullable: true, description: 'Only those in this status.' })
    status?: keyof typeof AgentStatus | null,
  ) {
    return connect(loaders, 'agentsOfUser', viewer.id, page, status);
  }
}
