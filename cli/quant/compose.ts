import type { TrialThreads } from '@nandax/app/ports/trial-threads.ts';
import { threadTrials } from '@nandax/adapters/threads/thread-trials.ts';

/** What the commands over files of bars need of the world: threads, and nothing else. */
export function composeTrialThreads(): TrialThreads {
  return threadTrials();
}
