import { indicatorDefinitions } from '@nandax/core/indicators/catalogue.ts';
import type { IndicatorDefinition } from '@nandax/core/indicators/indicator.ts';
import {
  frameWords,
  plainNames,
  readsSeries,
  sizingNames,
  weekdays,
} from '@nandax/core/strategy/language-words.ts';
import {
  arithmeticOperators,
  barFields,
  comparisonOperators,
  momentFields,
  numericFunctions,
  positionFields,
} from '@nandax/core/strategy/strategy-document.ts';
import type { SeededRandom } from '../kit/simulation/seeded-random.ts';

/** What an expression may hold where it stands. */
interface Place {
  readonly depth: number;
  readonly position: boolean;
  readonly on: boolean;
  readonly of: boolean;
}

const instruments = ['"NSE:NIFTY 50"', '"NSE:M&M"', '"BSE:SENSEX"', '"NSE:BAJAJ-AUTO"'];
const parameterNames = ['fast', 'slow', 'Level_2', '_x', 'k9'];

/**
 * Writes strategies by the grammar of the language, in all its spellings. Nearly all of them are
 * valid; the few that are not break a rule of meaning that is dearer to obey than to miss.
 */
export class RuleTexts {
  readonly #random: SeededRandom;
  #parameters: readonly string[] = [];

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** The tokens of a strategy; `\n` stands for a new line. */
  strategy(): string[] {
    const product = this.#pick(['MIS', 'MIS', 'CNC']);
    const intraday = product === 'MIS';
    this.#parameters = parameterNames.slice(0, this.#random.below(4));
    const sides = intraday ? this.#pick([['long'], ['short'], ['long', 'short']]) : ['long'];
    const statements = [
      ...this.#parameters.map((name) => this.#parameter(name)),
      ...this.#sizing(),
      ...this.#maybe(() => ['max_positions', ...this.#whole(1, 9)]),
      ...this.#maybe(() => ['trailing_stop', ...this.#distance()]),
      ...this.#maybe(() => ['break_even_at', ...this.#distance()]),
      ...this.#maybe(() => ['time_stop', ...this.#whole(1, 90), 'bars']),
      ...this.#maybe(() => ['no_entry_before', this.#pick(['09:30', '9:20', '10:00'])]),
      ...this.#maybe(() => ['no_entry_after', this.#pick(['14:30', '15:00'])]),
      ...(intraday ? this.#maybe(() => ['square_off_at', this.#pick(['15:10', '15:19'])]) : []),
      ...(intraday ? this.#maybe(() => this.#pair()) : []),
      ...(intraday ? this.#maybe(() => ['product', product]) : [['product', product]]),
      ...this.#targets(),
      ...sides.flatMap((side) => [
        [side, 'entry', 'when', ...this.#condition(onBar(this.#random.below(5)))],
        [side, 'exit', 'when', ...this.#condition(onBar(this.#random.below(5)))],
      ]),
    ];
    return statements.flatMap((statement) => [...statement, this.#pick(['\n', '\n', '# note\n'])]);
  }

  #pick<T>(list: readonly T[]): T {
    return this.#random.pick(list);
  }

  #maybe(make: () => string[]): string[][] {
    return this.#random.chance(0.25) ? [make()] : [];
  }

  #parameter(name: string): string[] {
    const value = 2 + this.#random.below(8);
    if (this.#random.chance(0.5)) return [name, '=', String(value)];
    const step = this.#pick(['1', '2', '4']);
    return [name, '=', String(value), 'in', '2', '..', '10', 'step', step];
  }

  #sizing(): string[][] {
    const name = this.#pick(Object.values(sizingNames));
    switch (name) {
      case 'capital_per_trade':
        return [[name, this.#pick(['100000', '2.5e5', '1e12', '0.01'])]];
      case 'quantity_per_trade':
      case 'lots_per_trade':
        return [[name, ...this.#whole(1, 50)]];
      case 'equity_per_trade':
        return [[name, ...this.#whole(1, 50), '%']];
      case 'risk_per_trade':
        return this.#random.chance(0.5)
          ? [[name, '1', '%', 'by', ...this.#numeric({ ...onBar(1), position: false }, 5)]]
          : [
              [name, '0.5', '%'],
              ['stop_loss', ...this.#distance()],
            ];
    }
  }

  #distance(): string[] {
    return this.#pick([
      () => [this.#pick(['0.5', '2', '99']), '%'],
      () => [...this.#whole(1, 20), '%'],
      () => ['2', '*', 'atr', '(', '14', ')'],
      () => ['12.5'],
    ])();
  }

  #pair(): string[] {
    return ['pair', 'with', this.#pick(instruments), 'ratio', this.#pick(['1', '1.2', '0.5'])];
  }

  #targets(): string[][] {
    const count = this.#random.chance(0.6) ? 0 : 1 + this.#random.below(4);
    return Array.from({ length: count }, (_, index) => {
      const part = index === count - 1 ? [] : ['for', this.#pick(['10', '20', '32.5']), '%'];
      return ['take_profit', String(index + 1), '%', ...part];
    });
  }

  /** A constant from `least` to `most`, near enough where it names a parameter. */
  #whole(least: number, most: number): string[] {
    const number = String(least + this.#random.below(most - least + 1));
    if (this.#random.chance(0.8)) return [number];
    const parameter = this.#parameters.length === 0 ? number : this.#pick(this.#parameters);
    return this.#pick([
      [parameter],
      ['(', parameter, '+', '1', ')'],
      [parameter, '*', '2'],
      ['-', '(', '-', number, ')'],
    ]);
  }

  #condition(place: Place): string[] {
    const inner = { ...place, depth: place.depth - 1 };
    const past = { ...inner, position: false };
    if (place.depth > 0 && this.#random.chance(0.5)) {
      return this.#pick([
        () => [...this.#group(inner), this.#pick(['and', 'or']), ...this.#group(inner)],
        () => ['not', ...this.#group(inner)],
        () => ['within', '(', ...this.#whole(1, 20), ',', ...this.#condition(past), ')'],
        () => ['(', ...this.#condition(inner), ')'],
      ])();
    }
    if (this.#random.chance(0.15)) {
      const bars = this.#whole(1, 20);
      return [this.#pick(['rising', 'falling']), '(', ...this.#numeric(past), ',', ...bars, ')'];
    }
    const pattern = this.#definition(true);
    if (pattern !== null && this.#random.chance(0.1)) return this.#call(pattern, past);
    const operator = this.#pick(comparisonOperators);
    const sides = operator.startsWith('crosses') ? past : inner;
    return [...this.#numeric(sides, 5), operator, ...this.#numeric(sides, 5)];
  }

  /** A condition that any operator can stand beside. */
  #group(place: Place): string[] {
    return ['(', ...this.#condition(place), ')'];
  }

  /** A number whose operators bind with at least `least`: 5 for a sum, 8 for what a postfix takes. */
  #numeric(place: Place, least = 5): string[] {
    const inner = { ...place, depth: place.depth - 1 };
    if (place.depth <= 0 || this.#random.chance(0.3)) return [this.#leaf(place)];
    const past = { ...inner, position: false };
    const text = this.#pick<() => string[]>([
      () => this.#indicator(past),
      () => this.#indicator(past),
      () => [
        ...this.#numeric(inner, 8),
        this.#pick(arithmeticOperators),
        ...this.#numeric(inner, 8),
      ],
      () => ['-', ...this.#numeric(inner, 8)],
      () => this.#function(inner),
      () => [...this.#numeric(past, 8), '[', ...this.#whole(1, 20), ']'],
      () => {
        const name = this.#pick(['highest', 'lowest']);
        return [name, '(', ...this.#numeric(past), ',', ...this.#whole(1, 50), ')'];
      },
      () => ['bars_since', '(', ...this.#condition(past), ')'],
      () =>
        place.on
          ? [...this.#numeric({ ...past, on: false }, 8), 'on', this.#pick(frames)]
          : ['close'],
      () =>
        place.of
          ? [...this.#numeric({ ...past, of: false }, 8), 'of', this.#pick(instruments)]
          : ['volume'],
      () => ['model', '(', this.#pick(['"trend"', '"my model 2"']), ')'],
    ])();
    return least > 5 || this.#random.chance(0.1) ? ['(', ...text, ')'] : text;
  }

  #leaf({ position }: Place): string {
    if (position && this.#random.chance(0.15)) return this.#pick(positionFields);
    if (this.#parameters.length > 0 && this.#random.chance(0.1)) {
      return this.#pick(this.#parameters);
    }
    return this.#pick([
      () => this.#pick(barFields),
      () => this.#pick(barFields),
      () => this.#pick(['0', '1', '30', '0.05', '1e-7', '1e15', '123456.789']),
      () => this.#pick(momentFields),
      () => this.#pick(['09:30', '9:15', '00:00', '23:59']),
      () => this.#pick(weekdays),
    ])();
  }

  #function(place: Place): string[] {
    const [name, count] = this.#pick(Object.entries(numericFunctions));
    const operands = Array.from({ length: count }, () => this.#numeric(place));
    return [name, '(', ...separated(operands), ')'];
  }

  #indicator(place: Place): string[] {
    const definition = this.#definition(false);
    if (definition === null) return ['close'];
    const call = this.#call(definition, place);
    return this.#random.chance(0.3) ? [...call, '.', this.#pick(definition.outputs)] : call;
  }

  #definition(isCondition: boolean): IndicatorDefinition | null {
    const known = isCondition ? patterns : indicators;
    return known.length === 0 ? null : this.#pick(known);
  }

  /** Mostly a number that is not the same on every bar, which an indicator would refuse. */
  #moving(place: Place): string[] {
    const tokens = this.#numeric(place, 8);
    const moves = tokens.some((token) => /[a-z]/.test(token) && !this.#parameters.includes(token));
    return moves ? tokens : [...tokens, '+', 'close'];
  }

  #call(definition: IndicatorDefinition, place: Place): string[] {
    const series = readsSeries(definition) ? [this.#moving(place)] : [];
    const count = this.#random.below(definition.parameters.length + 1);
    const settings = definition.parameters
      .slice(0, count)
      .map((parameter) => [String(parameter.default)]);
    const operands = [...series, ...settings];
    if (operands.length === 0 && this.#random.chance(0.5)) return [definition.name];
    return [definition.name, '(', ...separated(operands), ')'];
  }
}

const all = [...indicatorDefinitions.values()];
const patterns = all.filter(({ isCondition }) => isCondition);
const indicators = all.filter(({ isCondition }) => !isCondition);
const frames = Object.values(frameWords);

function onBar(depth: number): Place {
  return { depth, position: true, on: true, of: true };
}

function separated(operands: readonly string[][]): string[] {
  return operands.flatMap((operand, index) => (index === 0 ? operand : [',', ...operand]));
}

/** Words that mean something somewhere, to be put where they mean nothing. */
export const looseTokens: readonly string[] = [
  ...plainNames,
  ...all.map(({ name }) => name),
  ...Object.values(sizingNames),
  ...frames,
  ...instruments,
  ...parameterNames,
  ...['long', 'short', 'entry', 'exit', 'when', 'stop_loss', 'take_profit', 'product', 'pair'],
  ...['and', 'or', 'not', 'on', 'of', 'in', 'step', 'by', 'for', 'bars', 'with', 'ratio', 'model'],
  ...['within', 'bars_since', 'rising', 'highest', 'abs', 'max', 'crosses_above', 'MIS', 'CNC'],
  ...['(', ')', '[', ']', ',', '.', '..', '=', '==', '<', '>=', '!=', '+', '-', '*', '/', '%', '"'],
  ...['\n', '#', '25:99', '1e999', '9'.repeat(400), '0x1F', '--', '\u{1F680}', '\uD800', '\u0000'],
];
