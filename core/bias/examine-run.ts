import { runBars } from '../backtest/bars/run-bars.ts';
import type { BarsResult } from '../backtest/bars/bars-result.ts';
import { tailOfRun } from '../backtest/bars/tail-of-run.ts';
import type { BiasAim, BiasReport, UnplayedReason } from './bias-report.ts';
import { checkLookAhead } from './check-look-ahead.ts';
import { compareSamples } from './compare-samples.ts';
import { measureSensitivity } from './measure-sensitivity.ts';
import { shuffleTrades, type OwnTrades } from './shuffle-trades.ts';
import { testPermutations } from './test-permutations.ts';
import { aimOf, hasTraded, type ExaminedRun } from './trial.ts';

/**
 * Examines whether the result of a run deserves trust, by running its strategy again and again over the
 * same bars, less of them, other ones and with other parameters. Bounded: about 20 million bars of
 * permutations, or 20 of them where that is more, and up to 20 runs of the whole and 4 for a parameter.
 * `result` is the run itself, all points of it, where the caller has it, `trades` what was traded where
 * that was elsewhere.
 * @throws RangeError where the strategy cannot be compiled with its own parameters.
 */
export function examineRun(run: ExaminedRun, result?: BarsResult, trades?: OwnTrades): BiasReport {
  const strategy = run.strategyWith(run.parameters);
  if (strategy === null) throw new RangeError('a run of a strategy that does not compile');
  const { decideFrom = 0 } = run;
  const whole = result ?? runBars(strategy, run.market, run.options, decideFrom);
  const own = tailOfRun(whole, decideFrom);
  const value = aimOf(own, run.aim);
  return {
    seed: run.seed,
    aim: run.aim,
    value,
    unplayed: null,
    lookAhead: checkLookAhead(run, strategy, whole),
    samples: compareSamples(own, run.aim),
    tradeOrder: shuffleTrades(trades ?? { cash: run.options.cash, pnl: own.trades.pnl }, run.seed),
    permutation: hasTraded(own) ? testPermutations(run, strategy, value ?? 0) : null,
    sensitivity: measureSensitivity(run, strategy, value ?? 0),
  };
}

/** Examines trades whose rules cannot be played again: what their order says, and why not more. */
export function examineTrades(
  trades: OwnTrades,
  unplayed: UnplayedReason,
  { aim, seed }: { readonly aim: BiasAim; readonly seed: number },
): BiasReport {
  return {
    seed,
    aim,
    value: null,
    unplayed,
    lookAhead: null,
    samples: null,
    tradeOrder: shuffleTrades(trades, seed),
    permutation: null,
    sensitivity: [],
  };
}
