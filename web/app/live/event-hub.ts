import type { AccountEvent } from './account-stream.ts';

/** Events are handed on this often at most: faster than an eye, slower than a replay at full speed. */
const batchMilliseconds = 60;

/** Events are kept this long for data that began to load before they came. */
const keepMilliseconds = 60_000;

/** What a listener hears: events, in the order they came, or that it may have missed some. */
export interface Listener {
  readonly onEvents: (events: readonly AccountEvent[]) => void;
  readonly onGap: () => void;
}

/** Hands the account's events on in batches, and keeps those that loaded data may not hold yet. */
export class EventHub {
  readonly #now: () => number;
  readonly #listeners = new Set<Listener>();
  #kept: { readonly receivedAt: number; readonly event: AccountEvent }[] = [];
  #waiting: AccountEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param now milliseconds of a clock that only goes forward. */
  constructor(now: () => number) {
    this.#now = now;
  }

  receive(event: AccountEvent): void {
    const receivedAt = this.#now();
    this.#kept.push({ receivedAt, event });
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

  /** The events since a time of the hub's clock, a minute back at most. */
  since(time: number): readonly AccountEvent[] {
    return this.#kept.filter(({ receivedAt }) => receivedAt >= time).map(({ event }) => event);
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
