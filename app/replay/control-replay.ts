import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import type { EventDraft } from '../ports/events.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { ReplaySessionRecord, ReplayState } from '../records.ts';
import { replayEvent } from './replay-event.ts';

export type ControlPorts = Pick<TradingPorts, 'store' | 'clock' | 'bus' | 'ids'>;

/** What ending a session needs on top: its trading is settled. */
export type EndingPorts = ControlPorts & Pick<TradingPorts, 'history' | 'log'>;

export interface ReplayReference {
  readonly userId: string;
  readonly replaySessionId: string;
}

/** One deliberate change of a replay: from which states, to what, and what to call it. */
interface Control {
  readonly from: readonly ReplayState[];
  readonly to: ReplayState;
  readonly event: string;
  /** Said when the session is in another state. */
  readonly refusal: string;
  /** What else changes with it, and what the user is told of that. */
  readonly also?: (
    rows: StoreTransaction,
    session: ReplaySessionRecord,
  ) => Promise<readonly EventDraft[]>;
}

/** Moves a session to another state under its lock, and wakes the feed's owner. */
export async function controlReplay(
  ports: ControlPorts,
  { userId, replaySessionId }: ReplayReference,
  control: Control,
): Promise<Result<ReplaySessionRecord, NotFound | IllegalState>> {
  const changed = await ports.store.transaction(async (rows) => {
    const session = await rows.feeds.lockReplay(replaySessionId, userId);
    if (session === null) return fail(notFound('ReplaySession', replaySessionId));
    if (!control.from.includes(session.state)) {
      return fail(illegalState(session.state, control.refusal));
    }
    await rows.feeds.setReplayState(session.id, control.to, null);
    const drafts = (await control.also?.(rows, session)) ?? [];
    const after = { ...session, state: control.to, stateReason: null };
    await rows.events.append(
      userId,
      [...drafts, replayEvent(after, control.event)],
      ports.clock.now(),
    );
    return succeed(after);
  });
  if (changed.ok) await wakeFeed(ports, replaySessionId);
  return changed;
}

/** Tells relay and owners that something about a feed changed. */
export async function wakeFeed(ports: Pick<ControlPorts, 'bus'>, feedId: string): Promise<void> {
  await Promise.all([
    ports.bus.publish('outbox', {}),
    ports.bus.publish('feeds', {}),
    ports.bus.publish(`feed.${feedId}`, {}),
  ]);
}
