import { dayNumberOf } from '../../calendar/exchange-time.ts';
import type { TradingCalendar } from '../../calendar/trading-calendar.ts';
import { wholeDays } from '../../calendar/whole-days.ts';
import { RuleReading, type RulePlan } from '../evaluate/rule-reading.ts';
import type { PlanStep } from '../plan/plan-step.ts';
import { longerColumns, momentColumn, sampledColumn, type BarColumns } from './bar-columns.ts';
import {
  arithmeticColumn,
  barsSinceColumn,
  extremeColumn,
  functionColumn,
  lookBackColumn,
  negationColumn,
  orderColumn,
} from './number-columns.ts';
import {
  andColumn,
  comparisonColumn,
  crossingColumns,
  notColumn,
  orColumn,
  trendColumn,
  truthColumn,
  withinColumn,
  type CrossingColumns,
} from './truth-columns.ts';

/** The bars that rules are worked out over, all at once. */
export interface RuleMarket {
  /** Of the instrument that the rules decide on. */
  readonly bars: BarColumns;
  /** Of the instruments that the rules name, in the order of the strategy's `references`. */
  readonly references: readonly BarColumns[];
  /** Null: nobody knows the sessions; `on` then takes whole days for them. */
  readonly calendar: TradingCalendar | null;
  /** Keeps indicators between strategies that run over the same bars; left out: nothing is kept. */
  readonly shared?: SharedIndicators;
}

/** Outputs of indicators that were worked out, by the column they read and by name and settings. */
export type SharedIndicators = WeakMap<Float64Array, Map<string, readonly Float64Array[]>>;

/** Numbers kept for one column, 256 MB of them: a search over a million bars must not fill the memory. */
const mostShared = 32_000_000;

type Column = Float64Array | Uint8Array;
type Of<K extends PlanStep['kind']> = Extract<PlanStep, { readonly kind: K }>;

/**
 * The rules worked out over all bars at once, one pass for each distinct expression. Bar by bar they
 * are what a `RuleEvaluator` that was fed the same bars says.
 */
export class RuleColumns {
  /** How many bars there are. */
  readonly length: number;
  readonly #rulePlan: RulePlan;
  readonly #market: RuleMarket;
  readonly #bars: readonly BarColumns[];
  readonly #columns: (Column | null)[] = [];
  readonly #orders = new Map<number, Float64Array>();
  readonly #crossed = new Map<number, CrossingColumns>();
  readonly #outputs = new Map<number, readonly Float64Array[]>();
  readonly #values: Float64Array;
  readonly #reading: RuleReading;
  /** Steps of which `reading` takes the values of a row. */
  readonly #read: readonly number[];

