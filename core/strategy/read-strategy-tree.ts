import { isIndicatorName, indicatorNames } from '../indicators/catalogue.ts';
import { fail, succeed, type Result } from '../result.ts';
import {
  arithmeticOperators,
  barFields,
  comparisonOperators,
  type Condition,
  type Expression,
  type NumericExpression,
  type SideRules,
  type StrategyDocument,
} from './strategy-document.ts';
import { strategyProducts } from './strategy-product.ts';
import { maxDepth, maxNodes, numberRules, type NumberRule } from './strategy-limits.ts';
import { maxStrategyFailures } from './token-stream.ts';

/** A mistake in a strategy's JSON tree. */
export interface StrategyTreeFailure {
  /** Where it stands, such as `long.entry.left.period`; empty for the whole. */
  readonly path: string;
  /** What should stand there. */
  readonly expected: string;
}

/**
 * Reads a strategy from untrusted JSON (what `JSON.parse` returned): every key and value is checked,
 * unknown keys are refused, the bounds of the text hold here too. `stopLossPercent`,
 * `takeProfitPercent`, `maxPositions`, `long` and `short` may be absent or null, `product` may be
 * absent. A failure lists up to 20 mistakes.
 */
export function readStrategyTree(
  json: unknown,
): Result<StrategyDocument, readonly StrategyTreeFailure[]> {
  const reader = new TreeReader();
  const document = reader.document(json);
  return document === null ? fail(reader.failures) : succeed(document);
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

const numericKinds = ['number', 'field', 'indicator', 'negation', 'arithmetic'] as const;
const conditionKinds = ['comparison', 'not', 'and', 'or'] as const;

class TreeReader {
  readonly failures: StrategyTreeFailure[] = [];
  #nodes = 0;

  document(json: unknown): StrategyDocument | null {
    const object = this.#object(json, '', [
      'capitalPerTrade',
      'stopLossPercent',
      'takeProfitPercent',
      'maxPositions',
      'product',
      'long',
      'short',
    ]);
    if (object === null) return null;
    const optional = (key: 'stopLossPercent' | 'takeProfitPercent' | 'maxPositions') =>
      (object[key] ?? null) === null ? null : this.#number(object[key], key, numberRules[key]);
    const document = {
      capitalPerTrade: this.#number(
        object['capitalPerTrade'],
        'capitalPerTrade',
        numberRules.capitalPerTrade,
      ),
      stopLossPercent: optional('stopLossPercent'),
      takeProfitPercent: optional('takeProfitPercent'),
      maxPositions: optional('maxPositions'),
      product: this.#oneOf(object['product'] ?? 'MIS', 'product', strategyProducts),
      long: this.#side(object['long'], 'long'),
      short: this.#side(object['short'], 'short'),
    };
    const { capitalPerTrade, product, long, short } = document;
    if (short !== null && product === 'CNC') this.#refuse('product', 'MIS, as short rules need');
    if (this.failures.length === 0 && long === null && short === null) {
      this.#refuse('', 'long or short rules');
    }
    if (this.failures.length > 0 || capitalPerTrade === null || product === null) return null;
    return { ...document, capitalPerTrade, product };
  }

  #side(json: unknown, path: string): SideRules | null {
    if ((json ?? null) === null) return null;
    const object = this.#object(json, path, ['entry', 'exit']);
    if (object === null) return null;
    const entry = this.#condition(object['entry'], `${path}.entry`, 1);
    const exit = this.#condition(object['exit'], `${path}.exit`, 1);
    return entry === null || exit === null ? null : { entry, exit };
  }

  #numeric(json: unknown, path: string, depth: number): NumericExpression | null {
    if (!this.#isBounded(path, depth)) return null;
    const kind = isObject(json) ? json['kind'] : undefined;
    switch (this.#oneOf(kind, `${path}.kind`, numericKinds)) {
      case null:
        return null;
      case 'number': {
        const object = this.#object(json, path, ['kind', 'value']);
        const value = this.#number(object?.['value'], `${path}.value`, numberRules.value);
        // Text has no negative zero, and both spellings must be the same tree.
        return value === null ? null : { kind: 'number', value: value === 0 ? 0 : value };
      }
      case 'field': {
        const object = this.#object(json, path, ['kind', 'name']);
        const name = this.#oneOf(object?.['name'], `${path}.name`, barFields);
        return name === null ? null : { kind: 'field', name };
      }
      case 'indicator':
        return this.#indicator(json, path, depth);
      case 'negation': {
        const object = this.#object(json, path, ['kind', 'operand']);
        const operand = this.#numeric(object?.['operand'], `${path}.operand`, depth + 1);
        return operand === null ? null : { kind: 'negation', operand };
      }
      case 'arithmetic': {
        const operator = this.#operator(json, path, arithmeticOperators);
        const operands = this.#operands(json, path, depth, (...at) => this.#numeric(...at));
        if (operator === null || operands === null) return null;
        return { kind: 'arithmetic', operator, ...operands };
      }
    }
  }

  #indicator(json: unknown, path: string, depth: number): NumericExpression | null {
    const object = this.#object(json, path, ['kind', 'name', 'series', 'period']);
    const name = object?.['name'];
    const known = typeof name === 'string' && isIndicatorName(name) ? name : null;
    if (known === null) this.#refuse(`${path}.name`, `one of ${indicatorNames.join(', ')}`);
    const series = this.#numeric(object?.['series'], `${path}.series`, depth + 1);
    const period = this.#number(object?.['period'], `${path}.period`, numberRules.period);
    if (known === null || series === null || period === null) return null;
    return { kind: 'indicator', name: known, series, period };
  }

  #condition(json: unknown, path: string, depth: number): Condition | null {
    if (!this.#isBounded(path, depth)) return null;
    const kind = this.#oneOf(
      isObject(json) ? json['kind'] : undefined,
      `${path}.kind`,
      conditionKinds,
    );
    switch (kind) {
      case null:
        return null;
      case 'not': {
        const object = this.#object(json, path, ['kind', 'operand']);
        const operand = this.#condition(object?.['operand'], `${path}.operand`, depth + 1);
        return operand === null ? null : { kind, operand };
      }
      case 'and':
      case 'or': {
        this.#object(json, path, ['kind', 'left', 'right']);
        const operands = this.#operands(json, path, depth, (...at) => this.#condition(...at));
        return operands === null ? null : { kind, ...operands };
      }
      case 'comparison': {
        const operator = this.#operator(json, path, comparisonOperators);
        const operands = this.#operands(json, path, depth, (...at) => this.#numeric(...at));
        return operator === null || operands === null ? null : { kind, operator, ...operands };
      }
    }
  }

  #operator<T extends string>(json: unknown, path: string, operators: readonly T[]): T | null {
    const object = this.#object(json, path, ['kind', 'operator', 'left', 'right']);
    return this.#oneOf(object?.['operator'], `${path}.operator`, operators);
  }

  #operands<T extends Expression>(
    json: unknown,
    path: string,
    depth: number,
    read: (json: unknown, path: string, depth: number) => T | null,
  ): { left: T; right: T } | null {
    if (!isObject(json)) return null;
    const left = read(json['left'], `${path}.left`, depth + 1);
    const right = read(json['right'], `${path}.right`, depth + 1);
    return left === null || right === null ? null : { left, right };
  }

  #object(json: unknown, path: string, keys: readonly string[]): JsonObject | null {
    if (!isObject(json)) return this.#refuse(path, 'an object');
    for (const key of Object.keys(json)) {
      const where = path === '' ? key : `${path}.${key}`;
      if (!keys.includes(key)) this.#refuse(where, `no key but ${keys.join(', ')}`);
    }
    return json;
  }

  #number(json: unknown, path: string, rule: NumberRule): number | null {
    return typeof json === 'number' && rule.accepts(json)
      ? json
      : this.#refuse(path, rule.expected);
  }

  #oneOf<T extends string>(json: unknown, path: string, values: readonly T[]): T | null {
    const value = values.find((candidate) => candidate === json);
    return value ?? this.#refuse(path, `one of ${values.join(', ')}`);
  }

  #isBounded(path: string, depth: number): boolean {
    this.#nodes += 1;
    if (depth > maxDepth) this.#refuse(path, `at most ${maxDepth} levels`);
    if (this.#nodes === maxNodes + 1) this.#refuse(path, `at most ${maxNodes} parts`);
    return depth <= maxDepth && this.#nodes <= maxNodes;
  }

  #refuse(path: string, expected: string): null {
    if (this.failures.length < maxStrategyFailures) {
      this.failures.push({ path: path.slice(0, 400), expected });
    }
    return null;
  }
}
