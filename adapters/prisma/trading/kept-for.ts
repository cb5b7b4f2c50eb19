import type { Clock } from '@nandax/app/ports/world.ts';

/** Values that are read once and kept for a while, per key; a failed read is not kept. */
export class KeptFor<T> {
  readonly #kept = new Map<string, { readonly value: Promise<T>; readonly until: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly keepMs: number,
    private readonly read: (key: string) => Promise<T>,
  ) {}

  get(key: string): Promise<T> {
    const now = this.clock.now().getTime();
    const kept = this.#kept.get(key);
    if (kept !== undefined && now < kept.until) return kept.value;
    const value = this.read(key);
    this.#kept.set(key, { value, until: now + this.keepMs });
    value.catch(() => this.#kept.delete(key));
    return value;
  }
}
