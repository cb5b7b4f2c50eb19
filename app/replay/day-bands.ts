import { dayNumberOf, exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import type { FillKernel } from '@nandax/core/exchange/fill-kernel.ts';
import { priceBandOn, type PriceBand, type PriceBandRule } from '@nandax/core/market/price-band.ts';
import type { InstrumentRecord } from '../records.ts';

/** How far the prices of each instrument go in a day: set by its first tick, kept by the kernel. */
export class DayBands {
  /** The exchange day of each instrument's band. */
  readonly #days: number[] = [];

  constructor(
    private readonly kernel: FillKernel,
    private readonly instruments: readonly InstrumentRecord[],
    private readonly rules: readonly PriceBandRule[],
  ) {}

  /** Hears that an instrument traded at `time` (epoch ms); `close` is the close before, NaN: not known. */
  enterDay(instrument: number, time: number, close: number): void {
    const day = dayNumberOf(time);
    const record = this.instruments[instrument];
    if (this.#days[instrument] === day || record === undefined) return;
    this.#days[instrument] = day;
    const banded = { ...record, tickSize: record.tickSize.toNumber() };
    const band = priceBandOn(this.rules, banded, exchangeDateOf(time), close);
    if (band === null) this.kernel.clearPriceBand(instrument);
    else this.kernel.setPriceBand(instrument, band.lower, band.upper);
  }

  /** The prices (rupees) within which an instrument trades today; null: nothing holds them back. */
  of(instrument: number): PriceBand | null {
    const { lower, upper } = this.kernel.priceBand(instrument);
    return lower === 0 && upper === Infinity ? null : { lower, upper };
  }
}
