import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { notFound, type NotFound } from '../failures.ts';
import { readBookingRates } from '../orders/booking-rates.ts';
import type { EventDraft } from '../ports/events.ts';
import type { ReplaySessionRecord } from '../records.ts';
import { wakeFeed, type EndingPorts, type ReplayReference } from './control-replay.ts';
import { replayEvent } from './replay-event.ts';
import { settleFeed } from './settle-feed.ts';

/**
 * Begins again from the start of the range, as a new session of its own: topics, bars and
 * deduplication keys carry the feed's id, so the two passes never mix. The old session and the runs
 * on it end; the portfolios that followed it follow the new one, save those that still hold
 * positions: a market clock that ran back would put their exits before their entries.
 */
export async function restartReplay(
  ports: EndingPorts,
  { userId, replaySessionId }: ReplayReference,
): Promise<Result<ReplaySessionRecord, NotFound>> {
  const rates = await readBookingRates(ports.history);
  const restarted = await ports.store.transaction(async (rows) => {
    const old = await rows.feeds.lockReplay(replaySessionId, userId);
    if (old === null) return fail(notFound('ReplaySession', replaySessionId));
    const now = ports.clock.now();
    const drafts: EventDraft[] = [];
    if (old.state !== 'FINISHED' && old.state !== 'STOPPED') {
      const reason = 'The replay was restarted.';
      drafts.push(
        ...(await settleFeed(rows, ports, old, { reason, runs: 'STOPPED', rates, at: now })),
      );
      const stopped = { ...old, state: 'STOPPED', stateReason: 'Restarted.' } as const;
      await rows.feeds.setReplayState(old.id, stopped.state, stopped.stateReason);
      drafts.push(replayEvent(stopped, 'REPLAY_STOPPED'));
    }
    const session: ReplaySessionRecord = {
      ...old,
      id: ports.ids.uuid(),
      state: 'READY',
      stateReason: null,
      cursor: null,
      droppedTicks: 0,
      createdAt: now,
    };
    await rows.feeds.insertReplay(session);
    await rows.feeds.moveFlatPortfolios(old.id, session.id, now);
    await rows.events.append(userId, [...drafts, replayEvent(session, 'REPLAY_CREATED')], now);
    return succeed(session);
  });
  if (restarted.ok) await wakeFeed(ports, replaySessionId);
  return restarted;
}
