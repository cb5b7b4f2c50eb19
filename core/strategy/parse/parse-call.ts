import { indicatorDefinitions } from '../../indicators/catalogue.ts';
import type { IndicatorDefinition } from '../../indicators/indicator.ts';
import {
  barFunctions,
  isBarFunction,
  isModelName,
  isNumericFunction,
  readsSeries,
  signatureOf,
  type BarFunction,
} from '../language-words.ts';
import type { Token } from '../lexer.ts';
import {
  numericFunctions,
  type NumericExpression,
  type NumericFunction,
} from '../strategy-document.ts';
import type { TokenStream } from '../token-stream.ts';
import type { NodeMaker, Parsed, ParsedAs } from './node-maker.ts';

/** Whether the name can stand without parentheses: an indicator that needs nothing to be said. */
export function standsAlone(name: string): boolean {
  const definition = indicatorDefinitions.get(name);
  return definition !== undefined && !readsSeries(definition);
}

/** Reads what is written with a name and parentheses: functions and indicators. */
export class CallParser {
  readonly #tokens: TokenStream;
  readonly #nodes: NodeMaker;
  readonly #expression: () => Parsed | null;

  /** `expression` reads any expression. */
  constructor(tokens: TokenStream, nodes: NodeMaker, expression: () => Parsed | null) {
    this.#tokens = tokens;
    this.#nodes = nodes;
    this.#expression = expression;
  }

  /** Reads on after `token`, which names an indicator or a function; null: a failure was noted. */
  call(token: Token): Parsed | null {
    const name = token.text;
    if (name === 'model') return this.#model(token);
    const operands = this.#operands();
    if (operands === null) return null;
    if (isBarFunction(name)) return this.#barFunction(token, name, operands);
    if (isNumericFunction(name)) return this.#function(token, name, operands);
    const definition = indicatorDefinitions.get(name);
    if (definition === undefined) throw new Error(`${name} is called but nobody knows it`);
    return this.#indicator(token, definition, operands);
  }

  /** The operands in parentheses; none where there are no parentheses. */
  #operands(): Parsed[] | null {
    const operands: Parsed[] = [];
    if (!this.#tokens.takeIf('(') || this.#tokens.takeIf(')')) return operands;
    do {
      const operand = this.#expression();
      if (operand === null) return null;
      operands.push(operand);
    } while (this.#tokens.takeIf(','));
    if (this.#tokens.takeIf(')')) return operands;
    this.#tokens.refuse(this.#tokens.next, '"," or ")"', ['and', 'or', 'on', 'of']);
    return null;
  }

  #model(token: Token): Parsed | null {
    if (!this.#tokens.expect('(')) return null;
    const { next } = this.#tokens;
    if (next.kind !== 'string' || !isModelName(next.text)) {
      this.#tokens.refuse(next, "a model's name in quotes");
      return null;
    }
    this.#tokens.take();
    if (!this.#tokens.expect(')')) return null;
    return this.#nodes.number(token, 0, { kind: 'model', name: next.text });
  }

  #barFunction(token: Token, name: BarFunction, operands: readonly Parsed[]): Parsed | null {
    const [first, second, third] = operands;
    const wanted = name === 'bars_since' ? 1 : 2;
    if (operands.length !== wanted || first === undefined) {
      return this.#wrongNumber(token, third ?? second, barFunctions[name]);
    }
    const depth = Math.max(first.depth, second?.depth ?? 0);
    if (name === 'bars_since') {
      const inner = this.#nodes.as('condition', first);
      return inner && this.#nodes.number(token, depth, { kind: name, condition: inner.expression });
    }
    if (name === 'within') {
      const bars = this.#nodes.as('number', first);
      const condition = this.#nodes.as('condition', second ?? null);
      if (bars === null || condition === null) return null;
      return this.#nodes.condition(token, depth, {
        kind: name,
        bars: bars.expression,
        condition: condition.expression,
      });
    }
    if (name === 'model') throw new Error('a model has no operands');
    const operand = this.#nodes.as('number', first);
    const bars = this.#nodes.as('number', second ?? null);
    if (operand === null || bars === null) return null;
    const parts = { operand: operand.expression, bars: bars.expression };
    return name === 'rising' || name === 'falling'
      ? this.#nodes.condition(token, depth, { kind: name, ...parts })
      : this.#nodes.number(token, depth, { kind: name, ...parts });
  }

