import { fail, succeed, type Result } from '@nandax/core/result.ts';
import {
  illegalState,
  notFound,
  type IllegalState,
  type InvalidInput,
  type NotFound,
} from '../failures.ts';
import type { ReplaySessionRecord } from '../records.ts';
import { wakeFeed, type ControlPorts, type ReplayReference } from './control-replay.ts';
import { replayEvent } from './replay-event.ts';
import { checkSpeed } from './replay-speed.ts';

/** Changes the pace of a session from its next tick on. */
export async function setReplaySpeed(
  ports: ControlPorts,
  input: ReplayReference & { readonly speed: number | null },
): Promise<Result<ReplaySessionRecord, NotFound | IllegalState | InvalidInput>> {
  const badSpeed = checkSpeed(input.speed);
  if (badSpeed !== null) return fail(badSpeed);
  const changed = await ports.store.transaction(async (rows) => {
    const session = await rows.feeds.lockReplay(input.replaySessionId, input.userId);
    if (session === null) return fail(notFound('ReplaySession', input.replaySessionId));
    if (session.state === 'FINISHED' || session.state === 'STOPPED') {
      return fail(illegalState(session.state, 'This replay has already ended.'));
    }
    await rows.feeds.setReplaySpeed(session.id, input.speed);
    const after = { ...session, speed: input.speed };
    await rows.events.append(
      session.userId,
      [replayEvent(after, 'REPLAY_SPEED_CHANGED')],
      ports.clock.now(),
    );
    return succeed(after);
  });
  if (changed.ok) await wakeFeed(ports, input.replaySessionId);
  return changed;
}
