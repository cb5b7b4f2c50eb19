import { Decimal } from 'decimal.js';
import type { EquityColumns } from '../portfolio/equity-curve.ts';
import type { Trade } from '../portfolio/trade.ts';
import { activityOf, type Activity, type ActivityFill } from './activity.ts';
import { curveFiguresOf, type CurveFigures } from './curve-figures.ts';
import { dailyReturnsOf } from './returns.ts';
import { tradeFiguresOf, type TradeFigures } from './trade-figures.ts';

/** The figures of a run. A value that does not exist is null, never NaN or infinite. */
export interface RunStatistics extends TradeFigures, CurveFigures, Activity {
  /** Rupees. */
  readonly initialCapital: Decimal;
  /** Rupees at the last point; the initial capital where there is none. */
  readonly finalEquity: Decimal;
  /** Rupees of all contract notes, those of open trades with them. */
  readonly charges: Decimal;
  /** `grossPnl` less `charges`; positions still open are not in it. */
  readonly netPnl: Decimal;
  /** Rupees that positions still open have gained at the last point: with `netPnl`, all that was made. */
  readonly openPnl: Decimal;
}

/** What the figures are taken from. */
export interface RunRecord {
  readonly initialCapital: Decimal;
  readonly trades: readonly Trade[];
  /** In the order of time. */
  readonly fills: readonly ActivityFill[];
  /** Rupees of all contract notes. */
  readonly charges: Decimal;
  readonly equity: EquityColumns;
}

/**
 * The figures of a run by the `standard` convention: the definitions of empyrical on equity at the
 * end of each exchange day and from the initial capital on; the deepest drawdown is that of all
 * points.
 */
export function runStatisticsOf(record: RunRecord): RunStatistics {
  const { initialCapital, trades, fills, charges, equity } = record;
  const start = initialCapital.toNumber();
  const tradeFigures = tradeFiguresOf(trades);
  const last = equity.equity[equity.length - 1];
  const finalEquity = last === undefined ? initialCapital : new Decimal(last);
  const netPnl = tradeFigures.grossPnl.minus(charges);
  return {
    ...tradeFigures,
    ...curveFiguresOf(equity, start, dailyReturnsOf(equity, start).returns),
    ...activityOf(fills, equity),
    initialCapital,
    finalEquity,
    charges,
    netPnl,
    openPnl: openPnlOf({ finalEquity, initialCapital, netPnl }),
  };
}

/** What open positions have gained, in whole paise: curves are binary fractions, money is not. */
export function openPnlOf({
  finalEquity,
  initialCapital,
  netPnl,
}: Pick<RunStatistics, 'finalEquity' | 'initialCapital' | 'netPnl'>): Decimal {
  return finalEquity.minus(initialCapital).minus(netPnl).toDecimalPlaces(2);
}
