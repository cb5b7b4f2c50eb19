/**
 * A sum without end, with what each addition rounds away carried along (A. Neumaier, 1974), so that
 * error does not gather over long series. A NaN gives NaN and begins anew.
 */
export class RunningTotal {
  #sum = 0;
  #lost = 0;

  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#sum = 0;
      this.#lost = 0;
      return NaN;
    }
    const sum = this.#sum + value;
    this.#lost +=
      Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - sum + value : value - sum + this.#sum;
    this.#sum = sum;
    return sum + this.#lost;
  }
}
