import { indicatorDefinitions } from '../../indicators/catalogue.ts';
import type { IndicatorDefinition } from '../../indicators/indicator.ts';
import { isMadeOf, type TimeFrame } from '../../market/time-frame.ts';
import { fail, succeed, type Result } from '../../result.ts';
import { notConstant, type ParameterValues } from '../check/constant-value.ts';
import { printExpression } from '../print-strategy.ts';
import type { Expression, InstrumentName, NumericExpression } from '../strategy-document.ts';
import { numberRules, numbersFrom, type NumberRule } from '../strategy-limits.ts';
import type { CompileFailure } from './compile-failure.ts';
import {
  filledIn,
  isSame,
  operandsOf,
  type Crossings,
  type PlanContext,
  type PlanStep,
  type StepWork,
} from './plan-step.ts';
import { numberIn, Slots, type Slot } from './slots.ts';

/** A value the rules read on a bar, as they write it, and where the plan has it. */
export interface PlanInput {
  readonly expression: Expression;
  readonly position: number;
}

type Of<K extends Expression['kind']> = Extract<Expression, { readonly kind: K }>;

/** The distinct expressions of a strategy in an order in which they can be computed, parameters filled in. */
export interface Plan {
  /** The expressions; each stands after its operands. */
  readonly steps: readonly PlanStep[];
  /** For each step, whether it changes with the position that is held. */
  readonly ofPosition: readonly boolean[];
  /** The bars that steps are computed on; the first are those that the rules decide on. */
  readonly contexts: readonly PlanContext[];
  /** Other instruments that the rules read, in the order in which they name them. */
  readonly references: readonly InstrumentName[];
  /** The values that the rules read on their own bars, in the order in which they name them. */
  readonly inputs: readonly PlanInput[];
  /** Position of a condition that is never true. */
  readonly never: number;
}

/** An indicator whose settings must fit each other. */
interface IndicatorUse {
  readonly definition: IndicatorDefinition;
  readonly settings: readonly Slot[];
  readonly where: string;
}

/**
 * A plan whose numbers are still slots, so that a search lays it out once and fills it in for each of its
 * points. What cannot be computed whatever the numbers are is noted among the failures.
 */
export class PlanDraft {
  readonly ofPosition: boolean[] = [];
  /** Why the strategy cannot be run with any parameters; empty: nothing is known of. */
  readonly failures: CompileFailure[] = [];
  readonly never: number;
  readonly #steps: PlanStep<Slot>[] = [];
  readonly #contexts: PlanContext[];
  readonly #references: InstrumentName[] = [];
  readonly #inputs: PlanInput[] = [];
  readonly #slots = new Slots();
  readonly #indicators: IndicatorUse[] = [];
  readonly #crossings: Crossings;

  constructor(timeFrame: TimeFrame, crossings: Crossings = 'FROM_TOUCH') {
    this.#contexts = [{ source: 0, timeFrame }];
    this.#crossings = crossings;
    this.never = this.#number({ kind: 'number', value: 0 }, 0);
  }

  /** The numbers of all slots where the parameters have these values, or why they cannot have them. */
  numbers(parameters: ParameterValues): Result<Float64Array, readonly CompileFailure[]> {
    const numbers = this.#slots.numbers(parameters);
    const failures = [...this.failures, ...this.#slots.broken(numbers)];
    for (const { definition, settings, where } of this.#indicators) {
      const values = settings.map((slot) => numberIn(slot, numbers));
      const reason = values.some(Number.isNaN) ? null : definition.refuses(values);
      if (reason !== null) failures.push({ code: 'SETTINGS_DO_NOT_FIT', where, reason });
    }
    return failures.length > 0 ? fail(failures) : succeed(numbers);
  }

  /** The plan with these numbers in its slots. */
  filledIn(numbers: Float64Array): Plan {
    return {
      steps: this.#steps.map((step) => filledIn(step, numbers)),
      ofPosition: this.ofPosition,
      contexts: this.#contexts,
      references: this.#references,
      inputs: this.#inputs,
      never: this.never,
    };
  }

  /** The position of the expression on the bars of a context. */
  add(expression: Expression, context = 0): number {
    const position = this.#add(expression, context);
    if (context === 0 && isInput(expression) && !this.#hasInput(position)) {
      this.#inputs.push({ expression, position });
    }
    return position;
  }

  /** The slot of a constant under a rule. */
  constant(expression: NumericExpression, rule: NumberRule, where: string): Slot {
    return this.#slots.ruled(expression, rule, where);
  }

  #hasInput(position: number): boolean {
    return this.#inputs.some((input) => input.position === position);
  }

