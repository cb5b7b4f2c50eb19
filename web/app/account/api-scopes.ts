import type { ApiKeyScope } from '../generated/graphql.ts';

/** What an API key may do, from looking to trading with money. */
export const apiScopes: readonly {
  readonly scope: ApiKeyScope;
  /** As documents and scripts write it. */
  readonly name: string;
  readonly words: string;
}[] = [
  {
    scope: 'READ',
    name: 'read',
    words: 'See everything of yours: strategies, orders, portfolios.',
  },
  {
    scope: 'STRATEGIES_WRITE',
    name: 'strategies:write',
    words: 'Make, change and delete strategies.',
  },
  {
    scope: 'BACKTESTS_RUN',
    name: 'backtests:run',
    words: 'Import history, run backtests and cancel them.',
  },
  {
    scope: 'AGENTS_CONTROL',
    name: 'agents:control',
    words: 'Make, start, pause and stop agents and replays.',
  },
  {
    scope: 'SIGNALS_SUBMIT',
    name: 'signals:submit',
    words: 'Send signals to agents. Nothing takes them in this version.',
  },
  { scope: 'PAPER_TRADE', name: 'paper:trade', words: 'Place orders with paper money.' },
  {
    scope: 'LIVE_TRADE',
    name: 'live:trade',
    words: 'Place orders with your broker, with real money.',
  },
  {
    scope: 'RISK_HALT',
    name: 'risk:halt',
    words: 'Pull the kill switch, never release it.',
  },
];

/** The scope's name as scripts write it. */
export function scopeName(scope: ApiKeyScope): string {
  return apiScopes.find((each) => each.scope === scope)?.name ?? scope;
}
