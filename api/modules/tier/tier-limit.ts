import { ObjectType } from 'type-graphql';
import type { TierLimitName } from '@nandax/app/ports/tiers.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { Count } from '../../scalars/scalars.ts';
import { SubscriptionTier } from '../account/user.ts';
import { Failure } from '../failure/failure.ts';

export const TierLimit = enumOf('TierLimit', 'What a tier limits.', {
  STRATEGIES: 'Strategies that are not deleted.',
  RUNNING_AGENTS: 'Agents with a run under way or paused.',
  LIVE_BROKERS: 'Connections to live brokers.',
  API_KEYS: 'API keys that are neither revoked nor expired.',
  REQUESTS_PER_MINUTE: 'Operations a minute, over HTTP and WebSocket together.',
  BACKTEST_CANDLES: 'Candles of one backtest, of all its instruments together.',
});

/** The contract's name of each limit. */
export const limitNames: { readonly [L in TierLimitName]: keyof typeof TierLimit } = {
  strategies: 'STRATEGIES',
  runningAgents: 'RUNNING_AGENTS',
  liveBrokers: 'LIVE_BROKERS',
  apiKeys: 'API_KEYS',
  requestsPerMinute: 'REQUESTS_PER_MINUTE',
  backtestCandles: 'BACKTEST_CANDLES',
};

/** What each limit counts, in words. */
export const limitWords: { readonly [L in TierLimitName]: string } = {
  strategies: 'strategies',
  runningAgents: 'running agents',
  liveBrokers: 'live brokers',
  apiKeys: 'API keys',
  requestsPerMinute: 'requests a minute',
  backtestCandles: 'candles a backtest',
};

@ObjectType({
  implements: Failure,
  description: 'Your tier allows no more of this; nothing was done.',
})
export class TierLimitReached extends Failure {
  @Visible(WITH_PARENT, () => TierLimit, 'What is limited.')
  limit!: keyof typeof TierLimit;

  @Visible(WITH_PARENT, () => SubscriptionTier, 'Your tier.')
  tier!: UserView['tier'];

  @Visible(WITH_PARENT, () => Count, 'How many it allows.')
  allowed!: number;

  @Visible(WITH_PARENT, () => Count, 'How many there would have been.')
  asked!: number;
}
