import { equality } from '../evaluate/rule-numbers.ts';
import type { CrossingOperator } from '../plan/plan-step.ts';
import type { ComparisonOperator } from '../strategy-document.ts';
import { orderColumn } from './number-columns.ts';

/** A comparison that looks at one bar only. */
export type PlainComparison = Exclude<ComparisonOperator, CrossingOperator>;

/** A comparison row by row, of the order of its two columns (see `orderColumn`): 1 where it is true. */
export function comparisonColumn(operator: PlainComparison, order: Float64Array): Uint8Array {
  const out = new Uint8Array(order.length);
  const { length } = out;
  switch (operator) {
    case '<':
      for (let row = 0; row < length; row += 1) out[row] = (order[row] as number) < 0 ? 1 : 0;
      break;
    case '<=':
      for (let row = 0; row < length; row += 1) out[row] = (order[row] as number) <= 0 ? 1 : 0;
      break;
    case '>':
      for (let row = 0; row < length; row += 1) out[row] = (order[row] as number) > 0 ? 1 : 0;
      break;
    case '>=':
      for (let row = 0; row < length; row += 1) out[row] = (order[row] as number) >= 0 ? 1 : 0;
      break;
    case '==':
      for (let row = 0; row < length; row += 1) out[row] = order[row] === 0 ? 1 : 0;
      break;
    case '!=':
      for (let row = 0; row < length; row += 1) {
        const value = order[row] as number;
        out[row] = value < 0 || value > 0 ? 1 : 0;
      }
      break;
  }
  return out;
}

/** Where one column crosses another: 1 where it does, upwards and downwards. */
export interface CrossingColumns {
  readonly above: Uint8Array;
  readonly below: Uint8Array;
}

/** The crossings of two columns; `fromTouch`: also those that begin on equal values. */
export function crossingColumns(
  left: Float64Array,
  right: Float64Array,
  fromTouch: boolean,
): CrossingColumns {
  const { length } = left;
  const [above, below] = [new Uint8Array(length), new Uint8Array(length)];
  // `compare` and `crossed`, once more: called, they take most of the time. 2: there is no value.
  let before = 2;
  for (let row = 0; row < length; row += 1) {
    const one = left[row] as number;
    const other = right[row] as number;
    const difference = one - other;
    const negligible = equality * Math.max(Math.abs(one), Math.abs(other));
    let side = 2;
    if (difference > negligible) side = 1;
    else if (difference < -negligible) side = -1;
    else if (!Number.isNaN(difference)) side = 0;
    // Nothing crosses where nothing changes, which is almost everywhere.
    if (side === before) continue;
    if (side === 1) {
      if (before === -1 || (fromTouch && before === 0)) above[row] = 1;
    } else if (side === -1 && (before === 1 || (fromTouch && before === 0))) below[row] = 1;
    before = side;
  }
  return { above, below };
}

/** Both true, row by row. */
export function andColumn(left: Uint8Array, right: Uint8Array): Uint8Array {
  const out = new Uint8Array(left.length);
  for (let row = 0; row < out.length; row += 1)
    out[row] = (left[row] as number) & (right[row] as number);
  return out;
}

/** At least one true, row by row. */
export function orColumn(left: Uint8Array, right: Uint8Array): Uint8Array {
  const out = new Uint8Array(left.length);
  for (let row = 0; row < out.length; row += 1)
    out[row] = (left[row] as number) | (right[row] as number);
  return out;
}

/** True where the condition is not. */
export function notColumn(operand: Uint8Array): Uint8Array {
  const out = new Uint8Array(operand.length);
  for (let row = 0; row < out.length; row += 1) out[row] = (operand[row] as number) ^ 1;
  return out;
}

/** True where the number is 1. */
export function truthColumn(operand: Float64Array): Uint8Array {
  const out = new Uint8Array(operand.length);
  for (let row = 0; row < out.length; row += 1) out[row] = operand[row] === 1 ? 1 : 0;
  return out;
}

/** True where each of the latest `bars` steps from row to row went up (`sign` 1) or down (-1). */
export function trendColumn(operand: Float64Array, bars: number, sign: 1 | -1): Uint8Array {
  const out = new Uint8Array(operand.length);
  const steps = orderColumn(operand.subarray(1), operand.subarray(0, -1));
  let run = 0;
  for (let row = 1; row < out.length; row += 1) {
    run = (steps[row - 1] as number) * sign > 0 ? run + 1 : 0;
    out[row] = run >= bars ? 1 : 0;
  }
  return out;
}

/** True where the condition was true on one of the latest `bars` rows, the row itself included. */
export function withinColumn(condition: Uint8Array, bars: number): Uint8Array {
  const out = new Uint8Array(condition.length);
  let since = bars;
  for (let row = 0; row < out.length; row += 1) {
    since = condition[row] === 1 ? 0 : since + 1;
    out[row] = since < bars ? 1 : 0;
  }
  return out;
}
