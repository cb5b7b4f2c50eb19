import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { ADMIN, NO_KEY } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { JobFailureConnection, JobFailureStatus } from './job-failure.ts';

@Resolver()
export class JobFailuresQuery {
  @Access(ADMIN, NO_KEY)
  @Query(() => JobFailureConnection, {
    description: 'Jobs that used up their attempts, the latest failure first. For administrators.',
  })
  jobFailures(
    @Viewer() viewer: UserView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('status', () => JobFailureStatus, {
      nullable: true,
      description: 'Only those that stand so.',
    })
    status?: keyof typeof JobFailureStatus | null,
  ) {
    return connect(loaders, 'jobFailures', viewer.id, page, status ?? null);
  }
}
