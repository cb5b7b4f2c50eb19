/** A resource in use. */
export interface Acquired<Resource> {
  readonly resource: Resource;
  /** Gives it back; call it once. */
  readonly release: () => Promise<void>;
}

/** Something that is opened for its first user and closed after its last. */
export class Shared<Resource extends { close(): Promise<void> }> {
  readonly #open: (key: string) => Promise<Resource>;
  readonly #entries = new Map<string, { readonly resource: Promise<Resource>; users: number }>();

  constructor(open: (key: string) => Promise<Resource>) {
    this.#open = open;
  }

  /** The resource of `key`, opened where nobody uses it yet. */
  async acquire(key: string): Promise<Acquired<Resource>> {
    const entry = this.#entries.get(key) ?? { resource: this.#open(key), users: 0 };
    this.#entries.set(key, entry);
    entry.users += 1;
    const release = async () => {
      entry.users -= 1;
      if (entry.users > 0) return;
      this.#entries.delete(key);
      await (await entry.resource).close();
    };
    try {
      return { resource: await entry.resource, release };
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      throw error;
    }
  }
}
