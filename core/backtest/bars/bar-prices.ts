import { FillKernel } from '../../exchange/fill-kernel.ts';
import type { OrderType } from '../../order/order-terms.ts';
import type { SideSign } from '../../exchange/order-columns.ts';

/** Ticks play no part: spread and slippage of this engine are parts of the price. */
const anyTick = 0.01;

/**
 * What the fill kernel says an order gets within a bar, before spread and slippage. It is asked only on
 * bars on which an order works.
 */
export class BarPrices {
  readonly #kernel: FillKernel;

  constructor(instruments: number) {
    const tickSizes = Array.from({ length: instruments }, () => anyTick);
    this.#kernel = new FillKernel({ tickSizes, limitFill: 'TOUCH' });
  }

  /** Price of a market order that meets `price` (rupees) at `time` (epoch ms). */
  market(instrument: number, side: SideSign, units: number, time: number, price: number): number {
    const kernel = this.#kernel;
    kernel.addMarketOrder(instrument, side, units, time);
    kernel.matchTick(instrument, time, price, { kind: 'OPEN' });
    return this.#taken();
  }

  /**
   * Price of an order that lies at `level` when the bar opens and that the bar is known to reach: the
   * open where that is beyond it already, else the level.
   */
  resting(
    instrument: number,
    side: SideSign,
    kind: 'STOP' | 'TARGET',
    units: number,
    level: number,
    time: number,
    open: number,
  ): number {
    const kernel = this.#kernel;
    const type: OrderType = kind === 'STOP' ? 'SL_M' : 'LIMIT';
    kernel.addOrder({
      instrument,
      side,
      type,
      quantity: units,
      price: level,
      triggerPrice: level,
      eligibleFrom: time,
    });
    if (kernel.matchTick(instrument, time, open, { kind: 'OPEN' }) === 0) {
      kernel.matchTick(instrument, time, level, { kind: 'MOVE' });
    }
    return this.#taken();
  }

  #taken(): number {
    const kernel = this.#kernel;
    const price = kernel.fills.price[0] as number;
    if (kernel.fills.length !== 1) throw new Error(`${kernel.fills.length} fills of one order`);
    kernel.clearFills();
    kernel.clearOrders();
    return price;
  }
}
