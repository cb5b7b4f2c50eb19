import { indicatorDefinitions } from '../../indicators/catalogue.ts';
import type { IndicatorDefinition } from '../../indicators/indicator.ts';
import { timeFrames } from '../../market/time-frame.ts';
import { isInstrumentName, isModelName, isParameterName, readsSeries } from '../language-words.ts';
import {
  arithmeticOperators,
  barFields,
  comparisonOperators,
  momentFields,
  numericFunctions,
  positionFields,
  type Condition,
  type Expression,
  type InstrumentName,
  type NumericExpression,
  type NumericFunction,
} from '../strategy-document.ts';
import { numberRules, numbersFrom } from '../strategy-limits.ts';
import { isObject, type JsonObject, type JsonReader } from './json-reader.ts';

const numericKeys = {
  number: ['value'],
  time_of_day: ['minutes'],
  parameter: ['name'],
  field: ['name'],
  moment: ['name'],
  position: ['name'],
  indicator: ['name', 'series', 'settings', 'output'],
  negation: ['operand'],
  arithmetic: ['operator', 'left', 'right'],
  function: ['name', 'operands'],
  look_back: ['operand', 'bars'],
  highest: ['operand', 'bars'],
  lowest: ['operand', 'bars'],
  bars_since: ['condition'],
  on: ['operand', 'timeFrame'],
  of: ['operand', 'instrument'],
  model: ['name'],
} as const satisfies Record<NumericExpression['kind'], readonly string[]>;

const conditionKeys = {
  comparison: ['operator', 'left', 'right'],
  rising: ['operand', 'bars'],
  falling: ['operand', 'bars'],
  within: ['bars', 'condition'],
  pattern: ['name', 'settings'],
  not: ['operand'],
  and: ['left', 'right'],
  or: ['left', 'right'],
} as const satisfies Record<Condition['kind'], readonly string[]>;

const minuteOfDay = numbersFrom(0, 1439, true);

/** Reads minutes of the day. */
export function readMinutes(reader: JsonReader, json: unknown, path: string): number | null {
  return reader.number(json, path, minuteOfDay);
}

/** Reads the name of an instrument. */
export function readInstrumentJson(
  reader: JsonReader,
  json: unknown,
  path: string,
): InstrumentName | null {
  const { exchange, symbol } = reader.object(json, path, ['exchange', 'symbol']) ?? {};
  if (typeof exchange === 'string' && typeof symbol === 'string') {
    const name = { exchange, symbol };
    if (isInstrumentName(name)) return name;
  }
  return reader.refuse(path, 'exchange and symbol of an instrument');
}

/** Reads the expressions of a JSON tree; every node is placed with the reader. */
export class TreeExpressionReader {
  readonly #reader: JsonReader;

  constructor(reader: JsonReader) {
    this.#reader = reader;
  }

  /** A number, `depth` levels below the root of its expression, which is 1. */
  numeric(json: unknown, path: string, depth = 1): NumericExpression | null {
    const node = this.#numericNode(json, path, depth);
    return node === null ? null : this.#reader.placed(path, node);
  }

  /** A condition, at a depth as above. */
  condition(json: unknown, path: string, depth = 1): Condition | null {
    const node = this.#conditionNode(json, path, depth);
    return node === null ? null : this.#reader.placed(path, node);
  }

