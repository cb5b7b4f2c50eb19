import type { BacktestingPyRecord } from '../../metrics/backtesting-py.ts';
import type { BarsResult } from './bars-result.ts';

/** A run as the statistics of backtesting.py read it; its market is all instruments in equal parts. */
export function pyRecordOf(result: BarsResult): BacktestingPyRecord {
  const { market, equity, firstWholePoint, trades } = result;
  return {
    time: market.openTime,
    equity,
    close: market.basket,
    firstWholeBar: firstWholePoint,
    commissions: trades.commission.reduce((sum, paid) => sum + paid, 0),
    trades,
  };
}
