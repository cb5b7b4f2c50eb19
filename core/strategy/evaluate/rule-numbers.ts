import type { CrossingOperator, InfixOperator } from '../plan/plan-step.ts';
import type { NumericFunction } from '../strategy-document.ts';

/** `value`, or NaN (no value) where it is infinite. */
export function finiteOr(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}

/** Numbers that differ by less than this part of the larger one count as equal. */
export const equality = 1e-9;

/** Below, at or above zero as `left` is less than, equal to or greater than `right`; else NaN. */
export function compare(left: number, right: number): number {
  const difference = left - right;
  const negligible = equality * Math.max(Math.abs(left), Math.abs(right));
  return Math.abs(difference) <= negligible ? 0 : difference;
}

/** What an operator makes of two values that exist or do not (NaN); truths are 1 and 0. */
export type Infix = (left: number, right: number) => number;

type PlainOperator = Exclude<InfixOperator, CrossingOperator>;

/** All operators that look at one bar only. */
export const infixes = {
  '+': (left, right) => finiteOr(left + right),
  '-': (left, right) => finiteOr(left - right),
  '*': (left, right) => finiteOr(left * right),
  '/': (left, right) => finiteOr(left / right),
  '<': (left, right) => (compare(left, right) < 0 ? 1 : 0),
  '<=': (left, right) => (compare(left, right) <= 0 ? 1 : 0),
  '>': (left, right) => (compare(left, right) > 0 ? 1 : 0),
  '>=': (left, right) => (compare(left, right) >= 0 ? 1 : 0),
  '==': (left, right) => (compare(left, right) === 0 ? 1 : 0),
  // NaN differs from zero, but a comparison with a missing value is false.
  '!=': (left, right) => (Math.abs(compare(left, right)) > 0 ? 1 : 0),
  and: (left, right) => (left === 1 && right === 1 ? 1 : 0),
  or: (left, right) => (left === 1 || right === 1 ? 1 : 0),
} as const satisfies Record<PlainOperator, Infix>;

/** The functions of numbers; one of a single number leaves the second aside. */
export const functions = {
  abs: (value) => Math.abs(value),
  sqrt: (value) => Math.sqrt(value),
  log: (value) => finiteOr(Math.log(value)),
  // NaN comes of NaN, by the language of Math.
  min: (left, right) => Math.min(left, right),
  max: (left, right) => Math.max(left, right),
} as const satisfies Record<NumericFunction, Infix>;

/** Whether an order of two numbers (see `compare`) that went from `before` to `now` is a crossing. */
export function crossed(operator: CrossingOperator, before: number, now: number): boolean {
  switch (operator) {
    case 'crosses_above':
      return before <= 0 && now > 0;
    case 'crosses_below':
      return before >= 0 && now < 0;
    case 'strictly_crosses_above':
      return before < 0 && now > 0;
    case 'strictly_crosses_below':
      return before > 0 && now < 0;
  }
}

/** Whether an operator is that of a crossing. */
export function isCrossing(operator: InfixOperator): operator is CrossingOperator {
  return operator.endsWith('crosses_above') || operator.endsWith('crosses_below');
}
