import { dayNumberOf, exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { phasesOfDay } from '@nandax/core/calendar/session-plan.ts';
import { portfolioEvent } from '../orders/order-event.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { beginDay } from './begin-day.ts';
import { closeTradingDays } from './close-trading-days.ts';
import { endsByOwnHours, noteDays, type DaysToNote } from './note-days.ts';

/** Whose days a live feed has: equity is written down when they end, for all portfolios at once. */
const market = { exchange: 'NSE', segment: 'EQUITY' } as const;

/**
 * Closes the days of live markets for all portfolios that follow one, those without trades with them:
 * each day whose last phase has ended by the wall clock and that is not written down yet, however many
 * nights were missed; writes the contract notes of days that have ended by the hours of what was
 * traded in them, and of what was booked since; and lets corporate actions of the day that has begun take effect. Any number of workers may do it at once. Returns how many days of portfolios it
 * closed.
 */
export async function closeLiveDays(
  ports: Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>,
): Promise<number> {
  const markets = await ports.history.markets();
  const hours = markets.hoursOf(market);
  if (hours === null) throw new Error(`the hours of ${market.exchange} are not known`);
  const now = ports.clock.now().getTime();
  const endOf = endsByOwnHours(markets, new Date(now));
  let closed = 0;
  for (const feedId of await ports.store.read((rows) => rows.feeds.followedLiveFeeds())) {
    const followers = await ports.store.read((rows) => rows.portfolios.followers(feedId));
    for (const { id: portfolioId, since, writtenThrough } of followers) {
      const after = Math.max(since.getTime(), writtenThrough?.getTime() ?? 0);
      for (const session of hours.calendar.statedSessions(after, now)) {
        const phases = phasesOfDay(hours, dayNumberOf(session.open));
        const closedAt = new Date(phases.at(-1)?.until ?? session.close);
        if (closedAt.getTime() > now) break;
        const day = { portfolioId, feedId, throughDay: session.date, closedAt, late: true, endOf };
        await closeTradingDays(ports, day);
        closed += 1;
      }
      await beginDay(ports, { portfolioId, feedId, time: ports.clock.now() });
    }
    await noteEndedDays(ports, feedId, endOf);
  }
  return closed;
}

/**
 * Contract notes of those who trade on a feed or did: of markets that end later than the day itself, and
 * supplements for executions that were missed and found.
 */
async function noteEndedDays(
  ports: Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>,
  feedId: string,
  endOf: DaysToNote['endOf'],
): Promise<void> {
  const at = ports.clock.now();
  const throughDay = exchangeDateOf(at.getTime());
  const rateCards = await ports.history.rateCards();
  for (const { id: portfolioId } of await ports.store.read((rows) =>
    rows.portfolios.withoutNote(feedId, throughDay),
  )) {
    const noted = await ports.store.transaction(async (rows) => {
      const portfolio = await rows.portfolios.lock(portfolioId);
      if (portfolio === null) return false;
      const days = { portfolioId, feedId, throughDay, endOf, at };
      const written = await noteDays(rows, ports.ids, rateCards, days);
      if (written) await rows.events.append(portfolio.userId, [portfolioEvent(portfolioId)], at);
      return written;
    });
    if (noted) await ports.bus.publish('outbox', {});
  }
}
