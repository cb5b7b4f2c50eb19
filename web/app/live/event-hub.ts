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

/** What a listener hears: events, in the order they came, or that some were missed (`misses` says for whom). */
export interface Listener {
  readonly onEvents: (events: readonly AccountEvent[]) => void;
  readonly onGap: () => void;
}

/** Hands the account's events on in batches, and keeps those that loaded data may not hold yet. */
export class EventHub {
  readonly #now: () => number;
  readonly #onBehind: (behind: boolean) => void;
  readonly #listeners = new Set<Listener>();
  readonly #behind = new Set<object>();
  #heardFrom: bigint;
  #kept: KeptEvent[] = [];
  /** The highest sequence so far. */
  #reached = 0n;
  #waiting: AccountEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param begin where the stream begins.
   * @param now milliseconds of a clock that only goes forward.
   * @param onBehind called when the first data fell behind, and when the last has caught up.
   */
  constructor(begin: string, now: () => number, onBehind: (behind: boolean) => void) {
    this.#heardFrom = BigInt(begin);
    this.#now = now;
    this.#onBehind = onBehind;
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

  /** Tells every listener that events up to a sequence passed unseen. */
  reportGap(sequence: string): void {
    this.#heardFrom = BigInt(sequence);
    for (const { onGap } of this.#listeners) onGap();
  }

  /**
   * Whether something happened after data was read of which the stream does not tell: between that
   * reading and the stream's begin (the loaders of a page ask side by side), or in a gap.
   */
  misses(sequence: string): boolean {
    return BigInt(sequence) < this.#heardFrom;
  }

  /** Says that a screen shows what is out of date; the answer says that it has caught up, or is gone. */
  fallBehind(): () => void {
    const screen = {};
    this.#behind.add(screen);
    if (this.#behind.size === 1) this.#onBehind(true);
    return () => {
      if (this.#behind.delete(screen) && this.#behind.size === 0) this.#onBehind(false);
    };
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
