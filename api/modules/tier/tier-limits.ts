import { Ctx, ObjectType, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, Visible } from '../../access/declare.ts';
import { READ, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { Count } from '../../scalars/scalars.ts';
import { SubscriptionTier } from '../account/user.ts';

@ObjectType({ description: 'What a tier allows; null: no limit.' })
export class TierLimits {
  @Visible(WITH_PARENT, () => SubscriptionTier, 'The tier.')
  tier!: UserView['tier'];

  @Visible(WITH_PARENT, () => Count, 'Strategies that are not deleted.', { nullable: true })
  strategies!: number | null;

  @Visible(WITH_PARENT, () => Count, 'Agents with a run under way or paused.', { nullable: true })
  runningAgents!: number | null;

  @Visible(WITH_PARENT, () => Count, 'Connections to live brokers.', { nullable: true })
  liveBrokers!: number | null;

  @Visible(WITH_PARENT, () => Count, 'API keys that have not ended.', { nullable: true })
  apiKeys!: number | null;

  @Visible(WITH_PARENT, () => Count, 'Operations a minute.')
  requestsPerMinute!: number;

  @Visible(WITH_PARENT, () => Count, 'Candles of one backtest.', { nullable: true })
  backtestCandles!: number | null;
}

@Resolver()
export class TierLimitsQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => [TierLimits], { description: 'What each tier allows, the smallest first.' })
  tierLimits(@Ctx() { ports }: Context) {
    return ports.reads.tierLimits();
  }
}
