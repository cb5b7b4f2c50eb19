import type { TierLimit } from '../generated/graphql.ts';

/** What a tier limits, in plain words. */
export const limitNames: Readonly<Record<TierLimit, string>> = {
  STRATEGIES: 'Strategies',
  RUNNING_AGENTS: 'Running agents',
  LIVE_BROKERS: 'Live brokers',
  API_KEYS: 'API keys',
  REQUESTS_PER_MINUTE: 'Requests a minute',
  BACKTEST_CANDLES: 'Candles of one backtest',
};
