import type { BarRow } from '../backtest/bars/testing.ts';
import { days } from '../backtest/bars/testing.ts';
import { barsMarketOf, type BarsMarket } from '../backtest/bars/bars-market.ts';
import { defaultBarsOptions, type BarsOptions } from '../backtest/bars/bars-options.ts';
import { seededRandom } from '../random/seeded-random.ts';
import type { BarColumns } from '../strategy/columns/bar-columns.ts';
import type { CompiledStrategy } from '../strategy/compile-strategy.ts';
import { parseStrategy } from '../strategy/parse-strategy.ts';
import { compilerOf, type ExaminedRun } from './trial.ts';

/** For tests: daily bars whose moves depend on nothing; `drift` and `swing` are parts of the price. */
export function randomWalk(seed: number, length: number, drift = 0, swing = 0.02): BarRow[] {
  const random = seededRandom(seed);
  const step = (size: number): number => 1 + (random.next() - 0.5) * 2 * size;
  let price = 100;
  return Array.from({ length }, (): BarRow => {
    const open = price * step(swing / 4);
    const close = open * step(swing) * (1 + drift);
    const high = Math.max(open, close) * (1 + (random.next() * swing) / 4);
    const low = Math.min(open, close) * (1 - (random.next() * swing) / 4);
    price = close;
    return [open, high, low, close, 100 + random.below(900)];
  });
}

/** For tests: a run of a text over daily bars, each list one instrument. */
export function examined(
  text: string,
  rows: readonly (readonly (BarRow | null)[])[],
  change: Partial<Omit<ExaminedRun, 'options'>> & { readonly options?: Partial<BarsOptions> } = {},
): ExaminedRun {
  const document = parseStrategy(text);
  if (!document.ok) throw new Error(JSON.stringify(document.failure));
  const market = barsMarketOf(rows.map((own, index) => days(own, `S${index}`)));
  return {
    strategyWith: compilerOf(document.value, { timeFrame: 'ONE_DAY' }),
    parameters: new Map(),
    market,
    aim: 'sharpeRatio',
    seed: 1,
    ...change,
    options: { ...defaultBarsOptions, ...change.options },
  };
}

/** For tests: its strategy. */
export function strategyOf(run: ExaminedRun): CompiledStrategy {
  const strategy = run.strategyWith(run.parameters);
  if (strategy === null) throw new Error('the text is known to compile');
  return strategy;
}

/** For tests: the same run by a strategy that reads other bars than those it trades. */
export function reading(run: ExaminedRun, other: (bars: BarColumns) => BarColumns): ExaminedRun {
  return {
    ...run,
    strategyWith: (parameters) => {
      const honest = run.strategyWith(parameters);
      if (honest === null) return null;
      const columns: CompiledStrategy['columns'] = ({ bars, references, calendar }) =>
        honest.columns({ bars: other(bars), references, calendar });
      return { ...honest, columns };
    },
  };
}

/** For tests: tomorrow's bar today. */
export function aheadBy(bars: number): (own: BarColumns) => BarColumns {
  return (own) => {
    const moved = (column: Float64Array): Float64Array =>
      column.map((_, row) => column[Math.min(row + bars, column.length - 1)] as number);
    const { open, high, low, close, volume } = own;
    return {
      ...own,
      open: moved(open),
      high: moved(high),
      low: moved(low),
      close: moved(close),
      volume: moved(volume),
    };
  };
}

/** For tests: closes of a market's first instrument, for computations of another kind. */
export function closesOf({ instruments }: BarsMarket): number[] {
  return Array.from(instruments[0]?.bars.close ?? []);
}