  #numericNode(json: unknown, path: string, depth: number): NumericExpression | null {
    if (!this.#reader.isBounded(path, depth)) return null;
    const kinds = Object.keys(numericKeys) as (keyof typeof numericKeys)[];
    const kind = this.#reader.oneOf(isObject(json) ? json['kind'] : null, `${path}.kind`, kinds);
    if (kind === null) return null;
    const object = this.#reader.object(json, path, ['kind', ...numericKeys[kind]]) ?? {};
    const below = depth + 1;
    switch (kind) {
      case 'number': {
        const value = this.#reader.number(object['value'], `${path}.value`, numberRules.value);
        return value === null ? null : { kind, value };
      }
      case 'time_of_day': {
        const minutes = readMinutes(this.#reader, object['minutes'], `${path}.minutes`);
        return minutes === null ? null : { kind, minutes };
      }
      case 'parameter': {
        const name = this.#name(object, path, isParameterName, 'the name of a parameter');
        return name === null ? null : { kind, name };
      }
      case 'model': {
        const name = this.#name(object, path, isModelName, 'the name of a model');
        return name === null ? null : { kind, name };
      }
      case 'field': {
        const name = this.#reader.oneOf(object['name'], `${path}.name`, barFields);
        return name === null ? null : { kind, name };
      }
      case 'moment': {
        const name = this.#reader.oneOf(object['name'], `${path}.name`, momentFields);
        return name === null ? null : { kind, name };
      }
      case 'position': {
        const name = this.#reader.oneOf(object['name'], `${path}.name`, positionFields);
        return name === null ? null : { kind, name };
      }
      case 'indicator':
        return this.#indicator(object, path, below);
      case 'negation': {
        const operand = this.numeric(object['operand'], `${path}.operand`, below);
        return operand === null ? null : { kind, operand };
      }
      case 'arithmetic': {
        const operator = this.#reader.oneOf(
          object['operator'],
          `${path}.operator`,
          arithmeticOperators,
        );
        const operands = this.#pair(object, path, (...at) => this.numeric(...at, below));
        return operator === null || operands === null ? null : { kind, operator, ...operands };
      }
      case 'function':
        return this.#function(object, path, below);
      case 'look_back':
      case 'highest':
      case 'lowest': {
        const parts = this.#overBars(object, path, below);
        return parts === null ? null : { kind, ...parts };
      }
      case 'bars_since': {
        const condition = this.condition(object['condition'], `${path}.condition`, below);
        return condition === null ? null : { kind, condition };
      }
      case 'on': {
        const operand = this.numeric(object['operand'], `${path}.operand`, below);
        const frame = this.#reader.oneOf(object['timeFrame'], `${path}.timeFrame`, timeFrames);
        return operand === null || frame === null ? null : { kind, operand, timeFrame: frame };
      }
      case 'of': {
        const operand = this.numeric(object['operand'], `${path}.operand`, below);
        const at = `${path}.instrument`;
        const instrument = readInstrumentJson(this.#reader, object['instrument'], at);
        return operand === null || instrument === null ? null : { kind, operand, instrument };
      }
    }
  }

  #conditionNode(json: unknown, path: string, depth: number): Condition | null {
    if (!this.#reader.isBounded(path, depth)) return null;
    const kinds = Object.keys(conditionKeys) as (keyof typeof conditionKeys)[];
    const kind = this.#reader.oneOf(isObject(json) ? json['kind'] : null, `${path}.kind`, kinds);
    if (kind === null) return null;
    const object = this.#reader.object(json, path, ['kind', ...conditionKeys[kind]]) ?? {};
    const below = depth + 1;
    switch (kind) {
      case 'comparison': {
        const operator = this.#reader.oneOf(
          object['operator'],
          `${path}.operator`,
          comparisonOperators,
        );
        const operands = this.#pair(object, path, (...at) => this.numeric(...at, below));
        return operator === null || operands === null ? null : { kind, operator, ...operands };
      }
      case 'rising':
      case 'falling': {
        const parts = this.#overBars(object, path, below);
        return parts === null ? null : { kind, ...parts };
      }
      case 'within': {
        const bars = this.numeric(object['bars'], `${path}.bars`, below);
        const condition = this.condition(object['condition'], `${path}.condition`, below);
        return bars === null || condition === null ? null : { kind, bars, condition };
      }
      case 'pattern': {
        const definition = this.#definition(object['name'], path, true);
        if (definition === null) return null;
        const settings = this.#settings(object, path, definition, below);
        return settings === null ? null : { kind, name: definition.name, settings };
      }
      case 'not': {
        const operand = this.condition(object['operand'], `${path}.operand`, below);
        return operand === null ? null : { kind, operand };
      }
      case 'and':
      case 'or': {
        const operands = this.#pair(object, path, (...at) => this.condition(...at, below));
        return operands === null ? null : { kind, ...operands };
      }
    }
  }

