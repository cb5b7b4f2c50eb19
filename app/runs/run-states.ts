import type { RunStatus } from '../records.ts';

const finalStates: readonly RunStatus[] = ['COMPLETED', 'STOPPED', 'FAILED'];

/** Whether nothing of a run changes any more but its last exits. */
export function hasEnded(status: RunStatus): boolean {
  return finalStates.includes(status);
}
