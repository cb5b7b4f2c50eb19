import type { Token } from '../lexer.ts';
import type { Condition, NumericExpression } from '../strategy-document.ts';
import { maxDepth, maxNodes } from '../strategy-limits.ts';
import type { TokenStream } from '../token-stream.ts';

/** An expression with its first token, for failures found later, and the depth of its tree. */
export type Parsed = { readonly token: Token; readonly depth: number } & (
  | { readonly type: 'number'; readonly expression: NumericExpression }
  | { readonly type: 'condition'; readonly expression: Condition }
);
/** One of both sorts of parsed expressions. */
export type ParsedAs<T extends Parsed['type']> = Extract<Parsed, { type: T }>;

/**
 * Makes the nodes of a strategy's trees, remembers where each stands, and holds the bounds on their
 * depth and number. Every maker notes a failure and returns null where it cannot.
 */
export class NodeMaker {
  readonly #tokens: TokenStream;
  readonly #places: Map<object, Token>;
  #nodes = 0;

  constructor(tokens: TokenStream, places: Map<object, Token>) {
    this.#tokens = tokens;
    this.#places = places;
  }

  /** A number over parts that are at most `depthBelow` levels deep. */
  number(
    token: Token,
    depthBelow: number,
    expression: NumericExpression,
  ): ParsedAs<'number'> | null {
    const depth = depthBelow + 1;
    if (!this.#isBounded(token, depth)) return null;
    this.#places.set(expression, token);
    return { type: 'number', token, depth, expression };
  }

  /** A condition over parts that are at most `depthBelow` levels deep. */
  condition(token: Token, depthBelow: number, expression: Condition): Parsed | null {
    const depth = depthBelow + 1;
    if (!this.#isBounded(token, depth)) return null;
    this.#places.set(expression, token);
    return { type: 'condition', token, depth, expression };
  }

  /** The same expression, if it is of that sort; null: it is not, or there is none. */
  as<T extends Parsed['type']>(type: T, parsed: Parsed | null): ParsedAs<T> | null {
    if (parsed === null || isOfType(type, parsed)) return parsed;
    const [expected, found] =
      type === 'number'
        ? ['a number or a price', 'a condition']
        : ['a condition, such as close > open', 'a number'];
    this.#tokens.fail(parsed.token, `expected ${expected}, but this is ${found}`, expected);
    return null;
  }

  #isBounded(token: Token, depth: number): boolean {
    this.#nodes += 1;
    if (depth > maxDepth) {
      const expected = `at most ${maxDepth} levels`;
      return this.#tokens.fail(token, 'the rule is nested too deeply', expected);
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