  #function(token: Token, name: NumericFunction, operands: readonly Parsed[]): Parsed | null {
    if (operands.length !== numericFunctions[name]) {
      const signature = numericFunctions[name] === 1 ? `${name}(x)` : `${name}(x, y)`;
      return this.#wrongNumber(token, operands[numericFunctions[name]], signature);
    }
    const numbers = this.#numbers(operands);
    if (numbers === null) return null;
    const expression = { kind: 'function', name, operands: numbers.map(expressionOf) } as const;
    return this.#nodes.number(token, deepest(numbers), expression);
  }

  #indicator(
    token: Token,
    definition: IndicatorDefinition,
    operands: readonly Parsed[],
  ): Parsed | null {
    const { name, parameters } = definition;
    const least = readsSeries(definition) ? 1 : 0;
    const most = least + parameters.length;
    if (operands.length < least || operands.length > most) {
      return this.#wrongNumber(token, operands[most], signatureOf(definition));
    }
    const written = this.#numbers(operands);
    if (written === null) return null;
    const settings = written.slice(least);
    for (const parameter of parameters.slice(settings.length)) {
      const standard = this.#constant(token, parameter.default);
      if (standard === null) return null;
      settings.push(standard);
    }
    const series = least === 1 ? (written[0] ?? null) : null;
    const depth = Math.max(series?.depth ?? 0, deepest(settings));
    const shared = { name, settings: settings.map(expressionOf) };
    if (definition.isCondition) {
      return this.#nodes.condition(token, depth, { kind: 'pattern', ...shared });
    }
    const output = this.#output(definition);
    if (output === null) return null;
    return this.#nodes.number(token, depth, {
      kind: 'indicator',
      name,
      series: series?.expression ?? null,
      settings: shared.settings,
      output,
    });
  }

  /** What stands for a setting that was left out. */
  #constant(token: Token, value: number): ParsedAs<'number'> | null {
    const number = this.#nodes.number(token, 0, { kind: 'number', value: Math.abs(value) });
    if (number === null || value >= 0) return number;
    const expression = { kind: 'negation', operand: number.expression } as const;
    return this.#nodes.number(token, number.depth, expression);
  }

  /** The output named behind a point, else the first. */
  #output({ outputs }: IndicatorDefinition): string | null {
    const [first] = outputs;
    if (first === undefined) throw new Error('an indicator without outputs');
    if (!this.#tokens.takeIf('.')) return first;
    const { next } = this.#tokens;
    const output = outputs.find((name) => name === next.text && next.kind === 'word');
    if (output === undefined) {
      this.#tokens.refuse(next, `one of ${outputs.join(', ')}`, outputs);
      return null;
    }
    this.#tokens.take();
    return output;
  }

  #numbers(operands: readonly Parsed[]): ParsedAs<'number'>[] | null {
    const numbers = operands.map((operand) => this.#nodes.as('number', operand));
    return numbers.every((number) => number !== null) ? numbers : null;
  }

  /** Blames the first operand too many, else the name that lacks some. */
  #wrongNumber(token: Token, surplus: Parsed | undefined, signature: string): null {
    const found = surplus === undefined ? 'some are missing' : 'this is one too many';
    this.#tokens.fail(
      surplus?.token ?? token,
      `expected ${signature}: of what stands in the parentheses, ${found}`,
      signature,
    );
    return null;
  }
}

function expressionOf({ expression }: ParsedAs<'number'>): NumericExpression {
  return expression;
}

function deepest(parts: readonly Parsed[]): number {
  return parts.reduce((deepestYet, { depth }) => Math.max(deepestYet, depth), 0);
}
