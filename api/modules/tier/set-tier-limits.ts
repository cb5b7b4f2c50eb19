import { Arg, Ctx, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { setTierLimits } from '@nandax/app/administration/set-tier-limits.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { ADMIN, NO_KEY } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { SubscriptionTier } from '../account/user.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { TierLimits } from './tier-limits.ts';

const noLimit = { nullable: true };

@InputType({ description: 'All limits of a tier, said anew; left out or null: no limit.' })
class SetTierLimitsInput {
  @InputField(() => SubscriptionTier, 'The tier.')
  tier!: UserView['tier'];

  @InputField(() => Int, 'Strategies that are not deleted.', noLimit)
  strategies?: number | null;

  @InputField(() => Int, 'Agents with a run under way or paused.', noLimit)
  runningAgents?: number | null;

  @InputField(() => Int, 'Connections to live brokers.', noLimit)
  liveBrokers?: number | null;

  @InputField(() => Int, 'API keys that have not ended.', noLimit)
  apiKeys?: number | null;

  @InputField(() => Int, 'Operations a minute, at least 1.')
  requestsPerMinute!: number;

  @InputField(() => Int, 'Candles of one backtest.', noLimit)
  backtestCandles?: number | null;
}

const SetTierLimitsResult = resultUnion(
  'SetTierLimitsResult',
  'What the tier allows now, or why that was not changed.',
  () => TierLimits,
  [InvalidInput],
);

@Resolver()
export class SetTierLimitsMutation {
  @Access(ADMIN, NO_KEY)
  @Mutation(() => SetTierLimitsResult, {
    description: 'Says what a tier allows; what users have beyond it stays. For administrators.',
  })
  async setTierLimits(
    @Person() actor: UserActor,
    @Ctx() { ports }: Context,
    @Arg('input', () => SetTierLimitsInput, { description: 'The tier and its limits.' })
    { tier, ...asked }: SetTierLimitsInput,
  ) {
    const limits = {
      strategies: asked.strategies ?? null,
      runningAgents: asked.runningAgents ?? null,
      liveBrokers: asked.liveBrokers ?? null,
      apiKeys: asked.apiKeys ?? null,
      requestsPerMinute: asked.requestsPerMinute,
      backtestCandles: asked.backtestCandles ?? null,
    };
    const result = await setTierLimits(ports, { actor, tier, limits });
    return result.ok
      ? { __typename: 'TierLimits', tier, ...limits }
      : contractFailure(result.failure);
  }
}
