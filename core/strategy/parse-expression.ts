import { indicatorNames, isIndicatorName } from '../indicators/catalogue.ts';
import type { Token } from './lexer.ts';
import { bindingPower } from './print-strategy.ts';
import {
  arithmeticOperators,
  barFields,
  comparisonOperators,
  type Condition,
  type NumericExpression,
} from './strategy-document.ts';
import { maxDepth, maxNodes, numberRules } from './strategy-limits.ts';
import type { TokenStream } from './token-stream.ts';

/** An expression with its first token, for failures found later, and the depth of its tree. */
type Parsed = { readonly token: Token; readonly depth: number } & (
  | { readonly type: 'number'; readonly expression: NumericExpression }
  | { readonly type: 'condition'; readonly expression: Condition }
);
type ParsedAs<T extends Parsed['type']> = Extract<Parsed, { type: T }>;

const operandNames = ['not', ...barFields, ...indicatorNames];
const operatorNames = ['and', 'or', 'crosses_above', 'crosses_below'];

/** Parentheses may outnumber the levels of the tree, but not without end. */
const maxNesting = 2 * maxDepth;

/** Reads the rules of one strategy; the bound on nodes holds for all of them together. */
export class ExpressionParser {
  readonly #tokens: TokenStream;
  readonly #isRuleEnd: (token: Token) => boolean;
  #nodes = 0;
  #nesting = 0;

  /** `isRuleEnd` knows the tokens at which a rule is over. */
  constructor(tokens: TokenStream, isRuleEnd: (token: Token) => boolean) {
    this.#tokens = tokens;
    this.#isRuleEnd = isRuleEnd;
  }

  /** Reads one rule, or notes a failure and returns null. */
  condition(): Condition | null {
    const parsed = this.#expression(bindingPower.or);
    if (parsed === null) return null;
    if (!this.#isRuleEnd(this.#tokens.next)) {
      this.#tokens.refuse(this.#tokens.next, 'an operator or the end of the rule', operatorNames);
      return null;
    }
    return this.#as('condition', parsed)?.expression ?? null;
  }

  /** Reads an expression whose operators bind with at least `least`; they group to the left. */
  #expression(least: number): Parsed | null {
    let left = this.#operand();
    while (left !== null) {
      const power = infixPower(this.#tokens.next);
      if (power === null || power < least) return left;
      const operator = this.#tokens.take();
      const right = this.#expression(power + 1);
      left = right === null ? null : this.#infix(operator, left, right);
    }
    return null;
  }

