import {
  callableNames,
  isCallable,
  plainNames,
  statementNames,
  weekdays,
} from '../language-words.ts';
import type { Token } from '../lexer.ts';
import { bindingPower } from '../print-strategy.ts';
import {
  arithmeticOperators,
  barFields,
  comparisonOperators,
  momentFields,
  positionFields,
  type Condition,
  type Expression,
  type NumericExpression,
} from '../strategy-document.ts';
import { maxDepth, numberRules } from '../strategy-limits.ts';
import type { TokenStream } from '../token-stream.ts';
import { CallParser, standsAlone } from './parse-call.ts';
import { NodeMaker, type Parsed, type ParsedAs } from './node-maker.ts';
import {
  isComparedByEquals,
  isParameterNext,
  isStatementStart,
  readFrame,
  readInstrument,
  readTime,
} from './read-terms.ts';

const operandNames = ['not', ...plainNames, ...callableNames];
const operatorNames = ['and', 'or', 'on', 'of', ...comparisonOperators];
const operandText = 'a number, a price, an indicator, a parameter, "not", "-" or "("';

const postfixes = new Map<string, 'look_back' | 'on' | 'of'>([
  ['[', 'look_back'],
  ['on', 'on'],
  ['of', 'of'],
]);

/** Parentheses may outnumber the levels of the tree, but not without end. */
const maxNesting = 2 * maxDepth;

/** Reads the expressions of one strategy; the bound on nodes holds for all of them together. */
export class ExpressionParser {
  readonly #tokens: TokenStream;
  readonly #nodes: NodeMaker;
  readonly #calls: CallParser;
  #nesting = 0;

  /** Notes in `places` the first token of every node. */
  constructor(tokens: TokenStream, places: Map<object, Token>) {
    this.#tokens = tokens;
    this.#nodes = new NodeMaker(tokens, places);
    this.#calls = new CallParser(tokens, this.#nodes, () => this.#expression(bindingPower.or));
  }