  #indicator(object: JsonObject, path: string, below: number): NumericExpression | null {
    const definition = this.#definition(object['name'], path, false);
    if (definition === null) return null;
    const [first] = definition.outputs;
    const output = this.#reader.oneOf(
      object['output'] ?? first,
      `${path}.output`,
      definition.outputs,
    );
    let series: NumericExpression | null = null;
    if (readsSeries(definition)) {
      series = this.numeric(object['series'], `${path}.series`, below);
      if (series === null) return null;
    } else if ((object['series'] ?? null) !== null) {
      return this.#reader.refuse(`${path}.series`, `nothing: ${definition.name} reads the bar`);
    }
    const settings = this.#settings(object, path, definition, below);
    if (settings === null || output === null) return null;
    return { kind: 'indicator', name: definition.name, series, settings, output };
  }

  #definition(name: unknown, path: string, isCondition: boolean): IndicatorDefinition | null {
    const definition = typeof name === 'string' ? indicatorDefinitions.get(name) : undefined;
    if (definition?.isCondition === isCondition) return definition;
    const names = [...indicatorDefinitions.values()]
      .filter((known) => known.isCondition === isCondition)
      .map((known) => known.name);
    return this.#reader.refuse(`${path}.name`, `one of ${names.join(', ')}`);
  }

  /** The settings; those left out at the end are as the definition has them. */
  #settings(
    object: JsonObject,
    path: string,
    { parameters }: IndicatorDefinition,
    below: number,
  ): readonly NumericExpression[] | null {
    const at = `${path}.settings`;
    const written = this.#reader.list(object['settings'], at, parameters.length);
    const settings = parameters.map((parameter, index) =>
      this.numeric(
        index < written.length ? written[index] : constantOf(parameter.default),
        `${at}.${index}`,
        below,
      ),
    );
    return settings.every((setting) => setting !== null) ? settings : null;
  }

  #function(object: JsonObject, path: string, below: number): NumericExpression | null {
    const names = Object.keys(numericFunctions) as NumericFunction[];
    const name = this.#reader.oneOf(object['name'], `${path}.name`, names);
    if (name === null) return null;
    const at = `${path}.operands`;
    const list = this.#reader.list(object['operands'], at, numericFunctions[name]);
    if (list.length < numericFunctions[name]) {
      return this.#reader.refuse(at, `a list of ${numericFunctions[name]}`);
    }
    const operands = list.map((operand, index) => this.numeric(operand, `${at}.${index}`, below));
    return operands.every((operand) => operand !== null)
      ? { kind: 'function', name, operands }
      : null;
  }

  #overBars(object: JsonObject, path: string, below: number) {
    const operand = this.numeric(object['operand'], `${path}.operand`, below);
    const bars = this.numeric(object['bars'], `${path}.bars`, below);
    return operand === null || bars === null ? null : { operand, bars };
  }

  #pair<T extends Expression>(
    object: JsonObject,
    path: string,
    read: (json: unknown, path: string) => T | null,
  ): { left: T; right: T } | null {
    const left = read(object['left'], `${path}.left`);
    const right = read(object['right'], `${path}.right`);
    return left === null || right === null ? null : { left, right };
  }

  #name(
    object: JsonObject,
    path: string,
    accepts: (name: string) => boolean,
    expected: string,
  ): string | null {
    const { name } = object;
    return typeof name === 'string' && accepts(name)
      ? name
      : this.#reader.refuse(`${path}.name`, expected);
  }
}

/** A number as a node: below zero it is a negation, as in the text. */
function constantOf(value: number): NumericExpression {
  return value < 0
    ? { kind: 'negation', operand: { kind: 'number', value: -value } }
    : { kind: 'number', value };
}
