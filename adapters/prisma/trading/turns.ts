/** Work that is done one after the other where it has the same key, and at once where it has not. */
export class Turns {
  /** Settles, never rejecting, when the last work of a key is done; keys without work have no entry. */
  readonly #ends = new Map<string, Promise<void>>();

  /** Does `work` when all that was given under `key` before has settled; with its outcome. */
  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const outcome = (this.#ends.get(key) ?? Promise.resolve()).then(work);
    const end = outcome.then(
      () => undefined,
      () => undefined,
    );
    this.#ends.set(key, end);
    try {
      return await outcome;
    } finally {
      if (this.#ends.get(key) === end) this.#ends.delete(key);
    }
  }
}
