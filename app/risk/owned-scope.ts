import type { RiskScope } from '@nandax/core/risk/risk-limits.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** Who sets limits, releases locks and pulls kill switches. */
export interface RiskOwner {
  readonly userId: string;
  /** Whether what concerns the whole installation is theirs too. */
  readonly administrates: boolean;
}

/**
 * Whether a scope is somebody's: themselves, a portfolio, an agent or a strategy of theirs; of
 * administrators the platform.
 */
export async function ownsScope(
  rows: StoreTransaction,
  { userId, administrates }: RiskOwner,
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
      return administrates;
  }
}
