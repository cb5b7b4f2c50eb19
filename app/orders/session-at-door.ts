import type { MarketBook } from '@nandax/core/calendar/market-book.ts';
import { phaseOfMarket } from '@nandax/core/calendar/session-plan.ts';
import {
  checkSession,
  type OrderInSession,
  type SessionDenial,
} from '@nandax/core/order/check-session.ts';
import type { AskedTerms } from '@nandax/core/order/order.ts';
import type { OrderSource } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { InstrumentRecord } from '../records.ts';

/** The market clock of a portfolio, as the door reads it. */
export interface MarketTime {
  /** What the clock shows. */
  readonly marketTime: Date;
  /** Whether its feed has not begun to play. */
  readonly beforeStart: boolean;
}

/**
 * Reads the market clock of a portfolio. A feed that has not begun to play stands at the beginning of
 * its range; without a feed it is `now`.
 */
export async function marketTimeOf(
  rows: StoreTransaction,
  { feedId }: Pick<LockedPortfolio, 'feedId'>,
  now: Date,
): Promise<MarketTime> {
  if (feedId === null) return { marketTime: now, beforeStart: false };
  const marketTime = await rows.feeds.marketTime(feedId);
  if (marketTime !== null) return { marketTime, beforeStart: false };
  const session = await rows.feeds.findReplay(feedId);
  return { marketTime: session?.rangeFrom ?? now, beforeStart: true };
}

/**
 * Why the hours of an instrument's market refuse an order; null: they do not, or are not known. The
 * clock of the portfolio's feed rules; all feeds play recorded history. A portfolio without one is
 * judged by its broker.
 */
export function sessionDenialOf(
  markets: MarketBook,
  { feedId }: Pick<LockedPortfolio, 'feedId'>,
  instrument: InstrumentRecord,
  { marketTime, beforeStart }: MarketTime,
  order: OrderInSession,
): SessionDenial | null {
  const hours = feedId === null ? null : markets.hoursOf(instrument);
  if (hours === null) return null;
  return checkSession(hours, { time: marketTime.getTime(), jumps: true, beforeStart }, order);
}

/** Sources behind which a person stands, who chooses the variety. */
const chosenByPeople: ReadonlySet<OrderSource> = new Set(['USER', 'API_KEY', 'WEBHOOK']);

/**
 * The terms as they are sent: what the platform sends while the market is closed (an agent that decides
 * at the close, the kill switch) goes as an after-market order, for the next session.
 */
export function sentTermsOf(
  markets: MarketBook,
  source: OrderSource,
  instrument: InstrumentRecord,
  marketTime: Date,
  terms: AskedTerms,
): AskedTerms {
  if (chosenByPeople.has(source) || terms.variety !== 'REGULAR') return terms;
  const hours = markets.hoursOf(instrument);
  const isClosed = hours !== null && phaseOfMarket(hours, marketTime.getTime()).phase === 'CLOSED';
  return isClosed ? { ...terms, variety: 'AMO' } : terms;
}

/** Whether the square-off time holds up what such an order opens: a run keeps to it by itself. */
export function keepsCutOff(source: OrderSource, runId: string | null): boolean {
  return runId === null && (chosenByPeople.has(source) || source === 'GTT');
}
