import { WakeCall } from '@nandax/app/wake-call.ts';

/** Something a stream draws from. */
export interface StreamSource<Update> {
  /** What there is now, in order; empty: nothing. */
  next(): Promise<readonly Update[]>;
  close(): Promise<void>;
}

/** Opens a stream's sources; they call `wake` when they have something. */
export type OpenSources<Update> = (wake: () => void) => Promise<readonly StreamSource<Update>[]>;

/** A loop that waits for news looks around at least this often, milliseconds. */
const patienceMs = 60_000;

/** Opens streams, and ends those still open when the process lets go. */
export class Streams {
  readonly #open = new Set<() => Promise<void>>();
  readonly #closing = new Set<Promise<void>>();
  readonly #onError: (error: unknown) => void;

  /** `onError` hears of sources that could not be closed; nobody can do more about them. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /**
   * An iterator over the updates of some sources, drawn only as fast as its reader takes them: a
   * slow socket holds up nothing and fills no buffer. Ending it, even while it waits, closes the
   * sources.
   */
  async open<Update>(open: OpenSources<Update>): Promise<AsyncIterableIterator<Update>> {
    const wake = new WakeCall();
    const sources = await open(() => wake.call());
    const end = new AbortController();
    const updates = draw(sources, wake, end.signal);
    const close = async (): Promise<void> => {
      if (!this.#open.delete(close)) return;
      end.abort();
      wake.call();
      const closing = Promise.all(sources.map((source) => source.close()))
        .then(() => undefined, this.#onError)
        .finally(() => this.#closing.delete(closing));
      this.#closing.add(closing);
      await closing;
    };
    this.#open.add(close);
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

  /** Ends every stream, and waits for those that are ending. */
  async close(): Promise<void> {
    for (const close of this.#open) void close();
    await Promise.all(this.#closing);
  }
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
    if (!found) await wake.wait(patienceMs);
  }
  return undefined;
}
