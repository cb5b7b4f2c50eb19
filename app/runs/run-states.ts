import { finalRunStatuses, type RunStatus } from '../records.ts';

/** Whether nothing of a run changes any more but its last exits. */
export function hasEnded(status: RunStatus): boolean {
  return finalRunStatuses.includes(status);
}
