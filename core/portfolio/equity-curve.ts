/** Equity over time as columns of equal length. */
export interface EquityColumns {
  readonly length: number;
  /** Epoch milliseconds, rising. */
  readonly time: Float64Array;
  /** Rupees: cash and positions at their last price, after charges. */
  readonly equity: Float64Array;
}

const firstCapacity = 512;

/**
 * The running equity of a backtest or run, in float64: fills and charges move cash and units, marks
 * move prices, `record` writes a point. The ledger beside it is exact.
 */
export class EquityCurve {
  #cash: number;
  readonly #multipliers: readonly number[];
  readonly #units: Float64Array;
  readonly #lastPrice: Float64Array;
  #length = 0;
  #time = new Float64Array(firstCapacity);
  #equity = new Float64Array(firstCapacity);

  /**
   * Starts with `initialCapital` rupees in cash. Instruments are known by their index in
   * `multipliers`, which say how many times its price one of quantity is worth.
   */
  constructor(initialCapital: number, multipliers: readonly number[]) {
    this.#cash = initialCapital;
    this.#multipliers = multipliers;
    this.#units = new Float64Array(multipliers.length);
    this.#lastPrice = new Float64Array(multipliers.length);
  }

  /** `signedQuantity` units traded at `price` rupees (positive: bought), which also marks them. */
  fill(instrument: number, signedQuantity: number, price: number): void {
    this.#cash -= signedQuantity * price * this.#multiplier(instrument);
    this.#units[instrument] = (this.#units[instrument] ?? 0) + signedQuantity;
    this.mark(instrument, price);
  }

  /** Charges of `amount` rupees were taken; a correction may be negative. */
  charge(amount: number): void {
    this.#cash -= amount;
  }

  /** The instrument's last price is `price` rupees, e.g. the close of a bar. */
  mark(instrument: number, price: number): void {
    this.#lastPrice[instrument] = price;
  }

  /** Rupees now. */
  equity(): number {
    let equity = this.#cash;
    for (let instrument = 0; instrument < this.#units.length; instrument += 1) {
      const units = (this.#units[instrument] ?? 0) * this.#multiplier(instrument);
      equity += units * (this.#lastPrice[instrument] ?? 0);
    }
    return equity;
  }

  #multiplier(instrument: number): number {
    return this.#multipliers[instrument] ?? NaN;
  }

  /** Writes the equity of now as the point at `time`; the same time again replaces the point. */
  record(time: number): void {
    if (this.#length > 0 && this.#time[this.#length - 1] === time) this.#length -= 1;
    if (this.#length === this.#time.length) this.#grow();
    this.#time[this.#length] = time;
    this.#equity[this.#length] = this.equity();
    this.#length += 1;
  }

  /** The points so far, in columns of their own. */
  columns(): EquityColumns {
    return {
      length: this.#length,
      time: this.#time.slice(0, this.#length),
      equity: this.#equity.slice(0, this.#length),
    };
  }

  #grow(): void {
    const time = new Float64Array(this.#length * 2);
    const equity = new Float64Array(this.#length * 2);
    time.set(this.#time);
    equity.set(this.#equity);
    this.#time = time;
    this.#equity = equity;
  }
}

/**
 * The drawdown at each point as a fraction of the highest equity so far, which starts at
 * `initialCapital`: 0 at a high, -0.1 when a tenth is lost (source: empyrical `max_drawdown`).
 */
export function drawdownsOf(columns: EquityColumns, initialCapital: number): Float64Array {
  const drawdowns = new Float64Array(columns.length);
  let highest = initialCapital;
  for (let point = 0; point < columns.length; point += 1) {
    const equity = columns.equity[point] ?? 0;
    if (equity > highest) highest = equity;
    drawdowns[point] = equity / highest - 1;
  }
  return drawdowns;
}
