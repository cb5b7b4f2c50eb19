import { Decimal } from 'decimal.js';

/** Limits on orders that open or enlarge a position; null: no limit. */
export interface RiskLimits {
  /** Rupees: opening units times reference price. */
  readonly maxOrderValue: Decimal | null;
  /** Opening units of one order. */
  readonly maxOrderQuantity: Decimal | null;
  /** Positions open at once, those with an entry on its way included. */
  readonly maxOpenPositions: Decimal | null;
}

/** No limit at all. */
export const noLimits: RiskLimits = {
  maxOrderValue: null,
  maxOrderQuantity: null,
  maxOpenPositions: null,
};

/** The limits of several scopes (platform, user, portfolio, ...) as one: the strictest of each. */
export function strictestLimits(scopes: Iterable<RiskLimits>): RiskLimits {
  let strictest = noLimits;
  for (const scope of scopes) {
    strictest = {
      maxOrderValue: lower(strictest.maxOrderValue, scope.maxOrderValue),
      maxOrderQuantity: lower(strictest.maxOrderQuantity, scope.maxOrderQuantity),
      maxOpenPositions: lower(strictest.maxOpenPositions, scope.maxOpenPositions),
    };
  }
  return strictest;
}

function lower(a: Decimal | null, b: Decimal | null): Decimal | null {
  if (a === null || b === null) return a ?? b;
  return Decimal.min(a, b);
}
