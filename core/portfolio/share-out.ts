import { Decimal } from 'decimal.js';

const paisa = new Decimal('0.01');

/**
 * Shares an amount of rupees (2 decimals) out by weights, each share in whole paise and all of them
 * together exactly the amount: what rounding leaves goes to those who lost most by it (the largest
 * remainder). Weights may be negative where the amount nets positions against each other; where they
 * sum to nothing, all weigh the same.
 */
export function shareOut(amount: Decimal, weights: readonly Decimal[]): Decimal[] {
  if (weights.length === 0) return [];
  const total = Decimal.sum(...weights);
  const exact = weights.map((weight) =>
    total.isZero() ? amount.dividedBy(weights.length) : amount.times(weight).dividedBy(total),
  );
  const shares = exact.map((share) => share.toDecimalPlaces(2, Decimal.ROUND_FLOOR));
  const left = amount
    .minus(Decimal.sum(...shares))
    .dividedBy(paisa)
    .round()
    .toNumber();
  const lost = exact
    .map((share, index) => ({ index, remainder: share.minus(shares[index] ?? 0) }))
    .sort((a, b) => b.remainder.comparedTo(a.remainder) || a.index - b.index);
  for (let paise = 0; paise < left; paise += 1) {
    const { index } = lost[paise % lost.length] ?? { index: 0 };
    shares[index] = (shares[index] ?? new Decimal(0)).plus(paisa);
  }
  return shares;
}
