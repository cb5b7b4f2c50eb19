import type { BrokerAccount, BrokerFunds, BrokerOrder } from '@nandax/app/ports/broker.ts';
import type { WaitingOrder } from '@nandax/app/ports/exchange.ts';
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

/**
 * Why the account has no money for an order, in the broker's words (domain 7, the rejection text);
 * null: it has. What only reduces needs none.
 */
export async function refusalForMoney(
  rows: StoreTransaction,
  order: Pick<BrokerOrder, 'portfolioId'> & WaitingOrder,
  feedId: string,
  rates: readonly MarginRate[],
  now: Date,
): Promise<string | null> {
  const { portfolioId } = order;
  const waiting = await rows.exchange.waiting(portfolioId, feedId);
  const margins = await marginsOf(rows, portfolioId, feedId, [...waiting, order], rates, now);
  const required = margins.at(-1) ?? new Decimal(0);
  if (required.isZero()) return null;
  const cash = await rows.portfolios.balance(portfolioId, 'CASH');
  const available = cash.minus(Decimal.sum(0, ...margins.slice(0, -1)));
  return required.lessThanOrEqualTo(available)
    ? null
    : `Insufficient funds. Required margin is ${required.toFixed(2)} but available margin is ${available.toFixed(2)}. Check the orderbook for open orders.`;
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
  return Decimal.sum(0, ...(await marginsOf(rows, portfolioId, feedId, waiting, rates, now)));
}

/** Rupees that each of these orders holds, in their order: each takes off what those before it leave. */
async function marginsOf(
  rows: StoreTransaction,
  portfolioId: string,
  feedId: string,
  waiting: readonly WaitingOrder[],
  rates: readonly MarginRate[],
  now: Date,
): Promise<readonly Decimal[]> {
  if (waiting.length === 0) return [];
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
  const working = waiting.map((order) => ({
    ...order,
    requestedTerms: null,
    referencePrice: prices.get(order.instrumentId) ?? null,
  }));
  const margins = orderMarginsOf(
    {
      positions,
      instruments: new Map(instruments.map((instrument) => [instrument.id, instrument])),
      working,
    },
    marginRatesOn(rates, await marketClockOf(rows, feedId, now)),
  );
  const held = new Map(margins.map(({ order, margin }) => [order, margin]));
  return working.map((order) => held.get(order) ?? new Decimal(0));
}