  #add(expression: Expression, context: number): number {
    switch (expression.kind) {
      case 'number':
      case 'parameter':
        return this.#number(expression, context);
      case 'time_of_day':
        return this.#number({ kind: 'number', value: expression.minutes }, context);
      case 'field':
      case 'moment':
        return this.#step(expression, context);
      case 'position':
        return context === 0 ? this.#step(expression, 0) : this.#refusePast(expression);
      case 'indicator':
        return this.#indicator(expression, expression.series, expression.output, context);
      case 'pattern': {
        const operand = this.#indicator(expression, null, null, context);
        return this.#step({ kind: 'truth', operand }, context);
      }
      case 'negation':
      case 'not': {
        const operand = this.add(expression.operand, context);
        return this.#step({ kind: expression.kind, operand }, context);
      }
      case 'arithmetic':
      case 'comparison':
      case 'and':
      case 'or':
        return this.#infix(expression, context);
      case 'function':
        return this.#function(expression, context);
      case 'look_back':
      case 'highest':
      case 'lowest':
      case 'rising':
      case 'falling':
      case 'within':
        return this.#window(expression, context);
      case 'bars_since': {
        const operand = this.#past(expression, expression.condition, context);
        return this.#step({ kind: 'bars_since', operand }, context);
      }
      case 'on':
      case 'of':
        return this.#sample(expression, context);
      case 'model':
        this.failures.push({ code: 'UNKNOWN_MODEL', name: expression.name });
        return this.never;
    }
  }

  #number(expression: NumericExpression, context: number): number {
    return this.#step({ kind: 'number', value: this.#slots.of(expression) }, context);
  }

  #indicator(
    expression: Of<'indicator'> | Of<'pattern'>,
    seriesExpression: NumericExpression | null,
    outputName: string | null,
    context: number,
  ): number {
    const definition = indicatorDefinitions.get(expression.name);
    if (definition === undefined) {
      this.failures.push({ code: 'UNKNOWN_INDICATOR', name: expression.name });
      return this.never;
    }
    const series =
      seriesExpression === null ? null : this.#past(expression, seriesExpression, context);
    const where = printExpression(expression);
    const settings = definition.parameters.map((parameter, index) => {
      const { name, minimum, maximum, whole } = parameter;
      const value = expression.settings[index] ?? { kind: 'number', value: parameter.default };
      return this.constant(value, numbersFrom(minimum, maximum, whole), `${name} of ${where}`);
    });
    if (!this.#indicators.some((use) => use.where === where)) {
      this.#indicators.push({ definition, settings, where });
    }
    const indicator = this.#step({ kind: 'indicator', definition, settings, series }, context);
    const output = outputName === null ? 0 : definition.outputs.indexOf(outputName);
    return output <= 0 ? indicator : this.#step({ kind: 'output', indicator, output }, context);
  }

  #infix(expression: Of<'arithmetic' | 'comparison' | 'and' | 'or'>, context: number): number {
    if (expression.kind === 'arithmetic' && notConstant(expression) === null) {
      return this.#number(expression, context);
    }
    const operator = 'operator' in expression ? expression.operator : expression.kind;
    const crosses = operator === 'crosses_above' || operator === 'crosses_below';
    const operand = (side: Expression): number =>
      crosses ? this.#past(expression, side, context) : this.add(side, context);
    const left = operand(expression.left);
    const right = operand(expression.right);
    const read =
      crosses && this.#crossings === 'STRICT' ? (`strictly_${operator}` as const) : operator;
    return this.#step({ kind: 'infix', operator: read, left, right }, context);
  }

  #function({ name, operands }: Of<'function'>, context: number): number {
    const [first, second] = operands;
    if (first === undefined) throw new RangeError(`${name} has no operand`);
    const left = this.add(first, context);
    const right = second === undefined ? left : this.add(second, context);
    return this.#step({ kind: 'function', name, left, right }, context);
  }

  #window(
    expression: Of<'look_back' | 'highest' | 'lowest' | 'rising' | 'falling' | 'within'>,
    context: number,
  ): number {
    const of = expression.kind === 'within' ? expression.condition : expression.operand;
    const operand = this.#past(expression, of, context);
    const bars = this.constant(expression.bars, numberRules.bars, printExpression(expression));
    return this.#step({ kind: expression.kind, operand, bars }, context);
  }

  #sample(expression: Of<'on' | 'of'>, context: number): number {
    const own = this.#contexts[context] as PlanContext;
    const other =
      expression.kind === 'on'
        ? { source: own.source, timeFrame: expression.timeFrame }
        : { source: this.#sourceOf(expression.instrument), timeFrame: own.timeFrame };
    if (!isMadeOf(other.timeFrame, own.timeFrame)) {
      const [timeFrame, ownTimeFrame] = [other.timeFrame, own.timeFrame];
      this.failures.push({ code: 'TIME_FRAME_DOES_NOT_FIT', timeFrame, ownTimeFrame });
      return this.never;
    }
    const target = this.#contextOf(other);
    const operand = this.add(expression.operand, target);
    if (this.ofPosition[operand] === true) return this.#refusePast(expression);
    return target === context ? operand : this.#step({ kind: 'sample', operand }, context);
  }

  #sourceOf({ exchange, symbol }: InstrumentName): number {
    const known = this.#references.findIndex(
      (name) => name.exchange === exchange && name.symbol === symbol,
    );
    return known === -1 ? this.#references.push({ exchange, symbol }) : known + 1;
  }

  #contextOf(wanted: PlanContext): number {
    const known = this.#contexts.findIndex(
      ({ source, timeFrame }) => source === wanted.source && timeFrame === wanted.timeFrame,
    );
    return known === -1 ? this.#contexts.push(wanted) - 1 : known;
  }

  /** An operand of which earlier bars are read, too: nobody keeps those of a position. */
  #past(expression: Expression, operand: Expression, context: number): number {
    const position = this.add(operand, context);
    return this.ofPosition[position] === true ? this.#refusePast(expression) : position;
  }

  #refusePast(expression: Expression): number {
    this.failures.push({
      code: 'POSITION_HAS_NO_PAST',
      expression: printExpression(expression),
    });
    return this.never;
  }

  #step(work: StepWork<Slot>, context: number): number {
    const known = this.#steps.findIndex((step) => step.context === context && isSame(step, work));
    if (known !== -1) return known;
    const position = this.#steps.push({ ...work, context }) - 1;
    const operands = work.kind === 'sample' ? [] : operandsOf(work);
    this.ofPosition.push(
      work.kind === 'position' || operands.some((operand) => this.ofPosition[operand] === true),
    );
    return position;
  }
}

/** Whether an expression is something a person wants to see beside a decision. */
function isInput({ kind }: Expression): boolean {
  return ['field', 'moment', 'indicator', 'pattern', 'on', 'of'].includes(kind);
}
