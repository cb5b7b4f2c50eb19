import { dayNumberOf, exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import type { FillKernel } from '@nandax/core/exchange/fill-kernel.ts';
import { priceBandOn, type PriceBand, type PriceBandRule } from '@nandax/core/market/price-band.ts';
import { AuctionReference } from '@nandax/core/exchange/auction-reference.ts';
import type { InstrumentRecord } from '../records.ts';

/** How far the prices of each instrument go in a day: set by its first tick, kept by the kernel. */
export class DayBands {
  /** The exchange day of each instrument's band. */
  readonly #days: number[] = [];
  /** The auction (epoch ms of its begin) that each instrument's band is of. */
  readonly #auctions: number[] = [];
  readonly #references = new AuctionReference();

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

  /**
   * Hears of a trade (epoch ms, rupees, units; NaN: not known) of a day whose closing auction begins at
   * `auction`. The first one in it sets the auction's own band, where there is a rule for one.
   */
  hearOfAuction(
    instrument: number,
    { time, price }: { readonly time: number; readonly price: number },
    volume: number,
    auction: number,
  ): void {
    this.#references.hear(instrument, time, price, volume, auction);
    const record = this.instruments[instrument];
    if (time < auction || this.#auctions[instrument] === auction || record === undefined) return;
    this.#auctions[instrument] = auction;
    const reference = this.#references.price(instrument, auction);
    const banded = { ...record, tickSize: record.tickSize.toNumber() };
    const date = exchangeDateOf(time);
    const band = priceBandOn(this.rules, banded, date, reference, 'AUCTION_REFERENCE');
    if (band !== null) this.kernel.setPriceBand(instrument, band.lower, band.upper);
  }

  /** The prices (rupees) within which an instrument trades today; null: nothing holds them back. */
  of(instrument: number): PriceBand | null {
    const { lower, upper } = this.kernel.priceBand(instrument);
    return lower === 0 && upper === Infinity ? null : { lower, upper };
  }
}
