import { totalOfCharges } from '@nandax/core/charges/accrued-charges.ts';
import { tradingEquity } from '@nandax/core/portfolio/trading-equity.ts';
import { Decimal } from 'decimal.js';
import type { TradeRecord } from '../ports/portfolios.ts';
import type { InstrumentRecord } from '../records.ts';

/**
 * What a run has to trade with, in rupees, by the same reckoning as a backtest: `lastCloses` are those
 * of the strategy's bars, in the order of `traded`.
 */
export function equityOfRun(
  initialCapital: Decimal,
  netOfClosedTrades: Decimal,
  openTrades: readonly TradeRecord[],
  traded: readonly InstrumentRecord[],
  lastCloses: readonly number[],
): number {
  const open = openTrades.map(({ instrumentId, charges, ...trade }) => {
    const index = traded.findIndex(({ id }) => id === instrumentId);
    return {
      ...trade,
      multiplier: traded[index]?.multiplier ?? new Decimal(1),
      charges: totalOfCharges(charges),
      mark: lastCloses[index] ?? NaN,
    };
  });
  return tradingEquity(initialCapital, netOfClosedTrades, open);
}
