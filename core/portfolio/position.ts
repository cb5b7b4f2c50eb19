import { Decimal } from 'decimal.js';
import type { Side } from '../order/order-terms.ts';
import { contractValueOf } from './contract-value.ts';

/**
 * An account's position in an instrument and product as the broker keeps it: all that was bought
 * and all that was sold. Averages and profit are derived (source: Kite Connect positions).
 */
export interface Position {
  /** How many times its price one of quantity is worth (`contractValueOf`). */
  readonly multiplier: Decimal;
  /** Units, or lots where the multiplier is their size. */
  readonly buyQuantity: Decimal;
  /** Rupees: price times quantity times multiplier over all buys. */
  readonly buyValue: Decimal;
  /** Units or lots, as `buyQuantity`. */
  readonly sellQuantity: Decimal;
  /** Rupees: price times quantity times multiplier over all sells. */
  readonly sellValue: Decimal;
}

const zero = new Decimal(0);

/** A position in which nothing has traded, of an instrument with this multiplier. */
export function emptyPositionOf(multiplier: Decimal): Position {
  return {
    multiplier,
    buyQuantity: zero,
    buyValue: zero,
    sellQuantity: zero,
    sellValue: zero,
  };
}

/** The position after `quantity` more traded at `price` rupees. */
export function addToPosition<P extends Position>(
  position: P,
  side: Side,
  quantity: Decimal,
  price: Decimal,
): P {
  const value = contractValueOf(quantity, price, position.multiplier);
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

/** Quantity held: positive long, negative short. */
export function netQuantityOf(position: Pick<Position, 'buyQuantity' | 'sellQuantity'>): Decimal {
  return position.buyQuantity.minus(position.sellQuantity);
}

/** Average over all buys, in rupees, which sells leave as it is; null where nothing was bought. */
export function averageBuyPriceOf(position: Position): Decimal | null {
  return averageOf(position.buyValue, position.buyQuantity, position.multiplier);
}

/** Average over all sells, in rupees; null where nothing was sold. */
export function averageSellPriceOf(position: Position): Decimal | null {
  return averageOf(position.sellValue, position.sellQuantity, position.multiplier);
}

function averageOf(value: Decimal, quantity: Decimal, multiplier: Decimal): Decimal | null {
  return quantity.isZero() ? null : value.dividedBy(quantity.times(multiplier));
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
  return position.sellValue.minus(position.buyValue).plus(marketValueOf(position, lastPrice));
}

/** Rupees that what is held is worth at `lastPrice`; negative when short. */
export function marketValueOf(position: Position, lastPrice: Decimal): Decimal {
  return contractValueOf(netQuantityOf(position), lastPrice, position.multiplier);
}

/**
 * The realised part of the profit in the broker's average-cost view, in rupees: what was both
 * bought and sold, at the difference of the averages. The ledger's realised profit is FIFO.
 */
export function averageCostRealisedPnlOf(position: Position): Decimal {
  const averageBuyPrice = averageBuyPriceOf(position);
  const averageSellPrice = averageSellPriceOf(position);
  if (averageBuyPrice === null || averageSellPrice === null) return zero;
  const closed = Decimal.min(position.buyQuantity, position.sellQuantity);
  return contractValueOf(closed, averageSellPrice.minus(averageBuyPrice), position.multiplier);
}
