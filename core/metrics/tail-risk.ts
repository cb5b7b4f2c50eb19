/** The share of the worst periods that value at risk and expected shortfall speak of. */
const tail = 0.05;

/**
 * The return that 5 % of the periods fell short of: the quantile of history, interpolated linearly
 * (source: empyrical `value_at_risk`). A fraction, negative when it is a loss; null without returns.
 */
export function valueAtRiskOf(returns: readonly number[]): number | null {
  const sorted = sortedOf(returns);
  const place = (sorted.length - 1) * tail;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * The mean of the worst 5 % of the periods, at least of one (source: empyrical
 * `conditional_value_at_risk`). A fraction, negative when it is a loss; null without returns.
 */
export function expectedShortfallOf(returns: readonly number[]): number | null {
  if (returns.length === 0) return null;
  const worst = sortedOf(returns).slice(0, Math.floor((returns.length - 1) * tail) + 1);
  return worst.reduce((sum, value) => sum + value, 0) / worst.length;
}

function sortedOf(returns: readonly number[]): number[] {
  return [...returns].sort((a, b) => a - b);
}
