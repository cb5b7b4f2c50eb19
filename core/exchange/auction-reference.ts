import { minuteMs } from '../calendar/exchange-time.ts';

/** The last minutes before a closing auction, whose average price it takes for reference (NSE/CMTR/74466). */
const referenceMs = 15 * minuteMs;

interface Sums {
  /** Epoch ms at which the auction begins. */
  auction: number;
  value: number;
  volume: number;
  /** Rupees. */
  last: number;
}

/**
 * The reference price of each instrument's closing auction: the average of the quarter of an hour
 * before it, weighted by volume; the last price before it where no volume is known.
 */
export class AuctionReference {
  readonly #sums: (Sums | undefined)[] = [];

  /** Hears a trade (epoch ms, rupees, units; NaN: not known) of a day whose auction begins at `auction`. */
  hear(instrument: number, time: number, price: number, volume: number, auction: number): void {
    if (time >= auction) return;
    let sums = this.#sums[instrument];
    if (sums?.auction !== auction) {
      sums = { auction, value: 0, volume: 0, last: price };
      this.#sums[instrument] = sums;
    }
    sums.last = price;
    if (time < auction - referenceMs || !(volume > 0)) return;
    sums.value += price * volume;
    sums.volume += volume;
  }

  /** Rupees; NaN where nothing was heard on the day of this auction. */
  price(instrument: number, auction: number): number {
    const sums = this.#sums[instrument];
    if (sums?.auction !== auction) return NaN;
    return sums.volume > 0 ? sums.value / sums.volume : sums.last;
  }
}
