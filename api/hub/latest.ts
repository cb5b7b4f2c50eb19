/**
 * The latest value of each key, given out together and at most once in an interval: what conflates
 * live values, so that a slow reader costs one value a key and never a queue.
 */
export class Latest<Key, Value> {
  readonly #values = new Map<Key, Value>();
  readonly #intervalMs: number;
  readonly #onDue: () => void;
  #timer: NodeJS.Timeout | null = null;
  #due = false;
  #quietUntil = -Infinity;

  /** `onDue` is told when values wait and the interval since the last taking is over. */
  constructor(intervalMs: number, onDue: () => void) {
    this.#intervalMs = intervalMs;
    this.#onDue = onDue;
  }

  put(key: Key, value: Value): void {
    this.#values.set(key, value);
    if (this.#due || this.#timer !== null) return;
    const wait = this.#quietUntil - performance.now();
    if (wait <= 0) this.#ring();
    else this.#timer = setTimeout(() => this.#ring(), wait);
  }

  /** The values that are due, in the order their keys were first put; empty: none are. */
  take(): Value[] {
    if (!this.#due) return [];
    this.#due = false;
    this.#quietUntil = performance.now() + this.#intervalMs;
    const values = [...this.#values.values()];
    this.#values.clear();
    return values;
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#values.clear();
  }

  #ring(): void {
    this.#timer = null;
    this.#due = true;
    this.#onDue();
  }
}
