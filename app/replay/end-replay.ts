import { notify } from '../notifications/notify.ts';
import { readBookingRates } from '../orders/booking-rates.ts';
import type { FeedLease } from '../ports/feeds.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { ReplaySessionRecord } from '../records.ts';
import { replayEvent } from './replay-event.ts';
import { settleFeed } from './settle-feed.ts';

type FailPorts = Pick<TradingPorts, 'store' | 'ids' | 'clock' | 'bus'>;
type EndPorts = FailPorts & Pick<TradingPorts, 'history' | 'log'>;

/** The recording has come to its end: the session is FINISHED, its runs are complete, and the user is told. */
export async function endReplay(ports: EndPorts, lease: FeedLease): Promise<void> {
  const rates = await readBookingRates(ports.history);
  await ports.store.transaction(async (rows) => {
    await rows.feeds.assertLease(lease);
    const session = await lockRunning(rows, lease.feedId);
    if (session === null) return;
    const now = ports.clock.now();
    const ended = await settleFeed(rows, ports, session, {
      reason: 'The replay came to its end.',
      runs: 'COMPLETED',
      rates,
      at: now,
    });
    await rows.feeds.setReplayState(session.id, 'FINISHED', null);
    const told = await notify(rows, ports.ids, {
      userId: session.userId,
      level: 'INFORMATION',
      title: `Replay ${session.name} has ended`,
      body: 'All of its recording was played. Restart it to play it again.',
      at: now,
    });
    const finished = { ...session, state: 'FINISHED' } as const;
    await rows.events.append(
      session.userId,
      [...ended, replayEvent(finished, 'REPLAY_FINISHED'), told],
      now,
    );
  });
  await ports.bus.publish('outbox', {});
}

/** The session cannot go on; it stays at its cursor and can be started again. */
export async function failReplay(ports: FailPorts, feedId: string, reason: string): Promise<void> {
  await ports.store.transaction(async (rows) => {
    const session = await lockRunning(rows, feedId);
    if (session === null) return;
    const now = ports.clock.now();
    await rows.feeds.setReplayState(session.id, 'ERROR', reason);
    const told = await notify(rows, ports.ids, {
      userId: session.userId,
      level: 'ERROR',
      title: `Replay ${session.name} stopped with an error`,
      body: `${reason} It can be started again from where it stopped.`,
      at: now,
    });
    const failed = { ...session, state: 'ERROR', stateReason: reason } as const;
    await rows.events.append(session.userId, [replayEvent(failed, 'REPLAY_FAILED'), told], now);
  });
  await ports.bus.publish('outbox', {});
}

/** The session under its lock, before any portfolio's; null where its user ended or paused it meanwhile. */
async function lockRunning(
  rows: StoreTransaction,
  feedId: string,
): Promise<ReplaySessionRecord | null> {
  const seen = await rows.feeds.findReplay(feedId);
  const session = seen === null ? null : await rows.feeds.lockReplay(feedId, seen.userId);
  return session?.state === 'RUNNING' ? session : null;
}
