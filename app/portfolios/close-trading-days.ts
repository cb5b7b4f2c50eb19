import type { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import { applyCorporateActions } from '../corporate/apply-corporate-actions.ts';
import { portfolioEvent } from '../orders/order-event.ts';
import type { EventDraft } from '../ports/events.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { IdSource } from '../ports/world.ts';
import { noteDays, type DaysToNote } from './note-days.ts';
import { settleFutures } from './settle-futures.ts';
import { snapshotOf } from './snapshot-of.ts';

type ClosePorts = Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>;

/** Days to close: those that a portfolio traded on a feed, which it may have left since. */
export interface DaysToClose {
  readonly portfolioId: string;
  readonly feedId: string;
  /** The last of them, `YYYY-MM-DD`. */
  readonly throughDay: string;
  /** Market time at which they are closed: of the close, or of the end of the last phase. */
  readonly closedAt: Date;
  /** Whether later days may have begun, as on a live market; what came after the close is left out. */
  readonly late?: boolean;
  /** As of `DaysToNote`, where instruments keep hours of their own; left out: all end at `closedAt`. */
  readonly endOf?: DaysToNote['endOf'];
}

/**
 * Closes exchange days of a portfolio on a feed up to and with `throughDay`: each day with fills gets its
 * contract notes, whose totals are posted to the ledger, and the equity is written down. A day that
 * was closed before gets a supplementary note of what was booked since, so closing may be repeated.
 */
export async function closeTradingDays(ports: ClosePorts, close: DaysToClose): Promise<void> {
  const rateCards = await ports.history.rateCards();
  const changed = await ports.store.transaction(async (rows) => {
    const portfolio = await rows.portfolios.lock(close.portfolioId);
    if (portfolio === null) return false;
    const at = ports.clock.now();
    const drafts = await closeDays(rows, ports.ids, rateCards, { ...close, at });
    if (drafts.length > 0) await rows.events.append(portfolio.userId, drafts, at);
    return drafts.length > 0;
  });
  if (changed) await ports.bus.publish('outbox', {});
}

/** As `closeTradingDays`, within the caller's transaction; returns what the user is to be told. */
export async function closeDays(
  rows: StoreTransaction,
  ids: IdSource,
  rateCards: RateCardBook,
  close: DaysToClose & { readonly at: Date },
): Promise<readonly EventDraft[]> {
  const { portfolioId, feedId, throughDay, closedAt, late = false, at: now } = close;
  const portfolio = await rows.portfolios.lock(portfolioId);
  const market = { portfolioId, feedId, day: throughDay, time: closedAt, at: now };
  const restated = await applyCorporateActions(rows, ids, market);
  const endOf = close.endOf ?? (() => closedAt);
  const days = { portfolioId, feedId, throughDay, endOf, at: now };
  const noted = await noteDays(rows, ids, rateCards, days);
  // What a portfolio that left holds, and its equity, are its new feed's to settle and to write down.
  let settled: readonly EventDraft[] = [];
  if (portfolio?.feedId === feedId) {
    settled = await settleFutures(rows, ids, close);
    const moment = { portfolioId, feedId, time: closedAt, late };
    await rows.portfolios.saveSnapshot({ ...(await snapshotOf(rows, moment)), createdAt: now });
  }
  return noted ? [portfolioEvent(portfolioId)] : [...restated, ...settled];
}
