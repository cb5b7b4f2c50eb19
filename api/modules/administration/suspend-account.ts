import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { suspendAccount } from '@nandax/app/administration/suspend-account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { ADMIN, NO_KEY } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { ManagedAccount } from './managed-account.ts';

@InputType({ description: 'An account to close.' })
class SuspendAccountInput {
  @InputField(() => ID, 'The account.')
  id!: string;

  @InputField(() => String, 'Why, 1 to 200 characters; kept with the account.')
  reason!: string;
}

const SuspendAccountResult = resultUnion(
  'SuspendAccountResult',
  'The account as it stands now, or why it was not changed.',
  () => ManagedAccount,
  [IllegalState, InvalidInput, NotFound],
);

@Resolver()
export class SuspendAccountMutation {
  @Access(ADMIN, NO_KEY)
  @Mutation(() => SuspendAccountResult, {
    description:
      'Closes an account: its sessions, sockets and keys end, its agents stop, its orders may only reduce. For administrators.',
  })
  async suspendAccount(
    @Person() actor: UserActor,
    @Ctx() context: Context,
    @Arg('input', () => SuspendAccountInput, { description: 'Which account.' })
    input: SuspendAccountInput,
  ) {
    const userId = localIdOf('ManagedAccount', input.id);
    const result = await suspendAccount(context.ports, { actor, userId, reason: input.reason });
    return answer(context, 'ManagedAccount', result);
  }
}
