import { indicatorDefinitions } from '../../indicators/catalogue.ts';
import type { IndicatorDefinition } from '../../indicators/indicator.ts';
import { minutesOfTimeFrame, type TimeFrame } from '../../market/time-frame.ts';
import { frameWords } from '../language-words.ts';
import { randomNumbers } from './random-market.ts';

/** The instruments that random rules name; not every text names both, nor in this order. */
const namedInstruments = ['NSE:NIFTY 50', 'NSE:INFY'] as const;

/** For tests: random rules of every construct, with short periods so that they come true. */
export class RandomRules {
  readonly #next: () => number;
  readonly #timeFrame: TimeFrame;
  readonly #position: boolean;
  readonly #inside = new Set<'on' | 'of'>();

  constructor(seed: number, timeFrame: TimeFrame, position: boolean) {
    this.#next = randomNumbers(seed);
    this.#timeFrame = timeFrame;
    this.#position = position;
  }

  /** A whole strategy. */
  strategy(): string {
    const rules = ['long entry', 'long exit', 'short entry', 'short exit'];
    return [
      'fast = 3 in 2..9 step 1',
      'capital_per_trade 1000',
      ...rules.map((rule) => `${rule} when ${this.condition(4, rule.endsWith('exit'))}`),
    ].join('\n');
  }

  /** A condition; `free` of whatever needs bars of the past where it may read the position. */
  condition(depth: number, position = false): string {
    const mayRead = position && this.#position;
    if (depth > 1 && this.#next() < 0.4) {
      const inner = () => this.condition(depth - 1, position);
      return this.#one([
        () => `(${inner()} and ${inner()})`,
        () => `(${inner()} or ${inner()})`,
        () => `not (${inner()})`,
      ]);
    }
    if (mayRead && this.#next() < 0.4) {
      return this.#one([
        () => `bars_held >= ${this.#whole(1, 9)}`,
        () => `entry_price < close + ${this.number(depth - 1)}`,
        () => `unrealised_pnl_percent > ${this.#whole(0, 2)} - 1`,
        () => `abs(position_quantity) < 5 * ${this.#whole(1, 20)}`,
      ]);
    }
    const x = () => this.number(depth - 1);
    return this.#one([
      () =>
        `${x()} ${this.#one(['<', '<=', '>', '>=', '==', '!='].map((text) => () => text))} ${x()}`,
      () => `${x()} crosses_above ${x()}`,
      () => `${x()} crosses_below ${x()}`,
      () => `rising(${x()}, ${this.#whole(1, 4)})`,
      () => `falling(${x()}, ${this.#whole(1, 4)})`,
      () => `within(${this.#whole(1, 6)}, ${this.condition(depth - 2)})`,
      () => `time >= ${this.#one(['09:45', '12:30', '15:00'].map((text) => () => text))}`,
      () => this.#indicator(depth, true),
    ]);
  }

  /** A number. */
  number(depth: number): string {
    const x = () => this.number(depth - 1);
    if (depth <= 0 || this.#next() < 0.3) return this.#leaf();
    return this.#one([
      () => `(${x()} ${this.#one(['+', '-', '*', '/'].map((text) => () => text))} ${x()})`,
      () => `-${this.#leaf()}`,
      () => `max(${x()}, ${x()})`,
      () => `abs(${x()})`,
      () => `sqrt(${x()})`,
      () => `(${x()})[${this.#whole(1, 5)}]`,
      () => `highest(${x()}, ${this.#whole(1, 8)})`,
      () => `lowest(${x()}, fast)`,
      () => `bars_since(${this.condition(depth - 1)})`,
      () => this.#indicator(depth, false),
      () => this.#indicator(depth, false),
      () => this.#elsewhere('on', depth),
      () => this.#elsewhere('of', depth),
    ]);
  }

  /** A number of other bars; no `on` stands inside another, nor an `of`. */
  #elsewhere(postfix: 'on' | 'of', depth: number): string {
    if (this.#inside.has(postfix)) return this.#leaf();
    this.#inside.add(postfix);
    const inner = this.number(depth - 1);
    this.#inside.delete(postfix);
    if (postfix === 'on') return `(${inner}) on ${this.#longer()}`;
    return `(${inner}) of "${this.#one(namedInstruments.map((text) => () => text))}"`;
  }

  #leaf(): string {
    return this.#one([
      ...['open', 'high', 'low', 'close', 'close', 'volume'].map((text) => () => text),
      ...['fast', 'time', 'day_of_week', 'minutes_to_close'].map((text) => () => text),
      () => String(this.#whole(0, 500)),
    ]);
  }

  #indicator(depth: number, isCondition: boolean): string {
    const all = [...indicatorDefinitions.values()];
    const some = all.filter((definition) => definition.isCondition === isCondition);
    if (some.length === 0) return `close > ${this.number(depth - 1)}`;
    return this.#call(this.#one(some.map((definition) => () => definition)), depth);
  }

  #call(definition: IndicatorDefinition, depth: number): string {
    const { name, parameters, outputs } = definition;
    const short = parameters.map(({ default: standard, minimum, maximum, whole }) =>
      whole && maximum > 20 ? Math.max(minimum, this.#whole(1, 9)) : standard,
    );
    const fits = definition.refuses(short) === null;
    const settings = fits ? short : parameters.map((parameter) => parameter.default);
    const series = definition.inputs.includes('series') ? [this.#moving(depth - 1)] : [];
    const operands = [...series, ...settings.map(String)];
    const output = definition.isCondition ? '' : `.${this.#one(outputs.map((text) => () => text))}`;
    return operands.length === 0 ? `${name}${output}` : `${name}(${operands.join(', ')})${output}`;
  }

  /** A number that is not the same on every bar. */
  #moving(depth: number): string {
    const text = this.number(depth);
    return /[a-z]/.test(text.replaceAll('fast', '')) ? text : `(${text} + close)`;
  }

  #longer(): string {
    const own = minutesOfTimeFrame[this.#timeFrame];
    const fitting = Object.entries(minutesOfTimeFrame).filter(
      ([name, minutes]) => name === 'ONE_DAY' || minutes % own === 0,
    );
    const [name] = this.#one(fitting.map((entry) => () => entry));
    return frameWords[name as TimeFrame];
  }

  #whole(least: number, most: number): number {
    return least + Math.floor(this.#next() * (most - least + 1));
  }

  #one<T>(choices: readonly (() => T)[]): T {
    const choice = choices[Math.floor(this.#next() * choices.length)];
    if (choice === undefined) throw new Error('there is a choice');
    return choice();
  }
}
