import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Access } from '../../access/declare.ts';
import { ADMIN, NO_KEY } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { loadView } from '../../relay/find-own.ts';
import { readGlobalId } from '../../relay/global-id.ts';
import { ManagedAccount } from './managed-account.ts';

@Resolver()
export class AccountQuery {
  @Access(ADMIN, NO_KEY)
  @Query(() => ManagedAccount, {
    nullable: true,
    description: 'An account of this installation; null: there is none. For administrators.',
  })
  account(
    @Ctx() { loaders }: Context,
    @Arg('id', () => ID, { description: 'Its id.' }) globalId: string,
  ) {
    const parts = readGlobalId(globalId);
    return parts?.entity === 'ManagedAccount'
      ? loadView(loaders, 'ManagedAccount', parts.id)
      : null;
  }
}
