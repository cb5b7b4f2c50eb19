import type { IndicatorName } from '../indicators/catalogue.ts';
import { printExpression } from './print-strategy.ts';
import type {
  ArithmeticOperator,
  BarField,
  ComparisonOperator,
  Expression,
} from './strategy-document.ts';

/** One distinct expression; operands are earlier positions in the plan. */
export type PlanStep =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'field'; readonly name: BarField }
  | {
      readonly kind: 'indicator';
      readonly name: IndicatorName;
      readonly period: number;
      readonly operand: number;
    }
  | { readonly kind: 'negation' | 'not'; readonly operand: number }
  | {
      readonly kind: 'infix';
      readonly operator: ArithmeticOperator | ComparisonOperator | 'and' | 'or';
      readonly left: number;
      readonly right: number;
    };

/** The distinct expressions of a strategy in an order in which they can be computed. */
export class Plan {
  /** The expressions; each stands after its operands. */
  readonly steps: PlanStep[] = [];
  /** Position and text of the prices and indicators, as the rules name them. */
  readonly inputs: { readonly expression: string; readonly position: number }[] = [];
  /** Position of a condition that is never true. */
  readonly never: number;
  readonly #positions = new Map<string, number>();

  constructor() {
    this.never = this.steps.push({ kind: 'number', value: 0 }) - 1;
  }

  /** The position of the expression, which is added unless an equal one is there. */
  add(expression: Expression): number {
    // The text of an expression is canonical: two are equal where their texts are.
    const text = printExpression(expression);
    const known = this.#positions.get(text);
    if (known !== undefined) return known;
    const position = this.steps.push(this.#stepOf(expression)) - 1;
    this.#positions.set(text, position);
    if (expression.kind === 'field' || expression.kind === 'indicator') {
      this.inputs.push({ expression: text, position });
    }
    return position;
  }

  #stepOf(expression: Expression): PlanStep {
    switch (expression.kind) {
      case 'number':
      case 'field':
        return expression;
      case 'indicator': {
        const { kind, name, period } = expression;
        return { kind, name, period, operand: this.add(expression.series) };
      }
      case 'negation':
      case 'not':
        return { kind: expression.kind, operand: this.add(expression.operand) };
      case 'arithmetic':
      case 'comparison':
      case 'and':
      case 'or': {
        const operator = 'operator' in expression ? expression.operator : expression.kind;
        const left = this.add(expression.left);
        return { kind: 'infix', operator, left, right: this.add(expression.right) };
      }
    }
  }
}
