import type { EventDraft } from '../ports/events.ts';
import type { ReplaySessionRecord } from '../records.ts';
import { snapshot } from '../events/snapshot.ts';

/** What the session's user is told about a change of it. */
export function replayEvent(session: ReplaySessionRecord, type: string): EventDraft {
  return { topic: 'REPLAY', type, subjectId: session.id, payload: snapshot(session) };
}
