import type { Study, StudyTrial, Task } from '@nandax/core/optimise/study.ts';
import type { Stretch } from '@nandax/core/optimise/walk-forward-windows.ts';
import type { TrialPool } from '../ports/trial-threads.ts';

/** How long a thread should work between two messages. */
const messageMs = 40;
/** Most trials of one message. */
const mostOfMessage = 256;

/**
 * Keeps all threads at work until a study is over. `onTold` hears of trials as they come, in whatever
 * order; the trials themselves do not depend on it. Rejects with the signal's reason when aborted.
 */
export async function driveStudy(
  study: Study,
  stretches: readonly Stretch[],
  pool: TrialPool,
  {
    onTold,
    signal,
  }: { readonly onTold: (trials: readonly StudyTrial[]) => void; readonly signal: AbortSignal },
): Promise<void> {
  const working = new Set<Promise<void>>();
  // As many as all threads can share of what may be tried at one time.
  const share = Math.ceil(study.batchSize / pool.threads);
  let size = 1;
  const send = async (tasks: readonly Task[]): Promise<void> => {
    const stretch = stretches[tasks[0]?.segment ?? -1];
    if (stretch === undefined) throw new RangeError('no such stretch');
    const { outcomes, milliseconds } = await pool.try(
      stretch,
      tasks.map(({ point }) => point),
    );
    const trials = tasks.map((task, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined) throw new Error('a thread left out a trial');
      return study.tell(task, outcome);
    });
    const fitting = Math.ceil((tasks.length * messageMs) / Math.max(milliseconds, 0.1));
    size = Math.min(fitting, size * 2, mostOfMessage);
    onTold(trials);
  };
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
  // Whoever waits for nothing else must not leave it unheard.
  aborted.catch(() => undefined);
  // One set waits for each thread, so that none stands still while its last set is told.
  const most = 2 * pool.threads;
  while (!study.isOver) {
    while (working.size < most) {
      const tasks = study.ask(study.learns ? Math.min(size, share) : size);
      if (tasks.length === 0) break;
      const sent: Promise<void> = send(tasks).finally(() => working.delete(sent));
      working.add(sent);
    }
    if (working.size === 0) break;
    await Promise.race([aborted, ...working]);
  }
}
