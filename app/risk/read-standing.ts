import type { Product } from '@nandax/core/order/order-terms.ts';
import type { QuoteRecord } from '../ports/feeds.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { PositionKey, ScopeLimitsRecord, ScopeToSum, SummedUsage } from '../ports/risk.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { readAccount, type AccountState } from './read-account.ts';

/** Where an order would trade, and for which run (null: for none). */
export interface OrderPlace {
  readonly instrumentId: string;
  readonly product: Product;
  readonly runId: string | null;
}

/** The limits of one scope, and what is used of them. */
export interface SummedLimits extends ScopeLimitsRecord, SummedUsage {}

/** All that orders of a portfolio are judged by, read once for as many as come together. */
export interface Standing {
  readonly account: AccountState;
  /** By instrument; absent: no price is known. */
  readonly quotes: ReadonlyMap<string, QuoteRecord>;
  /** The limits that an order meets, narrow to wide, by the run that sends it. */
  readonly limits: ReadonlyMap<string | null, readonly SummedLimits[]>;
}

/**
 * Who reads: one who decides keeps the limits that several portfolios share locked until the commit;
 * one who only looks locks nothing and gets what he saw.
 */
export type Reading = 'TO_DECIDE' | 'TO_LOOK';

/**
 * Reads what orders at some places are judged by: positions, working orders, cash, last prices and
 * what is used of the limits, by the same few statements for however many orders of a run. Where a
 * working order changes, all is read as if it (`withoutOrderId`) were not there.
 */
export async function readStanding(
  rows: StoreTransaction,
  portfolio: LockedPortfolio,
  marketTime: Date,
  places: readonly OrderPlace[],
  reading: Reading,
  withoutOrderId: string | null = null,
): Promise<Standing> {
  const { id: portfolioId, feedId } = portfolio;
  const instrumentIds = [...new Set(places.map(({ instrumentId }) => instrumentId))];
  const quotes = feedId === null ? [] : await rows.feeds.quotesOf(feedId, instrumentIds);
  const account = without(await readAccount(rows, portfolioId), withoutOrderId);
  const limits = new Map<string | null, readonly SummedLimits[]>();
  const positions = [
    ...new Map<string, PositionKey>(
      places.map(({ instrumentId, product }) => [
        `${instrumentId} ${product}`,
        { portfolioId, instrumentId, product },
      ]),
    ).values(),
  ];
  const owner = { portfolioId, userId: portfolio.userId };
  const runIds = [...new Set(places.map((place) => place.runId))];
  const set =
    reading === 'TO_DECIDE'
      ? await rows.risk.limitsOf(owner, runIds)
      : await rows.risk.limitsSeenBy(owner, runIds);
  for (const runId of runIds) {
    const met = (set.get(runId) ?? []).map((scope) => ({ ...scope, feedId, marketTime }));
    limits.set(runId, await sumLimits(rows, met, positions, withoutOrderId));
  }
  return {
    account,
    quotes: new Map(quotes.map((quote) => [quote.instrumentId, quote])),
    limits,
  };
}

function without(account: AccountState, orderId: string | null): AccountState {
  const others = (orders: readonly OrderRecord[]) => orders.filter(({ id }) => id !== orderId);
  return { ...account, working: others(account.working), stops: others(account.stops) };
}

async function sumLimits(
  rows: StoreTransaction,
  met: readonly ScopeToSum[],
  positions: readonly PositionKey[],
  withoutOrderId: string | null,
): Promise<readonly SummedLimits[]> {
  const usages = await rows.risk.usageOf(met, positions, withoutOrderId);
  return met.map((scope, index) => {
    const summed = usages[index];
    if (summed === undefined) throw new Error('a scope without its usage');
    return { ...scope, ...summed };
  });
}
