import { snapshot } from '../events/snapshot.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OptimisationRecord } from '../ports/optimisations.ts';

/** What the user is told about a change of an optimisation. */
export function optimisationEvent(optimisation: OptimisationRecord): EventDraft {
  return {
    topic: 'OPTIMISATION',
    type: `OPTIMISATION_${optimisation.status}`,
    subjectId: optimisation.id,
    payload: snapshot(optimisation),
  };
}
