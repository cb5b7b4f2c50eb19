import { endRunsOnFeed } from '../agents/end-runs-on-feed.ts';
import { notify } from '../notifications/notify.ts';
import type { FeedLease } from '../ports/feeds.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { replayEvent } from './replay-event.ts';

type EndPorts = Pick<TradingPorts, 'store' | 'ids' | 'clock' | 'bus'>;

/** The recording has come to its end: the session is FINISHED, its runs are complete, and the user is told. */
export async function endReplay(ports: EndPorts, lease: FeedLease): Promise<void> {
  await ports.store.transaction(async (rows) => {
    await rows.feeds.assertLease(lease);
    const session = await rows.feeds.findReplay(lease.feedId);
    if (session?.state !== 'RUNNING') return;
    const now = ports.clock.now();
    const reason = 'The replay came to its end.';
    const ended = await endRunsOnFeed(rows, session.id, reason, now, 'COMPLETED');
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
export async function failReplay(ports: EndPorts, feedId: string, reason: string): Promise<void> {
  await ports.store.transaction(async (rows) => {
    const session = await rows.feeds.findReplay(feedId);
    if (session?.state !== 'RUNNING') return;
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
