import type { RiskScope } from '@nandax/core/risk/risk-limits.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** Whether a scope is the user's: themselves, or a portfolio, an agent or a strategy of theirs. */
export async function ownsScope(
  rows: StoreTransaction,
  userId: string,
  { scope, scopeId }: { readonly scope: RiskScope; readonly scopeId: string },
): Promise<boolean> {
  switch (scope) {
    case 'AGENT':
      return (await rows.runs.findAgent(scopeId, userId)) !== null;
    case 'STRATEGY':
      return (await rows.runs.latestVersion(scopeId, userId)) !== null;
    case 'PORTFOLIO':
      return rows.runs.ownsPortfolio(scopeId, userId);
    case 'USER':
      return scopeId === userId;
    case 'PLATFORM':
      return false;
  }
}
