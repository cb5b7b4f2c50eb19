import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** Locks a paper portfolio of a user; the money of a live one is at its broker. */
export async function lockOwnedPaperPortfolio(
  rows: StoreTransaction,
  portfolioId: string,
  userId: string,
): Promise<Result<LockedPortfolio, NotFound | IllegalState>> {
  const portfolio = await rows.portfolios.lock(portfolioId);
  if (portfolio?.userId !== userId) return fail(notFound('Portfolio', portfolioId));
  if (portfolio.kind !== 'PAPER') {
    return fail(illegalState(portfolio.kind, 'The money of a live portfolio is at its broker.'));
  }
  return succeed(portfolio);
}

/** The market clock of a portfolio, the wall clock where it follows none. */
export async function portfolioTime(
  rows: StoreTransaction,
  { feedId }: LockedPortfolio,
  now: Date,
): Promise<Date> {
  return (feedId === null ? null : await rows.feeds.marketTime(feedId)) ?? now;
}
