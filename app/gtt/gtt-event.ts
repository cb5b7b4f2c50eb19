import { omit } from '@nandax/core/omit.ts';
import { snapshot } from '../events/snapshot.ts';
import type { EventDraft } from '../ports/events.ts';
import type { GttRecord } from '../ports/gtts.ts';

/** What the user is told about a GTT: what happened to it, and how it stands. */
export function gttEvent(
  gtt: GttRecord,
  type: `GTT_${'PLACED' | 'CHANGED' | Exclude<GttRecord['status'], 'ACTIVE'>}`,
): EventDraft {
  const columns = omit(omit(gtt, 'requestHash'), 'idempotencyKey');
  return { topic: 'GTT', type, subjectId: gtt.id, payload: snapshot(columns) };
}
