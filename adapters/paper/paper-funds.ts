import type { BrokerAccount, BrokerFunds } from '@nandax/app/ports/broker.ts';
import type { StoreTransaction } from '@nandax/app/ports/store.ts';
import type { MarginRate } from '@nandax/core/risk/margin.ts';
import { marginRatesOn, orderMarginsOf } from '@nandax/core/risk/order-margins.ts';
import { Decimal } from 'decimal.js';

/**
 * The money of a paper account as its broker shows it. What was paid in, earned and bound by
 * positions stands in the ledger, which is this broker's back office too; what orders hold, it knows
 * from the orders and executions of its own books.
 */
export async function fundsAt(
  rows: StoreTransaction,
  { id, feedId }: Pick<BrokerAccount, 'id' | 'feedId'>,
  rates: readonly MarginRate[],
  now: Date,
): Promise<BrokerFunds> {
  const cash = await rows.portfolios.balance(id, 'CASH');
  const bound = await rows.portfolios.balance(id, 'MARGIN');
  const held = feedId === null ? new Decimal(0) : await heldByOrders(rows, id, feedId, rates, now);
  return { available: cash.minus(held), utilised: bound.plus(held) };
}

/** The clock of a feed; one that has not begun to play stands at the beginning of its range. */
export async function marketClockOf(
  rows: StoreTransaction,
  feedId: string,
  now: Date,
): Promise<Date> {
  const time = await rows.feeds.marketTime(feedId);
  return time ?? (await rows.feeds.findReplay(feedId))?.rangeFrom ?? now;
}

/** Rupees that the orders waiting in the book hold for the units they would open. */
async function heldByOrders(
  rows: StoreTransaction,
  portfolioId: string,
  feedId: string,
  rates: readonly MarginRate[],
  now: Date,
): Promise<Decimal> {
  const waiting = await rows.exchange.waiting(portfolioId, feedId);
  if (waiting.length === 0) return new Decimal(0);
  const ids = [...new Set(waiting.map(({ instrumentId }) => instrumentId))];
  const instruments = await rows.runs.findInstruments(ids);
  const quotes = await rows.feeds.quotes(feedId);
  const prices = new Map(quotes.map(({ instrumentId, lastPrice }) => [instrumentId, lastPrice]));
  const positions = (await rows.exchange.positions(portfolioId)).map(
    ({ netQuantity, ...place }) => ({
      ...place,
      buyQuantity: Decimal.max(netQuantity, 0),
      sellQuantity: Decimal.max(netQuantity.negated(), 0),
    }),
  );
  const margins = orderMarginsOf(
    {
      positions,
      instruments: new Map(instruments.map((instrument) => [instrument.id, instrument])),
      working: waiting.map((order) => ({
        ...order,
        requestedTerms: null,
        referencePrice: prices.get(order.instrumentId) ?? null,
      })),
    },
    marginRatesOn(rates, await marketClockOf(rows, feedId, now)),
  );
  return Decimal.sum(0, ...margins.map(({ margin }) => margin));
}
