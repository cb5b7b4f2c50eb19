import type { Actor } from '../actor.ts';
import type { ApiScope } from '../ports/api-keys.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';

/** The API key may not do that. */
export interface ScopeMissing {
  readonly kind: 'SCOPE_MISSING';
  readonly scope: ApiScope;
}

/** Why an API key may not trade in a portfolio: paper and live money ask for scopes of their own. */
export function missingTradeScope(
  actor: Actor,
  { kind }: Pick<LockedPortfolio, 'kind'>,
): ScopeMissing | null {
  const scope = kind === 'LIVE' ? 'LIVE_TRADE' : 'PAPER_TRADE';
  if (actor.kind !== 'API_KEY' || actor.scopes.has(scope)) return null;
  return { kind: 'SCOPE_MISSING', scope };
}

/** As above, for setting an agent to work: on paper its own scope is enough. */
export function missingLiveScope(
  actor: Actor,
  portfolio: Pick<LockedPortfolio, 'kind'>,
): ScopeMissing | null {
  return portfolio.kind === 'LIVE' ? missingTradeScope(actor, portfolio) : null;
}
