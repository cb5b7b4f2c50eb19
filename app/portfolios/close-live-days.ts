import { dayNumberOf } from '@nandax/core/calendar/exchange-time.ts';
import { phasesOfDay } from '@nandax/core/calendar/session-plan.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { closeTradingDays } from './close-trading-days.ts';

/** Whose days a live feed has. */
const market = { exchange: 'NSE', segment: 'EQUITY' } as const;

/**
 * Closes the days of live markets for all portfolios that follow one, those without trades with them:
 * each day whose last phase has ended by the wall clock and that is not written down yet, however many
 * nights were missed. Any number of workers may do it at once. Returns how many days of portfolios it
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
    }
  }
  return closed;
}