  /** Reads one rule up to its end, or notes a failure and returns null. */
  condition(): Condition | null {
    const parsed = this.#expression(bindingPower.or);
    if (parsed === null) return null;
    if (!isStatementStart(this.#tokens)) {
      this.#tokens.refuse(this.#tokens.next, 'an operator or the end of the rule', [
        ...operatorNames,
        ...statementNames,
      ]);
      return null;
    }
    return this.#nodes.as('condition', parsed)?.expression ?? null;
  }

  /** Reads a number or a condition up to the end of the text, or notes a failure: null. */
  whole(): Expression | null {
    const parsed = this.#expression(bindingPower.or);
    if (parsed === null) return null;
    if (this.#tokens.next.kind !== 'end') {
      this.#tokens.refuse(this.#tokens.next, 'an operator or the end of the text', operatorNames);
      return null;
    }
    return parsed.expression;
  }

  /** Reads a number of a statement and leaves what follows it, or notes a failure: null. */
  numeric(): NumericExpression | null {
    return this.#nodes.as('number', this.#expression(bindingPower.sum))?.expression ?? null;
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
      const expected = `at most ${maxDepth} levels`;
      this.#tokens.fail(this.#tokens.next, 'the rule is nested too deeply', expected);
      return null;
    }
    this.#nesting += 1;
    const operand = this.#operandAt(this.#tokens.next);
    this.#nesting -= 1;
    return operand;
  }

  #operandAt(token: Token): Parsed | null {
    if (this.#tokens.takeIf('-')) {
      const inner = this.#nodes.as('number', this.#expression(bindingPower.negation));
      if (inner === null) return null;
      const expression = { kind: 'negation', operand: inner.expression } as const;
      return this.#nodes.number(token, inner.depth, expression);
    }
    if (this.#tokens.takeIf('not')) {
      const inner = this.#nodes.as('condition', this.#expression(bindingPower.not));
      if (inner === null) return null;
      const expression = { kind: 'not', operand: inner.expression } as const;
      return this.#nodes.condition(token, inner.depth, expression);
    }
    return this.#postfixes(this.#atom(token));
  }

  /** A token that starts no operand is left for the next statement, which it may begin. */
  #atom(token: Token): Parsed | null {
    switch (token.kind) {
      case 'number':
        return this.#number(token);
      case 'time': {
        const minutes = readTime(this.#tokens);
        if (minutes === null) return null;
        return this.#nodes.number(token, 0, { kind: 'time_of_day', minutes });
      }
      case 'word':
        return this.#word(token);
      default: {
        if (!this.#tokens.takeIf('(')) break;
        const inner = this.#expression(bindingPower.or);
        return inner !== null && this.#tokens.expect(')') ? inner : null;
      }
    }
    this.#tokens.refuse(token, operandText, ['not']);
    return null;
  }

  #number(token: Token): Parsed | null {
    const value = Number(token.text);
    if (!numberRules.value.accepts(value)) {
      this.#tokens.refuse(token, numberRules.value.expected);
      return null;
    }
    this.#tokens.take();
    return this.#nodes.number(token, 0, { kind: 'number', value });
  }

  #word(token: Token): Parsed | null {
    const { second } = this.#tokens;
    const isCall = second.kind === 'symbol' && second.text === '(';
    const name = token.text;
    if (!isStatementStart(this.#tokens) || isComparedByEquals(this.#tokens)) {
      if (isCallable(name) && (isCall || standsAlone(name))) {
        return this.#calls.call(this.#tokens.take());
      }
      const expression = plainExpression(name);
      if (expression !== null) {
        return this.#nodes.number(this.#tokens.take(), 0, expression);
      }
      if (isParameterNext(this.#tokens) && !isCall) {
        return this.#nodes.number(this.#tokens.take(), 0, { kind: 'parameter', name });
      }
      if (isCallable(name)) {
        this.#tokens.take();
        this.#tokens.expect('(');
        return null;
      }
    }
    this.#refuseWord(token);
    return null;
  }

  /** A word that begins the next statement is no mistake of spelling. */
  #refuseWord(token: Token): void {
    const tokens = this.#tokens;
    if (!isComparedByEquals(tokens)) {
      tokens.refuse(token, operandText, isStatementStart(tokens) ? [] : operandNames);
      return;
    }
    tokens.refuse(tokens.second, 'a comparison', operatorNames);
    // Else the two would be read as the beginning of a parameter.
    tokens.take();
    tokens.take();
  }

  #postfixes(operand: Parsed | null): Parsed | null {
    let parsed = operand;
    while (parsed !== null) {
      const { next } = this.#tokens;
      const read = next.kind === 'word' || next.kind === 'symbol' ? postfixes.get(next.text) : null;
      if (read == null) return parsed;
      const inner = this.#nodes.as('number', parsed);
      if (inner === null) return null;
      this.#tokens.take();
      parsed = this.#postfix(read, inner);
    }
    return null;
  }

  #postfix(kind: 'look_back' | 'on' | 'of', inner: ParsedAs<'number'>): Parsed | null {
    const operand = inner.expression;
    switch (kind) {
      case 'look_back': {
        const bars = this.#nodes.as('number', this.#expression(bindingPower.sum));
        if (bars === null || !this.#tokens.expect(']')) return null;
        const depth = Math.max(inner.depth, bars.depth);
        return this.#nodes.number(inner.token, depth, { kind, operand, bars: bars.expression });
      }
      case 'on': {
        const timeFrame = readFrame(this.#tokens);
        if (timeFrame === null) return null;
        return this.#nodes.number(inner.token, inner.depth, { kind, operand, timeFrame });
      }
      case 'of': {
        const instrument = readInstrument(this.#tokens);
        if (instrument === null) return null;
        return this.#nodes.number(inner.token, inner.depth, { kind, operand, instrument });
      }
    }
  }

  #infix(operator: Token, left: Parsed, right: Parsed): Parsed | null {
    const depth = Math.max(left.depth, right.depth);
    if (operator.text === 'and' || operator.text === 'or') {
      const first = this.#nodes.as('condition', left);
      const second = this.#nodes.as('condition', right);
      if (first === null || second === null) return null;
      const operands = { left: first.expression, right: second.expression };
      return this.#nodes.condition(left.token, depth, { kind: operator.text, ...operands });
    }
    const first = this.#nodes.as('number', left);
    const second = this.#nodes.as('number', right);
    if (first === null || second === null) return null;
    const operands = { left: first.expression, right: second.expression };
    const arithmetic = arithmeticOperators.find((name) => name === operator.text);
    if (arithmetic !== undefined) {
      const expression = { kind: 'arithmetic', operator: arithmetic, ...operands } as const;
      return this.#nodes.number(left.token, depth, expression);
    }
    const comparison = comparisonOperators.find((name) => name === operator.text);
    if (comparison === undefined) throw new Error(`${operator.text} binds but is no operator`);
    const expression = { kind: 'comparison', operator: comparison, ...operands } as const;
    return this.#nodes.condition(left.token, depth, expression);
  }
}

/** What a name stands for that neither needs parentheses nor a parameter; else null. */
function plainExpression(name: string): NumericExpression | null {
  const field = barFields.find((known) => known === name);
  if (field !== undefined) return { kind: 'field', name: field };
  const moment = momentFields.find((known) => known === name);
  if (moment !== undefined) return { kind: 'moment', name: moment };
  const position = positionFields.find((known) => known === name);
  if (position !== undefined) return { kind: 'position', name: position };
  const weekday = weekdays.indexOf(name);
  return weekday === -1 ? null : { kind: 'number', value: weekday + 1 };
}

function infixPower(token: Token): number | null {
  if (token.kind !== 'word' && token.kind !== 'symbol') return null;
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
