import type { EventDraft } from '../ports/events.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { IdSource } from '../ports/world.ts';
import { offsetTrades, type OffsetPlace } from './offset-trades.ts';

/**
 * Sets off what a user's own trades at a place hold against each other, within the caller's transaction
 * and under the portfolio's lock; one owner is never on both sides. It happens only as a run's end makes
 * its trades the user's. Run again it changes nothing.
 */
export async function settleOpposed(
  rows: StoreTransaction,
  ids: IdSource,
  place: OffsetPlace,
): Promise<readonly EventDraft[]> {
  const { portfolioId, instrumentId, product } = place;
  const owner = { portfolioId, instrumentId, product, runId: null };
  const own = await rows.portfolios.openTrades(owner);
  const longs = own.filter(({ direction }) => direction === 'LONG');
  const shorts = own.filter(({ direction }) => direction === 'SHORT');
  if (longs.length === 0 || shorts.length === 0) return [];
  return offsetTrades(rows, ids, place, { longs, shorts });
}
