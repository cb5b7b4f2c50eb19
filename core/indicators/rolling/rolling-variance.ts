/**
 * Mean and population variance of the last `period` values. The end of one block of values is joined
 * with the beginning of the next (Chan, Golub and LeVeque, Updating formulae and a pairwise algorithm
 * for computing sample variances, 1979), each of them built up value by value (Welford, 1962), so
 * that no large squares are taken from each other: values that stand have a variance of exactly 0.
 */
export class RollingVariance {
  /** The mean of the window. */
  mean = NaN;
  readonly #values: Float64Array;
  readonly #endMeans: Float64Array;
  readonly #endSquares: Float64Array;
  #position = 0;
  #begunMean = 0;
  #begunSquares = 0;
  #isFull = false;

  constructor(period: number) {
    this.#values = new Float64Array(period);
    this.#endMeans = new Float64Array(period + 1);
    this.#endSquares = new Float64Array(period + 1);
  }

  /** The variance with `value` as the latest; NaN until the window is full, anew after a NaN. */
  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#position = 0;
      this.#isFull = false;
      this.mean = NaN;
      return NaN;
    }
    const period = this.#values.length;
    this.#values[this.#position] = value;
    const count = this.#position + 1;
    if (count === 1) {
      this.#begunMean = value;
      this.#begunSquares = 0;
    } else {
      const difference = value - this.#begunMean;
      this.#begunMean += difference / count;
      this.#begunSquares += difference * (value - this.#begunMean);
    }
    if (count < period) {
      this.#position = count;
      if (!this.#isFull) return NaN;
      const difference = (this.#endMeans[count] ?? NaN) - this.#begunMean;
      const endShare = (period - count) / period;
      this.mean = this.#begunMean + difference * endShare;
      const between = difference * difference * count * endShare;
      return ((this.#endSquares[count] ?? NaN) + this.#begunSquares + between) / period;
    }
    this.#position = 0;
    this.#keepEnds();
    this.#isFull = true;
    this.mean = this.#begunMean;
    return this.#begunSquares / period;
  }

  #keepEnds(): void {
    const values = this.#values;
    let mean = 0;
    let squares = 0;
    for (let position = values.length - 1; position > 0; position -= 1) {
      const value = values[position] ?? NaN;
      const difference = value - mean;
      mean += difference / (values.length - position);
      squares += difference * (value - mean);
      if (position === values.length - 1) {
        mean = value;
        squares = 0;
      }
      this.#endMeans[position] = mean;
      this.#endSquares[position] = squares;
    }
  }
}
