import { backtestingPyStatisticsOf } from '@nandax/core/metrics/backtesting-py.ts';
import type { BarsResult } from '@nandax/core/backtest/bars/bars-result.ts';
import {
  barsStatisticsOf,
  curvesOf,
  monthlyReturnsOf,
} from '@nandax/core/backtest/bars/bars-statistics.ts';
import { pyRecordOf } from '@nandax/core/backtest/bars/py-record.ts';
import { formatExchangeTime } from '@nandax/core/calendar/exchange-time.ts';
import { biasFindingsOf } from '@nandax/core/bias/bias-findings.ts';
import type { BiasReport } from '@nandax/core/bias/bias-report.ts';
import type { CompiledStrategy } from '@nandax/core/strategy/compile-strategy.ts';
import { printStrategy } from '@nandax/core/strategy/print-strategy.ts';
import type { ReportPage } from '@nandax/app/reports/report-page.ts';
import { groupStatistics } from '@nandax/app/reports/statistic-groups.ts';
import type { Convention } from './read-options.ts';

/** What a run was and gave, as plain data: the JSON of the command and what its tables are made of. */
export type RunDescription = ReturnType<typeof describeRun>;

/** Beside the result of a run, what it was made by. */
export interface RunSetting {
  readonly convention: Convention;
  readonly strategy: CompiledStrategy;
  /** Values that took the place of the document's own. */
  readonly parameters: ReadonlyMap<string, number>;
  /** Closes at each point; left out: those of the market itself. */
  readonly benchmark: Float64Array | undefined;
  /** Null: the run was not examined. */
  readonly bias: BiasReport | null;
}

/** Describes a run. */
export function describeRun(
  result: BarsResult,
  { convention, strategy, parameters, benchmark, bias }: RunSetting,
) {
  const { market, trades, options } = result;
  const curves = curvesOf(result, benchmark);
  const nameOf = (instrument: number): string => {
    const { exchange = '', symbol = '' } = market.instruments[instrument] ?? {};
    return `${exchange}:${symbol}`;
  };
  const timeOf = (point: number): string => formatExchangeTime(market.openTime[point] ?? 0);
  return {
    timeFrame: strategy.timeFrame,
    rules: printStrategy(strategy.document),
    parameters: Object.fromEntries(
      strategy.document.parameters.map(({ name, value }) => [name, parameters.get(name) ?? value]),
    ),
    convention,
    options: { ...options, commission: { ...options.commission } },
    instruments: market.instruments.map(({ exchange, symbol, bars }) => ({
      exchange,
      symbol,
      bars: bars.length,
    })),
    statistics:
      convention === 'standard'
        ? barsStatisticsOf(result, benchmark)
        : backtestingPyStatisticsOf(pyRecordOf(result)),
    trades: Array.from({ length: trades.length }, (_, row) => {
      const [entryBar = 0, exitBar = 0] = [trades.entryBar[row], trades.exitBar[row]];
      return {
        instrument: nameOf(trades.instrument[row] ?? -1),
        size: trades.size[row] ?? 0,
        entryBar,
        exitBar,
        entryTime: timeOf(entryBar),
        exitTime: timeOf(exitBar),
        entryPrice: trades.entryPrice[row] ?? 0,
        exitPrice: trades.exitPrice[row] ?? 0,
        pnl: trades.pnl[row] ?? 0,
        commission: trades.commission[row] ?? 0,
        returnPct: trades.returnPct[row] ?? 0,
        entryReason: trades.entryReason[row] ?? '',
        exitReason: trades.exitReason[row] ?? '',
      };
    }),
    openTrades: result.openTrades.map(({ instrument, ...trade }) => ({
      instrument: nameOf(instrument),
      ...trade,
    })),
    monthlyReturns: Object.fromEntries(monthlyReturnsOf(result)),
    curves: {
      time: Array.from(market.openTime, formatExchangeTime),
      equity: Array.from(curves.equity),
      drawdown: Array.from(curves.drawdown),
      benchmark: Array.from(curves.benchmark),
    },
    unfilled: result.unfilled,
    waitedForVolume: result.waitedForVolume,
    ruinedAt: result.ruinedAt === null ? null : timeOf(result.ruinedAt),
    bias: bias === null ? null : { ...bias, findings: biasFindingsOf(bias) },
  };
}

/** The run as the page that is written of it. */
export function pageOf(run: RunDescription): ReportPage {
  const { instruments, curves, timeFrame, convention } = run;
  const names = instruments.map(({ exchange, symbol }) => `${exchange}:${symbol}`).join(', ');
  const [from = '', to = ''] = [curves.time[0], curves.time.at(-1)].map((time) =>
    time?.slice(0, 10),
  );
  const bars = timeFrame.toLowerCase().replace('_', ' ');
  return {
    title: `Backtest of ${names}`,
    notes: [`${from} to ${to}, bars of ${bars}, statistics by the convention ${convention}.`],
    curves,
    groups: groupStatistics({ ...run.statistics }),
    findings: run.bias?.findings ?? [],
    monthlyReturns: run.monthlyReturns,
    trades: run.trades,
  };
}