  constructor(rulePlan: RulePlan, market: RuleMarket) {
    const { plan } = rulePlan;
    this.length = market.bars.length;
    this.#rulePlan = rulePlan;
    this.#market = market;
    const own = plan.contexts[0]?.timeFrame;
    const sessions = market.calendar ?? wholeDays;
    this.#bars = plan.contexts.map(({ source, timeFrame }) => {
      const bars = source === 0 ? market.bars : market.references[source - 1];
      if (bars === undefined) throw new RangeError(`no bars of reference ${source - 1}`);
      return timeFrame === own ? bars : longerColumns(bars, timeFrame, sessions);
    });
    this.#values = new Float64Array(plan.steps.length).fill(NaN);
    plan.steps.forEach((step, place) => {
      const isConstant = step.kind === 'number';
      if (isConstant && step.context === 0) this.#values[place] = step.value;
      // A constant is a column only for whoever reads it as one.
      const hasColumn = !isConstant && plan.ofPosition[place] !== true;
      this.#columns.push(hasColumn ? this.#compute(step, place) : null);
    });
    this.#read = plan.steps.flatMap((step, place) =>
      step.context === 0 && this.#columns[place] !== null ? [place] : [],
    );
    this.#reading = new RuleReading(rulePlan, this.#values);
  }

  /**
   * 1 on each bar on which a rule is true: 0 is the long entry, 1 the long exit, 2 and 3 the short
   * ones. Null for a rule that reads the position, which nobody knows beforehand.
   */
  rule(index: 0 | 1 | 2 | 3): Uint8Array | null {
    const place = this.#rulePlan.rules[index];
    if (place === this.#rulePlan.plan.never) return new Uint8Array(this.length);
    const column = this.#columns[place] ?? null;
    return column instanceof Float64Array ? null : column;
  }

  /** The value of a step on a bar, NaN where it has none or the step reads the position. */
  value(step: number, row: number): number {
    if (this.#rulePlan.plan.ofPosition[step] === true) return NaN;
    return this.#column(step)[row] ?? NaN;
  }

  /**
   * The first row on which every value that the rules read exists, those of the position aside;
   * `length` where there is none.
   */
  firstWholeRow(): number {
    const { plan } = this.#rulePlan;
    let first = 0;
    for (const { position } of plan.inputs) {
      const column = this.#columns[position];
      if (column === null || column === undefined) continue;
      let row = 0;
      while (row < this.length && Number.isNaN(column[row])) row += 1;
      if (row > first) first = row;
    }
    return first;
  }

  /** What the rules say on a bar; good until the next call. */
  reading(row: number): RuleReading {
    for (const place of this.#read) this.#values[place] = this.#columns[place]?.[row] ?? NaN;
    return this.#reading;
  }

  /** The column of a step that reads no position. */
  #column(place: number): Column {
    const known = this.#columns[place] ?? null;
    if (known !== null) return known;
    const step = this.#rulePlan.plan.steps[place] as PlanStep;
    const column = this.#compute(step, place);
    this.#columns[place] = column;
    return column;
  }

  #compute(step: PlanStep, place: number): Column {
    const bars = this.#bars[step.context] as BarColumns;
    switch (step.kind) {
      case 'number':
        return this.#constant(step.value, bars);
      case 'field':
        return bars[step.name];
      case 'moment':
        return momentColumn(step.name, bars, this.#market.calendar);
      case 'position':
        throw new Error('a position has no column');
      case 'indicator':
        return this.#indicator(step, place, bars);
      case 'output':
        return this.#outputs.get(step.indicator)?.[step.output] as Float64Array;
      case 'sample':
        return this.#sample(step, bars);
      case 'infix':
        return this.#infix(step);
      case 'function':
        return functionColumn(step.name, this.#numbers(step.left), this.#numbers(step.right));
      case 'truth':
        return truthColumn(this.#numbers(step.operand));
      case 'negation':
        return negationColumn(this.#numbers(step.operand));
      case 'not':
        return notColumn(this.#truths(step.operand));
      case 'look_back':
        return lookBackColumn(this.#numbers(step.operand), step.bars);
      case 'highest':
      case 'lowest':
        return extremeColumn(
          this.#numbers(step.operand),
          step.bars,
          step.kind === 'highest' ? 1 : -1,
        );
      case 'rising':
      case 'falling':
        return trendColumn(this.#numbers(step.operand), step.bars, step.kind === 'rising' ? 1 : -1);
      case 'within':
        return withinColumn(this.#truths(step.operand), step.bars);
      case 'bars_since':
        return barsSinceColumn(this.#truths(step.operand));
    }
  }

  #infix({ operator, left, right }: Of<'infix'>): Column {
    switch (operator) {
      case 'and':
        return andColumn(this.#truths(left), this.#truths(right));
      case 'or':
        return orColumn(this.#truths(left), this.#truths(right));
      case '+':
      case '-':
      case '*':
      case '/':
        return arithmeticColumn(operator, this.#numbers(left), this.#numbers(right));
      case 'crosses_above':
      case 'strictly_crosses_above':
        return this.#crossings(left, right, operator === 'crosses_above').above;
      case 'crosses_below':
      case 'strictly_crosses_below':
        return this.#crossings(left, right, operator === 'crosses_below').below;
      default:
        return comparisonColumn(operator, this.#order(left, right));
    }
  }

  /** What crosses above is mostly watched for crossing below, too. */
  #crossings(left: number, right: number, fromTouch: boolean): CrossingColumns {
    // A plan has crossings of one kind only.
    const key = this.#pair(left, right);
    const known = this.#crossed.get(key);
    if (known !== undefined) return known;
    const columns = crossingColumns(this.#numbers(left), this.#numbers(right), fromTouch);
    this.#crossed.set(key, columns);
    return columns;
  }

  #pair(left: number, right: number): number {
    return left * this.#rulePlan.plan.steps.length + right;
  }

  /** A pair of columns is often compared in more ways than one. */
  #order(left: number, right: number): Float64Array {
    const key = this.#pair(left, right);
    const known = this.#orders.get(key);
    if (known !== undefined) return known;
    const order = orderColumn(this.#numbers(left), this.#numbers(right));
    this.#orders.set(key, order);
    return order;
  }

  #indicator(
    { definition, settings, series }: Of<'indicator'>,
    place: number,
    bars: BarColumns,
  ): Column {
    const inputs = definition.inputs.map((name) => {
      if (name === 'series') return this.#numbers(series ?? -1);
      return name === 'day' ? bars.openTime.map(dayNumberOf) : bars[name];
    });
    const batch = (): readonly Float64Array[] => definition.batch(settings, inputs);
    const [first] = inputs;
    const outputs =
      first === undefined
        ? batch()
        : this.#kept(first, `${definition.name} ${settings.join(' ')}`, batch);
    this.#outputs.set(place, outputs);
    return outputs[0] as Float64Array;
  }

  /** A number on every bar; that of parameters is read by many strategies. */
  #constant(value: number, { close, length }: BarColumns): Column {
    return this.#kept(close, `${value}`, () => [
      new Float64Array(length).fill(value),
    ])[0] as Float64Array;
  }

  /** What was worked out of a column before, by name and settings, or is now. */
  #kept(
    first: Float64Array,
    key: string,
    compute: () => readonly Float64Array[],
  ): readonly Float64Array[] {
    const { shared } = this.#market;
    if (shared === undefined) return compute();
    let known = shared.get(first);
    if (known === undefined) {
      known = new Map();
      shared.set(first, known);
    }
    let outputs = known.get(key);
    if (outputs === undefined) {
      outputs = compute();
      if (known.size * first.length < mostShared) known.set(key, outputs);
    }
    return outputs;
  }

  #sample({ operand }: Of<'sample'>, bars: BarColumns): Float64Array {
    const { context } = this.#rulePlan.plan.steps[operand] as PlanStep;
    return sampledColumn(this.#column(operand), this.#bars[context] as BarColumns, bars);
  }

  #numbers(place: number): Float64Array {
    return this.#column(place) as Float64Array;
  }

  #truths(place: number): Uint8Array {
    const column = this.#column(place);
    // The rule that is never true is a number, 0, on every bar.
    return column instanceof Float64Array ? truthColumn(column) : column;
  }
}
