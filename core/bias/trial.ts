import { barsStatisticsOf } from '../backtest/bars/bars-statistics.ts';
import type { BarsMarket } from '../backtest/bars/bars-market.ts';
import type { BarsOptions } from '../backtest/bars/bars-options.ts';
import type { BarsResult } from '../backtest/bars/bars-result.ts';
import { runBars } from '../backtest/bars/run-bars.ts';
import { tailOfRun } from '../backtest/bars/tail-of-run.ts';
import {
  compileStrategy,
  type CompiledStrategy,
  type CompileOptions,
} from '../strategy/compile-strategy.ts';
import type { StrategyDocument } from '../strategy/strategy-document.ts';
import type { BiasAim } from './bias-report.ts';

/** The run that is examined. */
export interface ExaminedRun {
  /** The strategy with parameters set to these values; null where it cannot be compiled so. */
  readonly strategyWith: (parameters: ReadonlyMap<string, number>) => CompiledStrategy | null;
  /** Values that were set for the run; the others are those of the document. */
  readonly parameters: ReadonlyMap<string, number>;
  readonly market: BarsMarket;
  readonly options: BarsOptions;
  /** The first point at which anything is decided; those before it only warm the rules up. Left out: 0. */
  readonly decideFrom?: number;
  readonly aim: BiasAim;
  readonly seed: number;
}

/** Compiles a document with any values of its parameters, as `strategyWith` has to. */
export function compilerOf(
  document: StrategyDocument,
  options: Omit<CompileOptions, 'parameters'>,
): ExaminedRun['strategyWith'] {
  return (parameters) => {
    const compiled = compileStrategy(document, { ...options, parameters });
    return compiled.ok ? compiled.value : null;
  };
}

/** The aim of a result; null: it has none, as where nothing was traded. */
export function aimOf(result: BarsResult, aim: BiasAim): number | null {
  return barsStatisticsOf(result)[aim];
}

/** Whether anything was bought or sold. */
export function hasTraded({ trades, openTrades }: BarsResult): boolean {
  return trades.length + openTrades.length > 0;
}

/** A strategy over a market, the points before the first decision left out. */
export function runOver(
  { options, decideFrom = 0 }: ExaminedRun,
  strategy: CompiledStrategy,
  market: BarsMarket,
): BarsResult {
  return tailOfRun(runBars(strategy, market, options, decideFrom), decideFrom);
}

/** The aim of a strategy over a market. Money that was left alone has made 0. */
export function aimOver(run: ExaminedRun, strategy: CompiledStrategy, market: BarsMarket): number {
  return aimOf(runOver(run, strategy, market), run.aim) ?? 0;
}
