import type { AccountEvent } from './account-stream.ts';

/** Events are handed on this often at most: faster than an eye, slower than a replay at full speed. */
const batchMilliseconds = 60;

/** Events are kept this long for data that was read before they happened and arrives after them. */
const keepMilliseconds = 60_000;

/** An event that may be newer than data still to come. */
interface KeptEvent {
  readonly event: AccountEvent;
  /** How far the stream had come with it. */
  readonly reached: bigint;
  readonly receivedAt: number;
}

/** What a listener hears: events, in the order they came, or that it may have missed some. */
export interface Listener {
  readonly onEvents: (events: readonly AccountEvent[]) => void;
  readonly onGap: () => void;
}

/** Hands the account's events on in batches, and keeps those that loaded data may not hold yet. */
export class EventHub {
  readonly #now: () => number;
  readonly #listeners = new Set<Listener>();
  #kept: KeptEvent[] = [];
  /** The highest sequence so far. */
  #reached = 0n;
  #waiting: AccountEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param now milliseconds of a clock that only goes forward. */
  constructor(now: () => number) {
    this.#now = now;
  }

  receive(event: AccountEvent): void {
    const sequence = BigInt(event.sequence ?? 0);
    if (sequence > this.#reached) this.#reached = sequence;
    this.#kept.push({ event, reached: this.#reached, receivedAt: this.#now() });
    this.#waiting.push(event);
    this.#timer ??= setTimeout(() => {
      this.#handOn();
    }, batchMilliseconds);
  }

  /** Tells every listener that events may have passed unseen. */
  reportGap(): void {
    for (const { onGap } of this.#listeners) onGap();
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * The events that data read at that sequence does not hold yet, a minute back at most. A live mark
   * has no sequence: it counts once the stream had come as far as the data.
   */
  after(sequence: string): readonly AccountEvent[] {
    const read = BigInt(sequence);
    return this.#kept
      .filter(({ event, reached }) =>
        event.sequence === null ? reached >= read : BigInt(event.sequence) > read,
      )
      .map(({ event }) => event);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #handOn(): void {
    const events = this.#waiting;
    this.#waiting = [];
    this.#timer = undefined;
    const oldest = this.#now() - keepMilliseconds;
    this.#kept = this.#kept.filter(({ receivedAt }) => receivedAt >= oldest);
    for (const { onEvents } of this.#listeners) onEvents(events);
  }
}
