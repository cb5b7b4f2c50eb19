import { Decimal } from 'decimal.js';
import { contractValueOf } from './contract-value.ts';
import type { Direction } from './fifo.ts';

/** Units that are still open, as far as their worth needs them. */
export interface OpenUnits {
  readonly direction: Direction;
  /** Units, positive. */
  readonly quantity: Decimal;
  /** Rupees a unit. */
  readonly entryPrice: Decimal;
  readonly multiplier: Decimal;
  /** Rupees that entering them cost. */
  readonly charges: Decimal;
  /** Rupees at which a unit is worth now; NaN: not known, its entry price counts. */
  readonly mark: number;
}

/**
 * What a run has to trade with, in rupees rounded to paise: the capital it began with, what its
 * closed trades left after charges, and what its open units gained since their entry less what that
 * cost. Charges are those accrued with each fill, without the day's contract note and its rounding,
 * so that a backtest and a run on paper size their entries alike.
 */
export function tradingEquity(
  initialCapital: Decimal,
  netOfClosedTrades: Decimal,
  open: readonly OpenUnits[],
): number {
  let equity = initialCapital.plus(netOfClosedTrades);
  for (const { direction, quantity, entryPrice, multiplier, charges, mark } of open) {
    equity = equity.minus(charges);
    if (Number.isNaN(mark)) continue;
    const rise = contractValueOf(quantity, new Decimal(mark).minus(entryPrice), multiplier);
    equity = direction === 'LONG' ? equity.plus(rise) : equity.minus(rise);
  }
  return equity.toDecimalPlaces(2).toNumber();
}
