/** Bars as far as the loop reads them. */
export interface PlainBars {
  readonly length: number;
  readonly openTime: Float64Array;
  readonly closeTime: Float64Array;
  readonly open: Float64Array;
  readonly close: Float64Array;
}

/**
 * Two crossing averages, all-in both ways, filled at the next open, and every statistic of the engine's
 * standard convention: by hand, for this one strategy, with running sums and nothing that could be left
 * out.
 */
export function plainCrossover(bars: PlainBars, fast: number, slow: number, cash: number) {
  const { length, closeTime, open, close } = bars;
  const equity = new Float64Array(length);
  const held = new Uint8Array(length);
  const [pnl, hours]: [number[], number[]] = [[], []];
  let [quick, calm, before, units, entry, entered, wanted] = [0, 0, NaN, 0, 0, 0, 0];
  let money = cash;
  for (let bar = 0; bar < length; bar += 1) {
    if (wanted !== 0) {
      const price = open[bar] as number;
      if (units !== 0) {
        const gain = units * (price - entry);
        money += gain;
        pnl.push(gain);
        hours.push((closeTime[bar] as number) - (closeTime[entered] as number));
      }
      units = Math.floor((money * (1 - Number.EPSILON)) / price) * wanted;
      entry = price;
      entered = bar;
      wanted = 0;
    }
    const price = close[bar] as number;
    quick += price - (bar >= fast ? (close[bar - fast] as number) : 0);
    calm += price - (bar >= slow ? (close[bar - slow] as number) : 0);
    equity[bar] = money + units * (price - entry);
    if (units !== 0) held[bar] = 1;
    if (bar < slow - 1) continue;
    const [first, second] = [quick / fast, calm / slow];
    // Sums that run on drift by a hair.
    const now = Math.abs(first - second) <= 1e-9 * Math.max(first, second) ? 0 : first - second;
    // From a touch a curve may turn back to where it came from: that is held already.
    if (before <= 0 && now > 0 && units <= 0) wanted = 1;
    else if (before >= 0 && now < 0 && units >= 0) wanted = -1;
    before = now;
  }
  return { ...curveOf(bars, equity, cash), ...tradesOf(pnl, hours), exposure: mean(held) };
}

function curveOf({ length, closeTime, close }: PlainBars, equity: Float64Array, cash: number) {
  const returns: number[] = [];
  const market: number[] = [];
  let [peak, deepest, previous, previousClose] = [cash, 0, cash, close[0] as number];
  let [peakAt, from, trough] = [0, 0, 0];
  let day = Math.floor(((closeTime[0] as number) + 19_800_000) / 86_400_000);
  for (let bar = 0; bar < length; bar += 1) {
    const value = equity[bar] as number;
    if (value >= peak) {
      peak = value;
      peakAt = bar;
    } else if (value / peak - 1 < deepest) {
      deepest = value / peak - 1;
      from = peakAt;
      trough = bar;
    }
    const next = Math.floor(((closeTime[bar + 1] ?? Infinity) + 19_800_000) / 86_400_000);
    if (next === day) continue;
    day = next;
    returns.push(value / previous - 1);
    market.push((close[bar] as number) / previousClose - 1);
    previous = value;
    previousClose = close[bar] as number;
  }
  const average = mean(returns);
  const deviation = Math.sqrt(squares(returns, average) / (returns.length - 1));
  let [growth, shortfall] = [1, 0];
  for (const value of returns) {
    growth *= 1 + value;
    shortfall += Math.min(value, 0) ** 2;
  }
  const annual = growth ** (252 / returns.length) - 1;
  const sorted = Float64Array.from(returns).sort();
  const tail = Math.floor(sorted.length / 20);
  const averageMarket = mean(market);
  let both = 0;
  returns.forEach((value, index) => {
    both += (value - average) * ((market[index] as number) - averageMarket);
  });
  const spread = squares(market, averageMarket);
  const beta = both / spread;
  return {
    total: growth - 1,
    annual,
    volatility: deviation * Math.sqrt(252),
    sharpeRatio: (average / deviation) * Math.sqrt(252),
    sortinoRatio: (average / Math.sqrt(shortfall / returns.length)) * Math.sqrt(252),
    calmarRatio: annual / -deepest,
    deepest,
    from,
    trough,
    valueAtRisk: sorted[tail] ?? NaN,
    expectedShortfall: mean(sorted.subarray(0, tail)),
    beta,
    alpha: (1 + average - beta * averageMarket) ** 252 - 1,
    correlation: both / Math.sqrt(spread * squares(returns, average)),
    buyAndHold: (close[length - 1] as number) / (close[0] as number) - 1,
  };
}

function tradesOf(pnl: readonly number[], hours: readonly number[]) {
  const won = pnl.filter((value) => value > 0);
  const lost = pnl.filter((value) => value < 0);
  const average = mean(pnl);
  return {
    trades: pnl.length,
    winRate: won.length / pnl.length,
    profitFactor: (mean(won) * won.length) / -(mean(lost) * lost.length),
    expectancy: average,
    averageWin: mean(won),
    averageLoss: mean(lost),
    holding: mean(hours),
    quality:
      (average / Math.sqrt(squares(pnl, average) / (pnl.length - 1))) * Math.sqrt(pnl.length),
  };
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] as number;
  return sum / values.length;
}

function squares(values: ArrayLike<number>, average: number): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) {
    sum += ((values[index] as number) - average) ** 2;
  }
  return sum;
}
