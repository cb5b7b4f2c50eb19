import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { endRunsOnFeed } from '../agents/end-runs-on-feed.ts';
import { endGtts } from '../gtt/end-gtts.ts';
import { endProtection } from '../protection/end-protection.ts';
import { foldBrokerState } from '../orders/apply-broker-update.ts';
import type { BookingRates } from '../orders/booking-rates.ts';
import { closeDays } from '../portfolios/close-trading-days.ts';
import type { EventDraft } from '../ports/events.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { ReplaySessionRecord } from '../records.ts';

/** How a session ends. */
export interface Ending {
  /** What its agents say of it. */
  readonly reason: string;
  /** What becomes of its runs. */
  readonly runs: 'STOPPED' | 'COMPLETED';
  readonly rates: BookingRates;
  /** Wall clock. */
  readonly at: Date;
}

/**
 * Settles what a session leaves behind when it ends for good, within the transaction that ends it
 * and under the session's lock: its runs end, orders that rest at the exchange lapse, executions that
 * were not reported are booked, and the charges of the day under way are noted. Afterwards nothing
 * happens on the feed any more. Returns what the user is to be told.
 */
export async function settleFeed(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'ids' | 'clock' | 'log'>,
  session: ReplaySessionRecord,
  { reason, runs, rates, at }: Ending,
): Promise<readonly EventDraft[]> {
  const feedId = session.id;
  const portfolios = await rows.portfolios.onFeed(feedId);
  for (const { id } of portfolios) await rows.portfolios.lock(id);
  const drafts = [...(await endRunsOnFeed(rows, ports, feedId, reason, at, runs))];

  await rows.exchange.lapse(feedId, null, 'The replay has ended.');
  for (const clientOrderId of await rows.exchange.unreported(feedId)) {
    const state = await rows.exchange.state(clientOrderId);
    if (state !== null) drafts.push(...(await foldBrokerState(rows, ports, rates, state)));
  }

  const marketTime = await rows.feeds.marketTime(feedId);
  for (const protection of await rows.protections.activeOnFeed(feedId)) {
    drafts.push(await endProtection(rows, ports, protection, 'The replay has ended.'));
  }
  const waiting = await rows.gtts.activeOnFeed(feedId);
  const end = { status: 'EXPIRED', reason: 'The replay has ended.', at: marketTime ?? at } as const;
  drafts.push(...(await endGtts(rows, ports, waiting, end)));
  if (marketTime === null) return drafts;
  const throughDay = exchangeDateOf(session.rangeTo.getTime());
  for (const { id: portfolioId } of portfolios) {
    const close = { portfolioId, feedId, throughDay, closedAt: marketTime, at };
    drafts.push(...(await closeDays(rows, ports.ids, rates.rateCards, close)));
  }
  return drafts;
}
