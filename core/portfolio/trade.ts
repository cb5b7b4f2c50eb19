import type { Decimal } from 'decimal.js';
import type { AccruedCharges } from '../charges/accrued-charges.ts';
import { addCharges, totalOfCharges } from '../charges/accrued-charges.ts';
import type { ClosedSlice, Direction } from './fifo.ts';

/** A round trip: units of one entry lot closed by one exit fill. Rupees are unrounded. */
export interface Trade {
  readonly direction: Direction;
  /** Units, positive. */
  readonly quantity: Decimal;
  readonly entryPrice: Decimal;
  /** Epoch milliseconds. */
  readonly entryTime: number;
  readonly exitPrice: Decimal;
  /** Epoch milliseconds. */
  readonly exitTime: number;
  /** Before charges. */
  readonly grossPnl: Decimal;
  /** Entry and exit charges, pro rata to the units; without depository charge and note rounding. */
  readonly charges: AccruedCharges;
  /** `grossPnl` less the total of `charges`. */
  readonly netPnl: Decimal;
}

/** The trade a closed slice makes. */
export function tradeOf(slice: ClosedSlice): Trade {
  const { lot, quantity, exitPrice, exitTime } = slice;
  const gain = exitPrice.minus(lot.price).times(quantity);
  const grossPnl = lot.direction === 'LONG' ? gain : gain.negated();
  const charges = addCharges(slice.entryCharges, slice.exitCharges);
  return {
    direction: lot.direction,
    quantity,
    entryPrice: lot.price,
    entryTime: lot.time,
    exitPrice,
    exitTime,
    grossPnl,
    charges,
    netPnl: grossPnl.minus(totalOfCharges(charges)),
  };
}
