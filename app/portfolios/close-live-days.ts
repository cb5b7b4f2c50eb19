import { dayNumberOf, exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { phasesOfDay } from '@nandax/core/calendar/session-plan.ts';
import { applyCorporateActions } from '../corporate/apply-corporate-actions.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { closeTradingDays } from './close-trading-days.ts';

/** Whose days a live feed has. */
const market = { exchange: 'NSE', segment: 'EQUITY' } as const;

/**
 * Closes the days of live markets for all portfolios that follow one, those without trades with them:
 * each day whose last phase has ended by the wall clock and that is not written down yet, however many
 * nights were missed; and lets corporate actions of the day that has begun take effect. Any number of workers may do it at once. Returns how many days of portfolios it
 * closed.
 */
export async function closeLiveDays(
  ports: Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>,
): Promise<number> {
  const hours = (await ports.history.markets()).hoursOf(market);
  if (hours === null) throw new Error(`the hours of ${market.exchange} are not known`);
  const now = ports.clock.now().getTime();
  let closed = 0;
  for (const feedId of await ports.store.read((rows) => rows.feeds.followedLiveFeeds())) {
    const followers = await ports.store.read((rows) => rows.portfolios.followers(feedId));
    for (const { id: portfolioId, since, writtenThrough } of followers) {
      const after = Math.max(since.getTime(), writtenThrough?.getTime() ?? 0);
      for (const session of hours.calendar.statedSessions(after, now)) {
        const phases = phasesOfDay(hours, dayNumberOf(session.open));
        const closedAt = new Date(phases.at(-1)?.until ?? session.close);
        if (closedAt.getTime() > now) break;
        const day = { portfolioId, feedId, throughDay: session.date, closedAt, late: true };
        await closeTradingDays(ports, day);
        closed += 1;
      }
      await beginDay(ports, portfolioId, feedId);
    }
  }
  return closed;
}

/** Corporate actions whose ex-date has begun by the wall clock take effect before anything trades. */
async function beginDay(
  ports: Pick<TradingPorts, 'store' | 'ids' | 'clock' | 'bus'>,
  portfolioId: string,
  feedId: string,
): Promise<void> {
  const changed = await ports.store.transaction(async (rows) => {
    const portfolio = await rows.portfolios.lock(portfolioId);
    if (portfolio?.feedId !== feedId) return false;
    const at = ports.clock.now();
    const day = exchangeDateOf(at.getTime());
    const due = { portfolioId, feedId, day, time: at, at };
    const drafts = await applyCorporateActions(rows, ports.ids, due);
    if (drafts.length > 0) await rows.events.append(portfolio.userId, drafts, at);
    return drafts.length > 0;
  });
  if (changed) await ports.bus.publish('outbox', {});
}
