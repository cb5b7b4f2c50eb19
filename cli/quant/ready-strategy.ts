import { timeLineOf } from '@nandax/core/backtest/bars/bars-market.ts';
import type { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { CompiledStrategy, CompileOptions } from '@nandax/core/strategy/compile-strategy.ts';
import type { StrategyDocument } from '@nandax/core/strategy/strategy-document.ts';
import { fitBars, unfitReading, type FittedBars, type NamedBars } from './fit-bars.ts';
import type { QuantFlags } from './quant-command.ts';
import { readBars } from './read-bars.ts';
import { readCrossings } from './read-options.ts';
import { compileFor, readSettings, readStrategyFile } from './read-strategy.ts';
import { sortBars } from './sort-bars.ts';

/** A strategy and the bars that it runs over. */
export interface ReadyStrategy extends FittedBars {
  readonly document: StrategyDocument;
  readonly strategy: CompiledStrategy;
  /** Values that take the place of the document's own. */
  readonly parameters: ReadonlyMap<string, number>;
  readonly compiling: Required<Pick<CompileOptions, 'timeFrame' | 'crossings'>>;
  readonly calendar: TradingCalendar | null;
  /** Points before the range: the rules know their bars, and decide nothing on them. */
  readonly history: number;
}

/** Reads the strategy and all bars, and makes them fit each other. */
export async function readyStrategy(flags: QuantFlags): Promise<Result<ReadyStrategy, string>> {
  const document = await readStrategyFile(flags.strategy);
  if (!document.ok) return document;
  const settings = readSettings(flags.param);
  if (!settings.ok) return settings;
  const parameters = settings.value;
  const files = await readBars(flags);
  if (!files.ok) return files;
  const crossings = readCrossings(flags);
  if (!crossings.ok) return crossings;
  const compile = (options: Pick<CompileOptions, 'timeFrame'>): Result<CompiledStrategy, string> =>
    compileFor(flags.strategy, document.value, {
      ...options,
      parameters,
      crossings: crossings.value,
    });
  // Which instruments the rules name is the same for bars of every length; of minutes all can be made.
  const named = compile({ timeFrame: 'ONE_MINUTE' });
  if (!named.ok) return named;
  const sorted = sortBars(named.value, files.value.files);
  if (!sorted.ok) return sorted;
  const fitted = fitBars(files.value, sorted.value);
  if (!fitted.ok) return fitted;
  const { timeFrame } = fitted.value;
  const strategy = compile({ timeFrame });
  if (!strategy.ok) return strategy;
  const unfit = unfitReading(strategy.value.contexts, sorted.value.references);
  if (unfit !== null) return fail(unfit);
  return succeed({
    ...fitted.value,
    document: document.value,
    strategy: strategy.value,
    parameters,
    compiling: { timeFrame, crossings: crossings.value },
    calendar: files.value.calendar,
    history: historyOf(fitted.value.traded, files.value.start),
  });
}

/** How many points there are before the first of a bar that opens at `start` (epoch ms) or later. */
function historyOf(traded: readonly NamedBars[], start: number): number {
  const first = traded.map(({ bars: { openTime, closeTime } }) => {
    const row = openTime.findIndex((time) => time >= start);
    return row === -1 ? Infinity : (closeTime[row] as number);
  });
  const time = timeLineOf(traded.map((instrument) => ({ ...instrument, multiplier: 1 })));
  return Math.max(0, time.indexOf(Math.min(...first)));
}
