import { Decimal } from 'decimal.js';

/** A part of a result that has one place in every dimension. Rupees. */
export interface Contribution {
  /** Before charges. */
  readonly grossPnl: Decimal;
  readonly charges: Decimal;
  readonly trades: number;
}

/** What the contributions under one key come to. */
export interface Attributed extends Contribution {
  readonly key: string;
  /** `grossPnl` less `charges`. */
  readonly netPnl: Decimal;
}

/**
 * Sums contributions by key, in the order of the keys. The parts always add up to the whole:
 * nothing is left out and nothing counts twice.
 */
export function attribute<T extends Contribution>(
  contributions: readonly T[],
  keyOf: (contribution: T) => string,
): Attributed[] {
  const byKey = new Map<string, Contribution>();
  for (const contribution of contributions) {
    const key = keyOf(contribution);
    const before = byKey.get(key) ?? nothing;
    byKey.set(key, {
      grossPnl: before.grossPnl.plus(contribution.grossPnl),
      charges: before.charges.plus(contribution.charges),
      trades: before.trades + contribution.trades,
    });
  }
  return [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, sums]) => ({ key, ...sums, netPnl: sums.grossPnl.minus(sums.charges) }));
}

const nothing: Contribution = { grossPnl: new Decimal(0), charges: new Decimal(0), trades: 0 };
