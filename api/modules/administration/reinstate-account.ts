import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { reinstateAccount } from '@nandax/app/administration/reinstate-account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { ADMIN, NO_KEY } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { ManagedAccount } from './managed-account.ts';

@InputType({ description: 'An account to open again.' })
class ReinstateAccountInput {
  @InputField(() => ID, 'The account.')
  id!: string;
}

const ReinstateAccountResult = resultUnion(
  'ReinstateAccountResult',
  'The account as it stands now, or why it was not changed.',
  () => ManagedAccount,
  [IllegalState, NotFound],
);

@Resolver()
export class ReinstateAccountMutation {
  @Access(ADMIN, NO_KEY)
  @Mutation(() => ReinstateAccountResult, {
    description: 'Opens a suspended account again; its agents stay stopped. For administrators.',
  })
  async reinstateAccount(
    @Person() actor: UserActor,
    @Ctx() context: Context,
    @Arg('input', () => ReinstateAccountInput, { description: 'Which account.' })
    input: ReinstateAccountInput,
  ) {
    const userId = localIdOf('ManagedAccount', input.id);
    const result = await reinstateAccount(context.ports, { actor, userId });
    return answer(context, 'ManagedAccount', result);
  }
}
