import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { applyCorporateActions } from '../corporate/apply-corporate-actions.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';

/** Whose day begins, and when. */
export interface DayToBegin {
  readonly portfolioId: string;
  readonly feedId: string;
  /** Market time, on the day that begins or later in it. */
  readonly time: Date;
}

/**
 * Begins the day of a portfolio on the feed it follows: corporate actions whose ex-date it is take effect
 * before anything trades and before anybody looks at its results. May be repeated.
 */
export async function beginDay(
  ports: Pick<TradingPorts, 'store' | 'ids' | 'clock' | 'bus'>,
  { portfolioId, feedId, time }: DayToBegin,
): Promise<void> {
  const changed = await ports.store.transaction(async (rows) => {
    const portfolio = await rows.portfolios.lock(portfolioId);
    if (portfolio?.feedId !== feedId) return false;
    const at = ports.clock.now();
    const due = { portfolioId, feedId, day: exchangeDateOf(time.getTime()), time, at };
    const drafts = await applyCorporateActions(rows, ports.ids, due);
    if (drafts.length > 0) await rows.events.append(portfolio.userId, drafts, at);
    return drafts.length > 0;
  });
  if (changed) await ports.bus.publish('outbox', {});
}
