import { contractNotesOf } from '@nandax/core/charges/contract-note.ts';
import {
  chargeSegmentOf,
  type ChargedExchange,
  type RateCardBook,
} from '@nandax/core/charges/rate-card.ts';
import { averagePriceOf, netQuantityOf, pnlOf } from '@nandax/core/portfolio/position.ts';
import { postingsOfCharges } from '@nandax/core/portfolio/postings.ts';
import { Decimal } from 'decimal.js';
import { portfolioEvent } from '../orders/order-event.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { IdSource } from '../ports/world.ts';

type ClosePorts = Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>;

/**
 * Closes exchange days of a portfolio on its feed up to and with `throughDay`: each day with fills gets its
 * contract notes, whose totals are posted to the ledger, and the equity is written down. A day that
 * was closed before is left alone, so closing may be repeated.
 */
export async function closeTradingDays(
  ports: ClosePorts,
  portfolioId: string,
  throughDay: string,
  /** Market time of the close. */
  closedAt: Date,
): Promise<void> {
  const rateCards = await ports.history.rateCards();
  const changed = await ports.store.transaction(async (rows) => {
    const portfolio = await rows.portfolios.lock(portfolioId);
    if (portfolio === null || portfolio.feedId === null) return false;
    const { feedId } = portfolio;
    const days = await rows.portfolios.daysWithoutNote(portfolioId, feedId, throughDay);
    const now = ports.clock.now();
    for (const day of days) {
      await noteDay(rows, ports.ids, rateCards, { portfolioId, feedId, day, closedAt, now });
    }
    await writeSnapshot(rows, portfolioId, feedId, closedAt);
    if (days.length === 0) return false;
    await rows.events.append(portfolio.userId, [portfolioEvent(portfolioId)], now);
    return true;
  });
  if (changed) await ports.bus.publish('outbox', {});
}

async function noteDay(
  rows: StoreTransaction,
  ids: IdSource,
  rateCards: RateCardBook,
  close: {
    readonly portfolioId: string;
    readonly feedId: string;
    readonly day: string;
    readonly closedAt: Date;
    readonly now: Date;
  },
): Promise<void> {
  const { portfolioId, feedId, day, closedAt, now } = close;
  const fills = await rows.portfolios.fillsOfDay(portfolioId, feedId, day);
  const charged = [];
  for (const { instrumentId, side, product, charges } of fills) {
    const instrument = await rows.runs.findInstrument(instrumentId);
    const exchange = instrument?.exchange as ChargedExchange;
    const serving = rateCards.find(exchange, chargeSegmentOf(product), day);
    if (serving === null) throw new Error(`no rate card for ${exchange} ${product}`);
    charged.push({ date: day, instrument: instrumentId, side, charges, serving });
  }
  for (const note of contractNotesOf(charged)) {
    const id = ids.uuid();
    const { depositoryParticipantCharge, total, ...charges } = note.charges;
    await rows.portfolios.insertContractNote({
      id,
      portfolioId,
      feedId,
      tradingDay: day,
      segment: note.segment,
      charges,
      depositoryParticipantCharge,
      total,
      rateCardId: note.rateCardId,
      covered: note.covered,
      createdAt: now,
    });
    await rows.portfolios.post({
      id: ids.uuid(),
      portfolioId,
      kind: 'CHARGES',
      reference: id,
      description: `Contract note of ${day}, ${note.segment}`,
      postedAt: closedAt,
      createdAt: now,
      lines: postingsOfCharges(total),
    });
  }
}

async function writeSnapshot(
  rows: StoreTransaction,
  portfolioId: string,
  feedId: string,
  time: Date,
): Promise<void> {
  const balance = (account: 'CASH' | 'SECURITIES' | 'REALISED_PNL' | 'CHARGES') =>
    rows.portfolios.balance(portfolioId, account);
  const cash = await balance('CASH');
  const quotes = await rows.feeds.quotes(feedId);
  const lastPrices = new Map(
    quotes.map(({ instrumentId, lastPrice }) => [instrumentId, lastPrice]),
  );
  let marketValue = new Decimal(0);
  let pnl = new Decimal(0);
  for (const position of await rows.portfolios.positions(portfolioId)) {
    // Without a quote the position counts at its own average: no profit is made up.
    const price =
      lastPrices.get(position.instrumentId) ?? averagePriceOf(position) ?? new Decimal(0);
    marketValue = marketValue.plus(netQuantityOf(position).times(price));
    pnl = pnl.plus(pnlOf(position, price));
  }
  const realisedPnl = (await balance('REALISED_PNL')).negated();
  await rows.portfolios.insertSnapshot({
    portfolioId,
    feedId,
    time,
    cash,
    equity: cash.plus(marketValue),
    realisedPnl,
    unrealisedPnl: pnl.minus(realisedPnl),
    charges: await balance('CHARGES'),
  });
}
