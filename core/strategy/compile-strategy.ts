import type { TradingCalendar } from '../calendar/trading-calendar.ts';
import type { TimeFrame } from '../market/time-frame.ts';
import { fail, succeed, type Result } from '../result.ts';
import type { ParameterValues } from './check/constant-value.ts';
import { RuleColumns, type RuleMarket } from './columns/rule-columns.ts';
import { RuleEvaluator } from './evaluate/rule-evaluator.ts';
import type { CompileFailure } from './plan/compile-failure.ts';
import type { Crossings, PlanContext } from './plan/plan-step.ts';
import { PlanDraft } from './plan/rule-plan.ts';
import { termsOf, type StrategyTerms } from './plan/strategy-terms.ts';
import type { InstrumentName, StrategyDocument } from './strategy-document.ts';

/** What a strategy is planned for. */
export interface PlanOptions {
  /** Length of the bars on which it decides. */
  readonly timeFrame: TimeFrame;
  /** What counts as a crossing; left out: FROM_TOUCH, as the language says. */
  readonly crossings?: Crossings;
}

/** What a strategy is compiled for. */
export interface CompileOptions extends PlanOptions {
  /** Values that take the place of the document's own, by the parameters' names. */
  readonly parameters?: ParameterValues;
}

/** A strategy whose parameters are still open; what is given takes the place of the document's own. */
export interface PlannedStrategy {
  with(parameters: ParameterValues): Result<CompiledStrategy, readonly CompileFailure[]>;
}

/** A strategy made ready to run. */
export interface CompiledStrategy {
  readonly document: StrategyDocument;
  readonly timeFrame: TimeFrame;
  readonly terms: StrategyTerms;
  /** Instruments that the rules read beside their own, in the order in which they name them. */
  readonly references: readonly InstrumentName[];
  /** The bars that the rules read, their own first. */
  readonly contexts: readonly PlanContext[];
  /** Whether a rule reads the position, so that it is known only while the strategy runs. */
  readonly readsPosition: boolean;
  /** A fresh evaluator; every instrument needs its own, fed every bar from the first one on. */
  evaluator(calendar: TradingCalendar): RuleEvaluator;
  /** The same worked out over all bars of an instrument at once. */
  columns(market: RuleMarket): RuleColumns;
}

/**
 * Compiles a strategy. Equal expressions are computed once a bar, whichever rules they stand in.
 *
 * A value that does not exist is null in the language and NaN in here: an indicator that is not warm
 * yet, an unknown volume, a division by zero, and anything computed from one of them. A comparison
 * with it is false; a crossing needs both values on this bar and on the one before:
 * `a crosses_above b` is `previous a <= previous b and a > b`, `crosses_below` the mirror of it.
 *
 * Numbers that agree to nine digits count as equal: what binary fractions make of 95.10 - 95.05, or
 * of two averages of one price, must not open a position.
 *
 * `x on 1d` is `x` on the latest bar of that length that was over at or before the close of this bar,
 * `x of "NSE:INFY"` that on the latest bar of that instrument; neither knows of anything later.
 */
export function compileStrategy(
  document: StrategyDocument,
  { timeFrame, parameters = new Map(), crossings = 'FROM_TOUCH' }: CompileOptions,
): Result<CompiledStrategy, readonly CompileFailure[]> {
  return planStrategy(document, { timeFrame, crossings }).with(parameters);
}

/** `compileStrategy` for whoever has many parameters to try: all that does not hang on them is done once. */
export function planStrategy(
  document: StrategyDocument,
  { timeFrame, crossings = 'FROM_TOUCH' }: PlanOptions,
): PlannedStrategy {
  const draft = new PlanDraft(timeFrame, crossings);
  const { long, short } = document;
  const rules = [long?.entry, long?.exit, short?.entry, short?.exit].map((rule) =>
    rule === undefined ? draft.never : draft.add(rule),
  ) as [number, number, number, number];
  const termsWith = termsOf(document, draft);
  const own = new Map(document.parameters.map(({ name, value }) => [name, value]));
  return {
    with(parameters) {
      const values = new Map(own);
      for (const [name, value] of parameters) values.set(name, value);
      const numbers = draft.numbers(values);
      const unknown = [...parameters.keys()].filter((name) => !own.has(name));
      if (unknown.length > 0 || !numbers.ok) {
        const failures = unknown.map((name) => ({ code: 'UNKNOWN_PARAMETER', name }) as const);
        return fail([...failures, ...(numbers.ok ? [] : numbers.failure)]);
      }
      const plan = draft.filledIn(numbers.value);
      return succeed({
        document,
        timeFrame,
        terms: termsWith(numbers.value),
        references: plan.references,
        contexts: plan.contexts,
        readsPosition: rules.some((place) => plan.ofPosition[place] === true),
        evaluator: (calendar) => new RuleEvaluator({ plan, rules }, calendar),
        columns: (market) => new RuleColumns({ plan, rules }, market),
      });
    },
  };
}
