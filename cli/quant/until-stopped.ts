/** Exit code of a command that Ctrl-C ended, as shells count it: 128 and the number of the signal. */
export const stoppedByUser = 130;

/** Aborts with the first Ctrl-C (or an order to end); the next one ends the process at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const heed = (): void => {
    process.off('SIGINT', heed).off('SIGTERM', heed);
    stop.abort(new Error('stopped'));
  };
  process.on('SIGINT', heed).on('SIGTERM', heed);
  return stop.signal;
}

/** What comes of the work; null: it was stopped before. */
export async function untilStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  const stopped = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  // Work that is dropped fails when its threads end, and nobody waits for it any more.
  const done = work.catch((error: unknown) => {
    if (signal.aborted) return null;
    throw error;
  });
  return Promise.race([done, stopped]);
}
