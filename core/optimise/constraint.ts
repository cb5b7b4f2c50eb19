import { fail, succeed, type Result } from '../result.ts';
import { functions, infixes } from '../strategy/evaluate/rule-numbers.ts';
import type { ParameterValues } from '../strategy/check/constant-value.ts';
import { statisticNames, type StatisticName } from './aim.ts';
import type { Token } from '../strategy/lexer.ts';
import { nearestName } from '../strategy/nearest-name.ts';
import { ExpressionParser } from '../strategy/parse/parse-expression.ts';
import type { Expression } from '../strategy/strategy-document.ts';
import { TokenStream, type StrategyFailure } from '../strategy/token-stream.ts';

/**
 * A condition that a point of the search has to fulfil, over parameters (`fast < slow`: others are not
 * tried) and over the statistics of its trial (`totalTrades >= 30`: others are never the best).
 */
export interface Constraint {
  readonly text: string;
  readonly expression: Expression;
  /** The statistics that it reads; none: it is known before the trial. */
  readonly statistics: readonly StatisticName[];
}

const meaning =
  'a condition over parameters and statistics, such as fast < slow or totalTrades >= 30';

/**
 * Reads a constraint, a condition of the rule language over numbers, the parameters named and statistics
 * of a trial. A name that is both is the parameter.
 */
export function parseConstraint(
  text: string,
  names: readonly string[],
): Result<Constraint, readonly StrategyFailure[]> {
  const tokens = new TokenStream(text);
  const places = new Map<object, Token>();
  const expression = new ExpressionParser(tokens, places).whole();
  if (expression !== null) {
    refuseOthers(expression, names, (at, message, suggestion = null) => {
      tokens.fail(places.get(at) ?? tokens.next, message, meaning, suggestion);
    });
  }
  const failures = tokens.failuresInOrder();
  if (expression === null || failures.length > 0) return fail(failures);
  return succeed({ text, expression, statistics: statisticsIn(expression, names) });
}

/** Why a trial that gave these numbers breaks one of the constraints, as a sentence; null: it does not. */
export function refusalOfTrial(
  constraints: readonly Constraint[],
  values: ParameterValues,
  numbers: Float64Array,
): string | null {
  for (const constraint of constraints) {
    const read = constraint.statistics.map((name) => {
      return [name, numbers[statisticNames.indexOf(name)] ?? NaN] as const;
    });
    if (fulfils(constraint, new Map([...values, ...read]))) continue;
    const found = read.map(([name, value]) => {
      return Number.isNaN(value) ? `${name} does not exist` : `${name} is ${value}`;
    });
    return `The trial breaks ${constraint.text}: ${found.join(', ')}.`;
  }
  return null;
}

/** Whether parameters of these values may be tried; or, with its statistics among them, a trial counts. */
export function fulfils(constraint: Constraint, values: ParameterValues): boolean {
  return worth(constraint.expression, values) === 1;
}

function statisticsIn(
  expression: Expression,
  parameters: readonly string[],
): readonly StatisticName[] {
  const found = new Set<StatisticName>();
  const visit = (node: Expression): void => {
    if (node.kind === 'parameter') {
      const statistic = statisticNames.find((name) => name === node.name);
      if (statistic !== undefined && !parameters.includes(node.name)) found.add(statistic);
    } else if ('operand' in node) visit(node.operand);
    else if ('operands' in node) node.operands.forEach(visit);
    else if ('left' in node) [node.left, node.right].forEach(visit);
  };
  visit(expression);
  return [...found];
}

type Refuse = (at: Expression, message: string, suggestion?: string | null) => void;

function refuseOthers(expression: Expression, parameters: readonly string[], refuse: Refuse): void {
  const names = [...parameters, ...statisticNames];
  if (!isCondition(expression)) refuse(expression, `expected ${meaning}, but this is a number`);
  const visit = (node: Expression): void => {
    switch (node.kind) {
      case 'number':
        return;
      case 'parameter': {
        if (names.includes(node.name)) return;
        const suggestion = nearestName(node.name, names);
        const hint = suggestion === null ? '' : `; did you mean ${suggestion}?`;
        refuse(
          node,
          `expected a parameter or a statistic, found "${node.name}"${hint}`,
          suggestion,
        );
        return;
      }
      case 'negation':
      case 'not':
        visit(node.operand);
        return;
      case 'function':
        node.operands.forEach(visit);
        return;
      case 'comparison':
        if (node.operator === 'crosses_above' || node.operator === 'crosses_below') break;
        visit(node.left);
        visit(node.right);
        return;
      case 'arithmetic':
      case 'and':
      case 'or':
        visit(node.left);
        visit(node.right);
        return;
      default:
    }
    refuse(
      node,
      'a constraint reads parameters, statistics and numbers only, nothing that changes with the bars',
    );
  };
  visit(expression);
}

function isCondition({ kind }: Expression): boolean {
  return kind === 'comparison' || kind === 'and' || kind === 'or' || kind === 'not';
}

/** Truths are 1 and 0; NaN: it has no value. */
function worth(node: Expression, values: ParameterValues): number {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'parameter':
      return values.get(node.name) ?? NaN;
    case 'negation':
      return -worth(node.operand, values);
    case 'not':
      return worth(node.operand, values) === 1 ? 0 : 1;
    case 'function': {
      const [first = NaN, second = NaN] = node.operands.map((operand) => worth(operand, values));
      return functions[node.name](first, second);
    }
    case 'comparison':
    case 'arithmetic': {
      const [left, right] = [worth(node.left, values), worth(node.right, values)];
      const { operator } = node;
      if (operator === 'crosses_above' || operator === 'crosses_below') break;
      return infixes[operator](left, right);
    }
    case 'and':
    case 'or':
      return infixes[node.kind](worth(node.left, values), worth(node.right, values));
    default:
  }
  throw new Error(`a constraint was read that reads ${node.kind}`);
}
