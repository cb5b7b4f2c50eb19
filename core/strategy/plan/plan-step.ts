import type { IndicatorDefinition } from '../../indicators/indicator.ts';
import type { TimeFrame } from '../../market/time-frame.ts';
import { finiteOr } from '../evaluate/rule-numbers.ts';
import type {
  ArithmeticOperator,
  BarField,
  ComparisonOperator,
  MomentField,
  NumericFunction,
  PositionField,
} from '../strategy-document.ts';
import { numberIn, type Slot } from './slots.ts';

/** The bars that a step is computed on. */
export interface PlanContext {
  /** 0: the instrument that the rules decide on; from 1: the instruments they name, in order. */
  readonly source: number;
  readonly timeFrame: TimeFrame;
}

/** What a crossing is: from FROM_TOUCH on equal values, too, or STRICT, from clearly the other side. */
export type Crossings = 'FROM_TOUCH' | 'STRICT';

/** The operators of crossings, which also look at the bar before. */
export type CrossingOperator =
  'crosses_above' | 'crosses_below' | 'strictly_crosses_above' | 'strictly_crosses_below';

/** Two numbers or truths in, one out. */
export type InfixOperator =
  ArithmeticOperator | ComparisonOperator | CrossingOperator | 'and' | 'or';

/**
 * One distinct computation; operands are positions of earlier steps. Its constants are numbers, or the
 * slots of a draft in which they will stand.
 */
export type StepWork<Constant = number> =
  /** The same on every bar; NaN: no value. */
  | { readonly kind: 'number'; readonly value: Constant }
  | { readonly kind: 'field'; readonly name: BarField }
  | { readonly kind: 'moment'; readonly name: MomentField }
  | { readonly kind: 'position'; readonly name: PositionField }
  /** Gives its first output; the others are `output` steps. */
  | {
      readonly kind: 'indicator';
      readonly definition: IndicatorDefinition;
      readonly settings: readonly Constant[];
      /** Null where it reads the bar alone. */
      readonly series: number | null;
    }
  | { readonly kind: 'output'; readonly indicator: number; readonly output: number }
  /** True where the number is 1. */
  | { readonly kind: 'truth'; readonly operand: number }
  | { readonly kind: 'negation' | 'not'; readonly operand: number }
  | {
      readonly kind: 'infix';
      readonly operator: InfixOperator;
      readonly left: number;
      readonly right: number;
    }
  | {
      readonly kind: 'function';
      readonly name: NumericFunction;
      readonly left: number;
      /** The same as `left` for a function of one number. */
      readonly right: number;
    }
  | {
      readonly kind: 'look_back' | 'highest' | 'lowest' | 'rising' | 'falling' | 'within';
      readonly operand: number;
      readonly bars: Constant;
    }
  | { readonly kind: 'bars_since'; readonly operand: number }
  /** The value of a step of other bars, on the latest of them that closed. */
  | { readonly kind: 'sample'; readonly operand: number };

/** One distinct expression over the bars of one context. */
export type PlanStep<Constant = number> = StepWork<Constant> & {
  /** Index in the plan's contexts. */
  readonly context: number;
};

/** Positions of the steps that a step reads. */
export function operandsOf(work: StepWork<unknown>): readonly number[] {
  switch (work.kind) {
    case 'number':
    case 'field':
    case 'moment':
    case 'position':
      return [];
    case 'indicator':
      return work.series === null ? [] : [work.series];
    case 'output':
      return [work.indicator];
    case 'infix':
    case 'function':
      return [work.left, work.right];
    default:
      return [work.operand];
  }
}

/** Whether two pieces of work are the same; equal constants stand in one slot. */
export function isSame(one: StepWork<Slot>, other: StepWork<Slot>): boolean {
  switch (one.kind) {
    case 'number':
      return other.kind === 'number' && one.value === other.value;
    case 'field':
    case 'moment':
    case 'position':
      return other.kind === one.kind && one.name === other.name;
    case 'indicator':
      return (
        other.kind === 'indicator' &&
        one.definition === other.definition &&
        one.series === other.series &&
        one.settings.every((setting, index) => setting === other.settings[index])
      );
    case 'output':
      return (
        other.kind === 'output' && one.indicator === other.indicator && one.output === other.output
      );
    case 'infix':
      return (
        other.kind === 'infix' &&
        one.operator === other.operator &&
        one.left === other.left &&
        one.right === other.right
      );
    case 'function':
      return (
        other.kind === 'function' &&
        one.name === other.name &&
        one.left === other.left &&
        one.right === other.right
      );
    case 'look_back':
    case 'highest':
    case 'lowest':
    case 'rising':
    case 'falling':
    case 'within':
      return other.kind === one.kind && one.operand === other.operand && one.bars === other.bars;
    case 'truth':
    case 'negation':
    case 'not':
    case 'bars_since':
    case 'sample':
      return other.kind === one.kind && one.operand === other.operand;
  }
}

/** The step with numbers in its slots. */
export function filledIn(step: PlanStep<Slot>, numbers: Float64Array): PlanStep {
  switch (step.kind) {
    case 'number':
      return { ...step, value: finiteOr(numberIn(step.value, numbers)) };
    case 'indicator':
      return { ...step, settings: step.settings.map((slot) => numberIn(slot, numbers)) };
    case 'look_back':
    case 'highest':
    case 'lowest':
    case 'rising':
    case 'falling':
    case 'within':
      return { ...step, bars: numberIn(step.bars, numbers) };
    default:
      return step;
  }
}
