import { Decimal } from 'decimal.js';
import type { AccruedCharges } from '../charges/accrued-charges.ts';
import { splitCharges } from '../charges/accrued-charges.ts';
import type { Side } from '../order/order-terms.ts';

/** Whether a position gains when the price rises (LONG) or falls (SHORT). */
export type Direction = 'LONG' | 'SHORT';

/** An execution as its owner's books see it. */
export interface OwnedFill {
  readonly id: string;
  readonly side: Side;
  /** Units, positive. */
  readonly quantity: Decimal;
  /** Rupees a unit. */
  readonly price: Decimal;
  /** How many times its price one of quantity is worth (`contractValueOf`). */
  readonly multiplier: Decimal;
  /** Epoch milliseconds. */
  readonly time: number;
  /** What this fill added to its order's charges. */
  readonly charges: AccruedCharges;
}

/** What is still open of one entry. */
export interface Lot {
  /** The fill that opened it, or whatever else the caller knows it by. */
  readonly id: string;
  readonly direction: Direction;
  /** Units still open, positive. */
  readonly quantity: Decimal;
  readonly price: Decimal;
  /** How many times its price one of quantity is worth. */
  readonly multiplier: Decimal;
  /** Epoch milliseconds of the entry. */
  readonly time: number;
  /** The part of the entry's charges that belongs to the open units. */
  readonly charges: AccruedCharges;
}

/** Units of one lot closed by one fill. */
export interface ClosedSlice {
  /** The lot as it stood before. */
  readonly lot: Lot;
  readonly fillId: string;
  /** Units closed, positive. */
  readonly quantity: Decimal;
  readonly exitPrice: Decimal;
  /** Epoch milliseconds. */
  readonly exitTime: number;
  /** The closed units' part of the lot's charges. */
  readonly entryCharges: AccruedCharges;
  /** The closed units' part of the fill's charges. */
  readonly exitCharges: AccruedCharges;
  /** What stays open of the lot; null: nothing. */
  readonly remainder: Lot | null;
}

/** What one fill did to the lots. */
export interface FifoOutcome {
  /** Oldest lot first. */
  readonly closed: readonly ClosedSlice[];
  /** The lot the fill opened with the units it had left; null: none. */
  readonly opened: Lot | null;
  /** All lots open afterwards, oldest first. */
  readonly lots: readonly Lot[];
}

/** The direction a fill on `side` opens. */
export function directionOf(side: Side): Direction {
  return side === 'BUY' ? 'LONG' : 'SHORT';
}

/**
 * Sets a fill against open lots, first in, first out (the order of Indian capital gains and of
 * Zerodha's Console). `lots` are those of one owner (a run, or the user by hand), instrument and
 * product, oldest first and all in one direction; two owners of one share never close each
 * other's lots. Charges go with the units, pro rata, and none is lost. Does not change its input.
 */
export function matchFill(lots: readonly Lot[], fill: OwnedFill): FifoOutcome {
  const direction = directionOf(fill.side);
  const { price, multiplier, time } = fill;
  let quantity = fill.quantity;
  let charges = fill.charges;
  const closed: ClosedSlice[] = [];

  for (const lot of lots) {
    if (quantity.isZero() || lot.direction === direction) break;
    const units = Decimal.min(quantity, lot.quantity);
    const entry = splitCharges(lot.charges, units, lot.quantity);
    const exit = splitCharges(charges, units, quantity);
    closed.push({
      lot,
      fillId: fill.id,
      quantity: units,
      exitPrice: price,
      exitTime: time,
      entryCharges: entry.share,
      exitCharges: exit.share,
      remainder: units.equals(lot.quantity)
        ? null
        : { ...lot, quantity: lot.quantity.minus(units), charges: entry.rest },
    });
    quantity = quantity.minus(units);
    charges = exit.rest;
  }

  const opened: Lot | null = quantity.isZero()
    ? null
    : { id: fill.id, direction, quantity, price, multiplier, time, charges };
  const remainder = closed.at(-1)?.remainder ?? null;
  const untouched = lots.slice(closed.length);
  return {
    closed,
    opened,
    lots: [
      ...(remainder === null ? [] : [remainder]),
      ...untouched,
      ...(opened === null ? [] : [opened]),
    ],
  };
}
