import type { Decimal } from 'decimal.js';
import type { AccruedCharges } from '../charges/accrued-charges.ts';
import { addCharges, totalOfCharges } from '../charges/accrued-charges.ts';
import { contractValueOf } from './contract-value.ts';
import type { ClosedSlice, Direction } from './fifo.ts';

/** Units of one entry lot closed by one exit fill: a round trip, or a part of one. Rupees are unrounded. */
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
  /** What the parts of one round trip share (`roundTripOf`); null or left out: it is one by itself. */
  readonly roundTrip?: string | null;
}

/**
 * The trade a closed slice makes. Words of a broker overtake each other, so the fill that closes a lot
 * may have traded before the one that opened it: then it was the entry, and the trade went the other
 * way. Profit and charges are the same either way.
 */
export function tradeOf(slice: ClosedSlice): Trade {
  const { lot, quantity, exitPrice, exitTime } = slice;
  const gain = contractValueOf(quantity, exitPrice.minus(lot.price), lot.multiplier);
  const grossPnl = lot.direction === 'LONG' ? gain : gain.negated();
  const charges = addCharges(slice.entryCharges, slice.exitCharges);
  const netPnl = grossPnl.minus(totalOfCharges(charges));
  const known = { quantity, grossPnl, charges, netPnl };
  if (exitTime < lot.time) {
    return {
      ...known,
      direction: lot.direction === 'LONG' ? 'SHORT' : 'LONG',
      entryPrice: exitPrice,
      entryTime: exitTime,
      exitPrice: lot.price,
      exitTime: lot.time,
    };
  }
  return {
    ...known,
    direction: lot.direction,
    entryPrice: lot.price,
    entryTime: lot.time,
    exitPrice,
    exitTime,
  };
}
