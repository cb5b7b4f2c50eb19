import { Decimal } from 'decimal.js';
import type { Side } from '../order/order-terms.ts';

/**
 * An account's position in an instrument and product as the broker keeps it: all that was bought
 * and all that was sold. Averages and profit are derived (source: Kite Connect positions).
 */
export interface Position {
  /** Units. */
  readonly buyQuantity: Decimal;
  /** Rupees: price times quantity over all buys. */
  readonly buyValue: Decimal;
  /** Units. */
  readonly sellQuantity: Decimal;
  /** Rupees: price times quantity over all sells. */
  readonly sellValue: Decimal;
}

const zero = new Decimal(0);

/** A position in which nothing has traded. */
export const emptyPosition: Position = {
  buyQuantity: zero,
  buyValue: zero,
  sellQuantity: zero,
  sellValue: zero,
};

/** The position after `quantity` more units traded at `price` rupees. */
export function addToPosition(
  position: Position,
  side: Side,
  quantity: Decimal,
  price: Decimal,
): Position {
  const value = quantity.times(price);
  return side === 'BUY'
    ? {
        ...position,
        buyQuantity: position.buyQuantity.plus(quantity),
        buyValue: position.buyValue.plus(value),
      }
    : {
        ...position,
        sellQuantity: position.sellQuantity.plus(quantity),
        sellValue: position.sellValue.plus(value),
      };
}

/** Units held: positive long, negative short. */
export function netQuantityOf(position: Position): Decimal {
  return position.buyQuantity.minus(position.sellQuantity);
}

/** Average over all buys, in rupees, which sells leave as it is; null where nothing was bought. */
export function averageBuyPriceOf(position: Position): Decimal | null {
  return position.buyQuantity.isZero() ? null : position.buyValue.dividedBy(position.buyQuantity);
}

/** Average over all sells, in rupees; null where nothing was sold. */
export function averageSellPriceOf(position: Position): Decimal | null {
  return position.sellQuantity.isZero()
    ? null
    : position.sellValue.dividedBy(position.sellQuantity);
}

/** The average price of the open side, in rupees; null when flat. */
export function averagePriceOf(position: Position): Decimal | null {
  const net = netQuantityOf(position);
  if (net.isZero()) return null;
  return net.isPositive() ? averageBuyPriceOf(position) : averageSellPriceOf(position);
}

/**
 * Profit before charges in rupees, realised and unrealised together, at `lastPrice`: what was
 * sold less what was bought plus what is held. The same under average cost and FIFO.
 */
export function pnlOf(position: Position, lastPrice: Decimal): Decimal {
  return position.sellValue.minus(position.buyValue).plus(netQuantityOf(position).times(lastPrice));
}

/**
 * The realised part of the profit in the broker's average-cost view, in rupees: the units both
 * bought and sold, at the difference of the averages. The ledger's realised profit is FIFO.
 */
export function averageCostRealisedPnlOf(position: Position): Decimal {
  const averageBuyPrice = averageBuyPriceOf(position);
  const averageSellPrice = averageSellPriceOf(position);
  if (averageBuyPrice === null || averageSellPrice === null) return zero;
  const closed = Decimal.min(position.buyQuantity, position.sellQuantity);
  return averageSellPrice.minus(averageBuyPrice).times(closed);
}
