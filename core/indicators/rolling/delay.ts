/** The value of `distance` bars ago; NaN while there is none, anew after a NaN. */
export class Delay {
  readonly #values: Float64Array;
  #position = 0;

  constructor(distance: number) {
    this.#values = new Float64Array(distance).fill(NaN);
  }

  /** What was given `distance` calls ago. */
  next(value: number): number {
    const values = this.#values;
    if (Number.isNaN(value)) {
      values.fill(NaN);
      return NaN;
    }
    if (values.length === 0) return value;
    const before = values[this.#position] ?? NaN;
    values[this.#position] = value;
    this.#position += 1;
    if (this.#position === values.length) this.#position = 0;
    return before;
  }
}
