import { WakeCall } from '@nandax/app/wake-call.ts';

/** Something a stream draws from. */
export interface StreamSource<Update> {
  /** What there is now, in order; empty: nothing. */
  next(): Promise<readonly Update[]>;
  close(): Promise<void>;
}

/** A loop that waits for news looks around at least this often, milliseconds. */
const patienceMs = 60_000;

/**
 * An iterator over the updates of some sources, drawn only as fast as its reader takes them: a slow
 * socket holds up nothing and fills no buffer. Sources call `wake` when they have something. Ending
 * the iterator, even one that waits, closes the sources.
 */
export async function openStream<Update>(
  open: (wake: () => void) => Promise<readonly StreamSource<Update>[]>,
): Promise<AsyncIterableIterator<Update>> {
  const wake = new WakeCall();
  const sources = await open(() => wake.call());
  const end = new AbortController();
  const updates = draw(sources, wake, end.signal);
  const close = async () => {
    if (end.signal.aborted) return;
    end.abort();
    wake.call();
    await Promise.all(sources.map((source) => source.close()));
  };
  const iterator: AsyncIterableIterator<Update> = {
    next: () => updates.next(),
    async return() {
      await close();
      return { value: undefined, done: true };
    },
    async throw(error) {
      await close();
      throw error;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

async function* draw<Update>(
  sources: readonly StreamSource<Update>[],
  wake: WakeCall,
  end: AbortSignal,
): AsyncGenerator<Update, undefined> {
  while (!end.aborted) {
    let found = false;
    for (const source of sources) {
      for (const update of await source.next()) {
        found = true;
        yield update;
      }
    }
    if (!found && !end.aborted) await wake.wait(patienceMs);
  }
  return undefined;
}
