import type { IndicatorName } from '../indicators/catalogue.ts';
import type { StrategyProduct } from './strategy-product.ts';

/** What a rule can read of a bar: prices in rupees, volume in units. */
export const barFields = ['open', 'high', 'low', 'close', 'volume'] as const;
/** Name of a value of a bar. */
export type BarField = (typeof barFields)[number];

/** Arithmetic over two numbers. */
export const arithmeticOperators = ['+', '-', '*', '/'] as const;
/** One of `+ - * /`. */
export type ArithmeticOperator = (typeof arithmeticOperators)[number];

/** Comparisons of two numbers; the crossings also look at the bar before. */
export const comparisonOperators = [
  '<',
  '<=',
  '>',
  '>=',
  '==',
  '!=',
  'crosses_above',
  'crosses_below',
] as const;
/** One of the comparisons. */
export type ComparisonOperator = (typeof comparisonOperators)[number];

/** An expression that has a number, or no value, on every bar. */
export type NumericExpression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'field'; readonly name: BarField }
  | {
      readonly kind: 'indicator';
      readonly name: IndicatorName;
      readonly series: NumericExpression;
      readonly period: number;
    }
  | { readonly kind: 'negation'; readonly operand: NumericExpression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: NumericExpression;
      readonly right: NumericExpression;
    };

/** An expression that is true or false on every bar. */
export type Condition =
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: NumericExpression;
      readonly right: NumericExpression;
    }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

/** Any node of a rule's tree. */
export type Expression = NumericExpression | Condition;

/** When positions of one direction are entered and left. */
export interface SideRules {
  readonly entry: Condition;
  readonly exit: Condition;
}

/** A whole strategy as a tree; the text and its JSON are two spellings of it. */
export interface StrategyDocument {
  /** Rupees put into one entry. */
  readonly capitalPerTrade: number;
  /** Percent against the average entry price at which a position is left; null: never. */
  readonly stopLossPercent: number | null;
  /** Percent in favour of the position at which it is left; null: never. */
  readonly takeProfitPercent: number | null;
  /** Most instruments held at a time; null: all of them. */
  readonly maxPositions: number | null;
  readonly product: StrategyProduct;
  /** Null where the strategy does not buy first. */
  readonly long: SideRules | null;
  /** Null where the strategy does not sell first. */
  readonly short: SideRules | null;
}
