import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { changeTier } from '@nandax/app/administration/change-tier.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { ADMIN, NO_KEY } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { SubscriptionTier } from '../account/user.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { ManagedAccount } from './managed-account.ts';

@InputType({ description: 'An account and its new plan.' })
class ChangeTierInput {
  @InputField(() => ID, 'The account.')
  id!: string;

  @InputField(() => SubscriptionTier, 'Its plan from now on.')
  tier!: UserView['tier'];
}

const ChangeTierResult = resultUnion(
  'ChangeTierResult',
  'The account as it stands now, or why it was not changed.',
  () => ManagedAccount,
  [IllegalState, NotFound],
);

@Resolver()
export class ChangeTierMutation {
  @Access(ADMIN, NO_KEY)
  @Mutation(() => ChangeTierResult, {
    description:
      'Gives another account a plan; what it has beyond its limits stays. For administrators.',
  })
  async changeTier(
    @Person() actor: UserActor,
    @Ctx() context: Context,
    @Arg('input', () => ChangeTierInput, { description: 'Which account.' })
    input: ChangeTierInput,
  ) {
    const userId = localIdOf('ManagedAccount', input.id);
    const result = await changeTier(context.ports, { actor, userId, tier: input.tier });
    return answer(context, 'ManagedAccount', result);
  }
}