  #operand(): Parsed | null {
    if (this.#nesting === maxNesting) {
      this.#tokens.fail(
        this.#tokens.next,
        'the rule is nested too deeply',
        `at most ${maxDepth} levels`,
      );
      return null;
    }
    this.#nesting += 1;
    const operand = this.#operandAt(this.#tokens.next);
    this.#nesting -= 1;
    return operand;
  }

  /** A token that starts no operand is left for the next statement, which it may begin. */
  #operandAt(token: Token): Parsed | null {
    if (token.kind === 'number') return this.#numberAt(token);
    if (this.#tokens.takeIf('(')) {
      const inner = this.#expression(bindingPower.or);
      return inner !== null && this.#tokens.expect(')') ? inner : null;
    }
    if (this.#tokens.takeIf('-')) {
      const inner = this.#numeric(this.#expression(bindingPower.negation));
      if (inner === null) return null;
      return this.#number(token, inner.depth, { kind: 'negation', operand: inner.expression });
    }
    if (this.#tokens.takeIf('not')) {
      const parsed = this.#expression(bindingPower.not);
      const inner = parsed === null ? null : this.#as('condition', parsed);
      if (inner === null) return null;
      return this.#truth(token, inner.depth, { kind: 'not', operand: inner.expression });
    }
    const field = barFields.find((name) => name === token.text);
    if (field !== undefined) {
      this.#tokens.take();
      return this.#number(token, 0, { kind: 'field', name: field });
    }
    if (isIndicatorName(token.text)) return this.#indicator(token, token.text);
    this.#tokens.refuse(token, 'a number, a price, an indicator, "not", "-" or "("', operandNames);
    return null;
  }

  #numberAt(token: Token): Parsed | null {
    const value = Number(token.text);
    if (!numberRules.value.accepts(value)) {
      this.#tokens.refuse(token, numberRules.value.expected);
      return null;
    }
    this.#tokens.take();
    return this.#number(token, 0, { kind: 'number', value });
  }

  #indicator(token: Token, name: (typeof indicatorNames)[number]): Parsed | null {
    this.#tokens.take();
    if (!this.#tokens.expect('(')) return null;
    const series = this.#numeric(this.#expression(bindingPower.or));
    if (series === null || !this.#tokens.expect(',')) return null;
    const periodToken = this.#tokens.next;
    const period = periodToken.kind === 'number' ? Number(periodToken.text) : NaN;
    if (!numberRules.period.accepts(period)) {
      this.#tokens.refuse(periodToken, numberRules.period.expected);
      return null;
    }
    this.#tokens.take();
    if (!this.#tokens.expect(')')) return null;
    const expression = { kind: 'indicator', name, series: series.expression, period } as const;
    return this.#number(token, series.depth, expression);
  }

  #infix(operator: Token, left: Parsed, right: Parsed): Parsed | null {
    const depth = Math.max(left.depth, right.depth);
    if (operator.text === 'and' || operator.text === 'or') {
      const [first, second] = [this.#as('condition', left), this.#as('condition', right)];
      if (first === null || second === null) return null;
      const expression = {
        kind: operator.text,
        left: first.expression,
        right: second.expression,
      } as const;
      return this.#truth(left.token, depth, expression);
    }
    const [first, second] = [this.#numeric(left), this.#numeric(right)];
    if (first === null || second === null) return null;
    const operands = { left: first.expression, right: second.expression };
    const arithmetic = arithmeticOperators.find((name) => name === operator.text);
    if (arithmetic !== undefined) {
      const expression = { kind: 'arithmetic', operator: arithmetic, ...operands } as const;
      return this.#number(left.token, depth, expression);
    }
    const comparison = comparisonOperators.find((name) => name === operator.text);
    if (comparison === undefined) throw new Error(`${operator.text} binds but is no operator`);
    const expression = { kind: 'comparison', operator: comparison, ...operands } as const;
    return this.#truth(left.token, depth, expression);
  }

  #numeric(parsed: Parsed | null): ParsedAs<'number'> | null {
    return parsed === null ? null : this.#as('number', parsed);
  }

  #as<T extends Parsed['type']>(type: T, parsed: Parsed): ParsedAs<T> | null {
    if (isOfType(type, parsed)) return parsed;
    const [expected, found] =
      type === 'number'
        ? ['a number or a price', 'a condition']
        : ['a condition, such as close > open', 'a number'];
    this.#tokens.fail(parsed.token, `expected ${expected}, but this is ${found}`, expected);
    return null;
  }

  #number(token: Token, depthBelow: number, expression: NumericExpression): Parsed | null {
    const depth = depthBelow + 1;
    return this.#isBounded(token, depth) ? { type: 'number', token, depth, expression } : null;
  }

  #truth(token: Token, depthBelow: number, expression: Condition): Parsed | null {
    const depth = depthBelow + 1;
    return this.#isBounded(token, depth) ? { type: 'condition', token, depth, expression } : null;
  }

  #isBounded(token: Token, depth: number): boolean {
    this.#nodes += 1;
    if (depth > maxDepth) {
      return this.#tokens.fail(
        token,
        'the rule is nested too deeply',
        `at most ${maxDepth} levels`,
      );
    }
    if (this.#nodes > maxNodes) {
      return this.#tokens.fail(token, 'the rules are too long', `at most ${maxNodes} parts`);
    }
    return true;
  }
}

function isOfType<T extends Parsed['type']>(type: T, parsed: Parsed): parsed is ParsedAs<T> {
  return parsed.type === type;
}

function infixPower(token: Token): number | null {
  switch (token.text) {
    case 'or':
    case 'and':
      return bindingPower[token.text];
    case '+':
    case '-':
      return bindingPower.sum;
    case '*':
    case '/':
      return bindingPower.product;
    default:
      return comparisonOperators.some((operator) => operator === token.text)
        ? bindingPower.comparison
        : null;
  }
}
