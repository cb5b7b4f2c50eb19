import { postingsOfSettlement } from '@nandax/core/portfolio/postings.ts';
import { isSettledDaily, openGainOf } from '@nandax/core/portfolio/settlement.ts';
import { portfolioEvent } from '../orders/order-event.ts';
import type { EventDraft } from '../ports/events.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { IdSource } from '../ports/world.ts';

/** The evening whose gains are paid. */
export interface Evening {
  readonly portfolioId: string;
  readonly feedId: string;
  /** `YYYY-MM-DD`. */
  readonly throughDay: string;
  /** Market time. */
  readonly closedAt: Date;
  /** Wall clock. */
  readonly at: Date;
}

/**
 * Pays what a portfolio's open futures have gained since they were last paid, and takes what they have
 * lost, within the caller's transaction and under the portfolio's lock. The last price of the feed stands
 * in for the exchange's settlement price, and one that never had a price is left. An evening pays a
 * position once. The gain is realised when it is closed, as before; only its cash comes sooner.
 */
export async function settleFutures(
  rows: StoreTransaction,
  ids: IdSource,
  { portfolioId, feedId, throughDay, closedAt, at }: Evening,
): Promise<readonly EventDraft[]> {
  const positions = await rows.portfolios.positions(portfolioId);
  const found = await rows.runs.findInstruments(positions.map((held) => held.instrumentId));
  const futures = new Map(
    found.filter(({ type }) => isSettledDaily(type)).map((future) => [future.id, future]),
  );
  if (futures.size === 0) return [];
  const quotes = await rows.feeds.quotes(feedId);
  const lastPrices = new Map(
    quotes.map(({ instrumentId, lastPrice }) => [instrumentId, lastPrice]),
  );
  const open = await rows.portfolios.openTradesOfPortfolio(portfolioId);
  let paid = false;
  for (const position of positions) {
    const future = futures.get(position.instrumentId);
    const price = lastPrices.get(position.instrumentId);
    if (future === undefined || price === undefined) continue;
    const { multiplier, product } = position;
    const lots = open
      .filter((trade) => trade.instrumentId === future.id && trade.product === product)
      .map((trade) => ({ ...trade, price: trade.entryPrice, multiplier }));
    const settled = openGainOf(lots, price);
    const change = settled.minus(position.settled);
    const reference = `${position.id} ${throughDay} ${feedId}`;
    if (change.isZero()) continue;
    if ((await rows.portfolios.postedCash(portfolioId, 'SETTLEMENT', reference)) !== null) continue;
    await rows.portfolios.post({
      id: ids.uuid(),
      portfolioId,
      kind: 'SETTLEMENT',
      reference,
      description: `Settlement of ${throughDay}, ${future.tradingSymbol} @ ${price.toFixed(2)}`,
      postedAt: closedAt,
      createdAt: at,
      lines: postingsOfSettlement(change),
    });
    await rows.portfolios.savePosition({ ...position, settled }, at);
    paid = true;
  }
  return paid ? [portfolioEvent(portfolioId)] : [];
}
