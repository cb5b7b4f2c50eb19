/** Closed trades in the order in which they were closed, as lists of `length` rows. */
export interface TradeColumns {
  readonly length: number;
  /** Index of the instrument. */
  readonly instrument: readonly number[];
  /** Units, negative for a short trade. */
  readonly size: readonly number[];
  /** Points of the market's time line. */
  readonly entryBar: readonly number[];
  readonly exitBar: readonly number[];
  readonly entryPrice: readonly number[];
  readonly exitPrice: readonly number[];
  /** Money after commission of entry and exit. */
  readonly pnl: readonly number[];
  /** Commission of entry and exit. */
  readonly commission: readonly number[];
  /** `pnl` over the value at entry, as a fraction. */
  readonly returnPct: readonly number[];
  /** Why it was entered and left, in words and numbers. */
  readonly entryReason: readonly string[];
  readonly exitReason: readonly string[];
}

/** Trades that are being written. */
export class TradeLog implements TradeColumns {
  length = 0;
  readonly instrument: number[] = [];
  readonly size: number[] = [];
  readonly entryBar: number[] = [];
  readonly exitBar: number[] = [];
  readonly entryPrice: number[] = [];
  readonly exitPrice: number[] = [];
  readonly pnl: number[] = [];
  readonly commission: number[] = [];
  readonly returnPct: number[] = [];
  readonly entryReason: string[] = [];
  readonly exitReason: string[] = [];

  /** Adds a trade; its profit follows from the rest. */
  add(
    instrument: number,
    multiplier: number,
    size: number,
    entryBar: number,
    exitBar: number,
    entryPrice: number,
    exitPrice: number,
    commission: number,
    entryReason: string,
    exitReason: string,
  ): void {
    this.instrument.push(instrument);
    this.size.push(size);
    this.entryBar.push(entryBar);
    this.exitBar.push(exitBar);
    this.entryPrice.push(entryPrice);
    this.exitPrice.push(exitPrice);
    this.commission.push(commission);
    this.pnl.push(size * (exitPrice - entryPrice) * multiplier - commission);
    this.returnPct.push(
      Math.sign(size) * (exitPrice / entryPrice - 1) -
        commission / (Math.abs(size) * entryPrice * multiplier),
    );
    this.entryReason.push(entryReason);
    this.exitReason.push(exitReason);
    this.length += 1;
  }
}
