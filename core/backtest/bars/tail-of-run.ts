import { barsBetween } from './bars-between.ts';
import { barsMarketOf, type BarsMarket } from './bars-market.ts';
import type { BarsResult } from './bars-result.ts';

/** Ends of markets that were cut off before, since many runs begin at one point of one market. */
const tails = new WeakMap<BarsMarket, { readonly from: number; readonly market: BarsMarket }>();

/** A run that decided nothing before point `from`, without the points before it. */
export function tailOfRun(run: BarsResult, from: number): BarsResult {
  if (from === 0) return run;
  const { market, trades, openTrades, orders } = run;
  return {
    ...run,
    market: tailOfMarket(market, from),
    orders: orders.map((order) => ({ ...order, point: order.point - from })),
    trades: {
      ...trades,
      entryBar: trades.entryBar.map((bar) => bar - from),
      exitBar: trades.exitBar.map((bar) => bar - from),
    },
    openTrades: openTrades.map((trade) => ({ ...trade, entryBar: trade.entryBar - from })),
    equity: run.equity.subarray(from),
    firstWholePoint: Math.max(0, run.firstWholePoint - from),
    ruinedAt: run.ruinedAt === null ? null : run.ruinedAt - from,
  };
}

function tailOfMarket(whole: BarsMarket, from: number): BarsMarket {
  const known = tails.get(whole);
  if (known?.from === from) return known.market;
  const [first = NaN, last = NaN] = [whole.time[from], whole.time.at(-1)];
  const instruments = whole.instruments.map((instrument) => ({
    ...instrument,
    bars: barsBetween(instrument.bars, first, last),
  }));
  const market = barsMarketOf(instruments, whole.references, whole.calendar);
  tails.set(whole, { from, market });
  return market;
}
