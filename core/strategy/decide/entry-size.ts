import { Decimal } from 'decimal.js';
import type { RuleReading } from '../evaluate/rule-reading.ts';
import type { SizeTerm, StrategyTerms } from '../plan/strategy-terms.ts';

/** What the size of an order follows. */
export interface TradedLot {
  /** Smallest tradable quantity. */
  readonly lotSize: number;
  /** How many times its price one of quantity is worth; 1 for shares. */
  readonly multiplier: number;
  /**
   * Whether money becomes units only at the fill: an entry by money or by risk is then decided with what
   * it comes to at the close, in no whole lots, and whoever fills it rounds it. Left out: no.
   */
  readonly sizedAtFill?: boolean;
}

/** Units to enter with, or why none. */
export type EntrySize =
  | { readonly units: number; readonly cause: null }
  | {
      readonly units: 0;
      readonly cause: 'LESS_THAN_ONE_LOT' | 'NO_RISK_DISTANCE';
      readonly text: string;
    };

/**
 * The size of an entry at `price` rupees, in whole lots, by exact arithmetic, but for one that is sized
 * at its fill. `equity` is asked (in rupees) only where the size follows it.
 */
export function entrySize(
  { size, stopLoss }: StrategyTerms,
  price: number,
  lot: TradedLot,
  reading: RuleReading,
  equity: () => number,
): EntrySize {
  switch (size.kind) {
    case 'capital':
      return unitsFor(size.rupees, price, lot);
    case 'equity':
      if (lot.sizedAtFill === true) {
        return unroundedUnits((equity() * size.percent) / 100, price, lot);
      }
      return unitsFor(new Decimal(equity()).times(size.percent).div(100).toNumber(), price, lot);
    case 'quantity':
    case 'lots':
      return fixedUnits(size, lot);
    case 'risk': {
      const atRisk = new Decimal(equity()).times(size.percent).div(100);
      let distance = NaN;
      if (size.distance !== null) distance = reading.value(size.distance);
      else if (stopLoss?.kind === 'percent') distance = (price * stopLoss.percent) / 100;
      else if (stopLoss?.kind === 'rupees') distance = reading.value(stopLoss.step);
      if (!(distance > 0)) {
        const text = `the distance at risk is ${Number.isNaN(distance) ? 'not known yet' : distance}`;
        return { units: 0, cause: 'NO_RISK_DISTANCE', text };
      }
      if (lot.sizedAtFill === true) return unroundedUnits(atRisk.toNumber(), distance, lot);
      const units = wholeLots(atRisk, distance, lot);
      return orTooSmall(units, () => {
        const lost = `one lot of ${lot.lotSize} loses more than ${atRisk.toFixed(2)} rupees`;
        return `${lost} over a distance of ${distance}`;
      });
    }
  }
}

/** Units of whole lots that `rupees` are worth at `price`, or that they do not pay for one. */
export function unitsFor(rupees: number, price: number, lot: TradedLot): EntrySize {
  if (lot.sizedAtFill === true) return unroundedUnits(rupees, price, lot);
  const units = wholeLots(new Decimal(rupees), price, lot);
  return orTooSmall(
    units,
    () => `one lot of ${lot.lotSize} at ${price} costs more than ${rupees} rupees`,
  );
}

function unroundedUnits(rupees: number, perUnit: number, { multiplier }: TradedLot): EntrySize {
  return orTooSmall(rupees / (perUnit * multiplier), () => `there are ${rupees} rupees`);
}

function fixedUnits(
  size: Extract<SizeTerm, { readonly kind: 'quantity' | 'lots' }>,
  { lotSize }: TradedLot,
): EntrySize {
  if (size.kind === 'lots') return { units: size.lots * lotSize, cause: null };
  const units = Math.floor(size.units / lotSize) * lotSize;
  return orTooSmall(units, () => `${size.units} is less than one lot of ${lotSize}`);
}

function orTooSmall(units: number, text: () => string): EntrySize {
  return units > 0
    ? { units, cause: null }
    : { units: 0, cause: 'LESS_THAN_ONE_LOT', text: text() };
}

/** Units of whole lots, of which each unit takes `perUnit` rupees times the multiplier. */
function wholeLots(rupees: Decimal, perUnit: number, lot: TradedLot): number {
  const { lotSize, multiplier } = lot;
  const near = rupees.toNumber() / (perUnit * lotSize * multiplier);
  // Exact arithmetic costs a thousand times as much, and only beside a whole number makes a difference.
  if (lotSize >= 1 && Math.abs(near - Math.round(near)) > 1e-9 * near) {
    return Math.floor(near) * lotSize;
  }
  return rupees
    .div(new Decimal(perUnit).times(lotSize).times(multiplier))
    .floor()
    .times(lotSize)
    .toNumber();
}
