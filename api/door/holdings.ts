/** Things that holders have, at most so many each. Counted in this process only. */
export class Holdings<Thing> {
  readonly #things = new Map<string, Set<Thing>>();

  /** Gives `holder` one more thing; false: it has as many as it may. */
  add(holder: string, thing: Thing, most: number): boolean {
    const held = this.#things.get(holder) ?? new Set();
    if (held.size >= most) return false;
    this.#things.set(holder, held.add(thing));
    return true;
  }

  remove(holder: string, thing: Thing): void {
    const held = this.#things.get(holder);
    held?.delete(thing);
    if (held?.size === 0) this.#things.delete(holder);
  }

  of(holder: string): Iterable<Thing> {
    return this.#things.get(holder) ?? [];
  }
}
