import type { TimeFrame } from '../market/time-frame.ts';
import { fail, succeed, type Result } from '../result.ts';
import { checkConstants, checkSettings } from './check/check-constants.ts';
import { ExpressionCheck } from './check/check-expression.ts';
import type { Report } from './check/strategy-draft.ts';
import { RuleColumns, type RuleMarket } from './columns/rule-columns.ts';
import type { Token } from './lexer.ts';
import { ExpressionParser } from './parse/parse-expression.ts';
import type { CompileFailure } from './plan/compile-failure.ts';
import type { PlanContext } from './plan/plan-step.ts';
import { PlanDraft } from './plan/rule-plan.ts';
import type { Condition, Expression, InstrumentName } from './strategy-document.ts';
import { TokenStream, type StrategyFailure } from './token-stream.ts';

/** An expression outside of any strategy, ready to be worked out over bars. */
export interface LoneExpression {
  /** Instruments that it reads beside its own, in the order in which it names them. */
  readonly references: readonly InstrumentName[];
  /** The bars that it reads, its own first. */
  readonly contexts: readonly PlanContext[];
  /** Of each bar: a number, true or false, or null where it has no value. */
  values(market: RuleMarket): (number | boolean | null)[];
}

/** Reads a number or a condition of the rule language, without parameters. */
export function parseLoneExpression(text: string): Result<Expression, readonly StrategyFailure[]> {
  const tokens = new TokenStream(text);
  const places = new Map<object, Token>();
  const expression = new ExpressionParser(tokens, places).whole();
  if (expression !== null) {
    const report: Report = (at, message, expected, suggestion) => {
      tokens.fail(places.get(at) ?? tokens.next, message, expected, suggestion);
    };
    const check = new ExpressionCheck([], report);
    // What is checked of a rule holds for a number as well.
    check.rule(expression as Condition);
    checkConstants(check.constants, [], report);
    checkSettings(check.settings, new Map(), report);
  }
  const failures = tokens.failuresInOrder();
  return expression === null || failures.length > 0 ? fail(failures) : succeed(expression);
}

/** Makes an expression ready for bars of a time frame; what reads a position cannot be. */
export function compileLoneExpression(
  expression: Expression,
  timeFrame: TimeFrame,
): Result<LoneExpression, readonly CompileFailure[]> {
  const draft = new PlanDraft(timeFrame);
  const place = draft.add(expression);
  if (draft.ofPosition[place] === true) {
    draft.failures.push({ code: 'POSITION_HAS_NO_PAST', expression: 'an expression by itself' });
  }
  const numbers = draft.numbers(new Map());
  if (!numbers.ok) return numbers;
  const plan = draft.filledIn(numbers.value);
  const { never, references, contexts } = plan;
  return succeed({
    references,
    contexts,
    values: (market) => {
      const columns = new RuleColumns({ plan, rules: [place, never, never, never] }, market);
      // The number 0 is the plan's own rule that is never true.
      const truths = place === never ? null : columns.rule(0);
      return Array.from({ length: columns.length }, (_, row) => {
        const value = columns.value(place, row);
        if (truths !== null) return value === 1;
        return Number.isNaN(value) ? null : value;
      });
    },
  });
}
