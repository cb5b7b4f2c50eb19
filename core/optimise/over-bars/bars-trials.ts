import { barsBetween } from '../../backtest/bars/bars-between.ts';
import { barsMarketOf, type BarsMarket } from '../../backtest/bars/bars-market.ts';
import type { BarsOptions } from '../../backtest/bars/bars-options.ts';
import type { BarsResult } from '../../backtest/bars/bars-result.ts';
import { barsStatisticsOf } from '../../backtest/bars/bars-statistics.ts';
import { runBars } from '../../backtest/bars/run-bars.ts';
import { tailOfRun } from '../../backtest/bars/tail-of-run.ts';
import { TradingCalendar } from '../../calendar/trading-calendar.ts';
import { parameterRefusals } from '../../strategy/check/check-strategy.ts';
import type { ParameterValues } from '../../strategy/check/constant-value.ts';
import {
  planStrategy,
  type CompiledStrategy,
  type PlannedStrategy,
} from '../../strategy/compile-strategy.ts';
import { parseStrategy } from '../../strategy/parse-strategy.ts';
import { describeCompileFailure } from '../../strategy/plan/compile-failure.ts';
import { fail, succeed, type Result } from '../../result.ts';
import { statisticNames, statisticsColumn } from '../aim.ts';
import { searchSpaceOf, valuesAt, type Point, type SearchSpace } from '../search-space.ts';
import type { TrialOutcome } from '../trial.ts';
import type { Stretch } from '../walk-forward-windows.ts';
import { optionsOf, pointsOfProblem, type BarsProblem } from './bars-problem.ts';

/** So many stretches are kept ready with the indicators worked out on them. */
const mostGrounds = 2;

/** A stretch made ready, and columns that each trial on it writes anew: nobody keeps more than figures. */
interface Ground {
  readonly market: BarsMarket;
  /** Points before the stretch: what begins with the first bar knows them, a window only its own bars. */
  readonly history: number;
  readonly equity: Float64Array;
  readonly returns: Float64Array;
}

/** Tries parameters of one strategy on stretches of bars. */
export class BarsTrials {
  readonly space: SearchSpace;
  /** Epoch ms at which the bars of each point ended. */
  readonly time: Float64Array;
  readonly options: BarsOptions;
  readonly #problem: BarsProblem;
  readonly #refusalOf: (values: ParameterValues) => string | null;
  readonly #planned: PlannedStrategy;
  readonly #calendar: TradingCalendar | null;
  readonly #grounds = new Map<string, Ground>();

  /** @throws RangeError where the problem's text is no strategy: the caller has read it. */
  constructor(problem: BarsProblem) {
    const document = parseStrategy(problem.document);
    if (!document.ok) throw new RangeError('the text of the problem is no strategy');
    const { calendarDays } = problem;
    this.#problem = problem;
    this.#refusalOf = parameterRefusals(document.value);
    this.#planned = planStrategy(document.value, problem);
    this.#calendar = calendarDays === null ? null : new TradingCalendar(calendarDays);
    this.space = searchSpaceOf(document.value.parameters);
    this.time = pointsOfProblem(problem);
    this.options = optionsOf(problem);
  }

  /**
   * Tries points on a stretch, each as a backtest of its bars alone would. Their numbers lie in one piece
   * of memory, so that they cross from thread to thread at once.
   */
  try(points: readonly Point[], stretch: Stretch): TrialOutcome[] {
    const width = statisticNames.length;
    const numbers = new Float64Array(points.length * width);
    const { market, history, equity, returns } = this.#ground(stretch);
    return points.map((point, index) => {
      const strategy = this.#compile(valuesAt(this.space, point));
      if (!strategy.ok) return { kind: 'REFUSED', reason: strategy.failure };
      const run = tailOfRun(
        runBars(strategy.value, market, this.options, history, equity),
        history,
      );
      const statistics = numbers.subarray(index * width, (index + 1) * width);
      statisticsColumn(barsStatisticsOf(run, undefined, returns), statistics);
      return { kind: 'MEASURED', statistics };
    });
  }

  /** Runs the strategy over a stretch, deciding from its `decideFrom`th point on; or why it cannot. */
  run(
    values: ParameterValues,
    stretch: Stretch,
    changed: Partial<BarsOptions> = {},
    decideFrom = 0,
  ): Result<BarsResult, string> {
    const strategy = this.#compile(values);
    if (!strategy.ok) return strategy;
    const options = { ...this.options, ...changed };
    const { market, history } = this.#ground(stretch);
    return succeed(
      tailOfRun(runBars(strategy.value, market, options, decideFrom + history), history),
    );
  }

  #compile(values: ParameterValues): Result<CompiledStrategy, string> {
    const refusal = this.#refusalOf(values);
    if (refusal !== null) return fail(refusal);
    const strategy = this.#planned.with(values);
    return strategy.ok ? strategy : fail(strategy.failure.map(describeCompileFailure).join(' '));
  }

  #ground({ from, to }: Stretch): Ground {
    const key = `${from} ${to}`;
    const known = this.#grounds.get(key);
    if (known !== undefined) return known;
    const { instruments, references } = this.#problem;
    const first = from === 0 ? -Infinity : (this.time[from] as number);
    const last = this.time[to - 1] as number;
    const market = barsMarketOf(
      instruments.map((instrument) => ({
        ...instrument,
        bars: barsBetween(instrument.bars, first, last),
      })),
      references.map((bars) => barsBetween(bars, first, last)),
      this.#calendar,
    );
    const history = from === 0 ? (this.#problem.history ?? 0) : 0;
    const days = market.dayEnds.filter((end) => end >= history).length;
    const ground = {
      market,
      history,
      equity: new Float64Array(market.time.length),
      returns: new Float64Array(days),
    };
    const [oldest] = this.#grounds.keys();
    if (this.#grounds.size === mostGrounds && oldest !== undefined) this.#grounds.delete(oldest);
    this.#grounds.set(key, ground);
    return ground;
  }
}
