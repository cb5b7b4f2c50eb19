import { equality } from '../evaluate/rule-numbers.ts';
import { Extreme } from '../evaluate/windows.ts';
import type { ArithmeticOperator, NumericFunction } from '../strategy-document.ts';

/** Makes every infinite number of a column a missing one; returns the column. */
function finite(column: Float64Array): Float64Array {
  // Infinity less itself is NaN, as NaN is; of anything else that is 0.
  for (let row = 0; row < column.length; row += 1) {
    const value = column[row] as number;
    if (value - value !== 0) column[row] = NaN;
  }
  return column;
}

/** Sum, difference, product or quotient row by row; NaN where it has no value. */
export function arithmeticColumn(
  operator: ArithmeticOperator,
  left: Float64Array,
  right: Float64Array,
): Float64Array {
  const out = new Float64Array(left.length);
  const { length } = out;
  switch (operator) {
    case '+':
      for (let row = 0; row < length; row += 1)
        out[row] = (left[row] as number) + (right[row] as number);
      break;
    case '-':
      for (let row = 0; row < length; row += 1)
        out[row] = (left[row] as number) - (right[row] as number);
      break;
    case '*':
      for (let row = 0; row < length; row += 1)
        out[row] = (left[row] as number) * (right[row] as number);
      break;
    case '/':
      for (let row = 0; row < length; row += 1)
        out[row] = (left[row] as number) / (right[row] as number);
      break;
  }
  return finite(out);
}

/** A function of numbers row by row; NaN where it has no value. */
export function functionColumn(
  name: NumericFunction,
  left: Float64Array,
  right: Float64Array,
): Float64Array {
  const out = new Float64Array(left.length);
  const { length } = out;
  switch (name) {
    case 'abs':
      for (let row = 0; row < length; row += 1) out[row] = Math.abs(left[row] as number);
      break;
    case 'sqrt':
      for (let row = 0; row < length; row += 1) out[row] = Math.sqrt(left[row] as number);
      break;
    case 'log':
      for (let row = 0; row < length; row += 1) out[row] = Math.log(left[row] as number);
      break;
    case 'min':
      for (let row = 0; row < length; row += 1)
        out[row] = Math.min(left[row] as number, right[row] as number);
      break;
    case 'max':
      for (let row = 0; row < length; row += 1)
        out[row] = Math.max(left[row] as number, right[row] as number);
      break;
  }
  return finite(out);
}

/** The column with every sign turned. */
export function negationColumn(operand: Float64Array): Float64Array {
  const out = new Float64Array(operand.length);
  for (let row = 0; row < out.length; row += 1) out[row] = -(operand[row] as number);
  return out;
}

/** The column `bars` rows later; the first rows have no value. */
export function lookBackColumn(operand: Float64Array, bars: number): Float64Array {
  const out = new Float64Array(operand.length);
  out.fill(NaN, 0, bars);
  if (bars < out.length) out.set(operand.subarray(0, operand.length - bars), bars);
  return out;
}

/** The highest (`sign` 1) or lowest (-1) of the latest `bars` rows, as `Extreme` has it. */
export function extremeColumn(operand: Float64Array, bars: number, sign: 1 | -1): Float64Array {
  const out = new Float64Array(operand.length);
  const extreme = new Extreme(bars, sign);
  for (let row = 0; row < out.length; row += 1) out[row] = extreme.next(operand[row] as number);
  return out;
}

/** Rows since the condition was last true; no value before the first. */
export function barsSinceColumn(condition: Uint8Array): Float64Array {
  const out = new Float64Array(condition.length);
  let since = NaN;
  for (let row = 0; row < out.length; row += 1) {
    since = condition[row] === 1 ? 0 : since + 1;
    out[row] = since;
  }
  return out;
}

/**
 * What `compare` gives row by row: below, at or above zero as `left` is less than, equal to or
 * greater than `right`, numbers that agree to nine digits being equal; NaN where one is missing.
 */
export function orderColumn(left: Float64Array, right: Float64Array): Float64Array {
  const out = new Float64Array(left.length);
  const { length } = out;
  // `compare`, once more: called, it takes most of the time.
  for (let row = 0; row < length; row += 1) {
    const [one, other] = [left[row] as number, right[row] as number];
    const difference = one - other;
    const negligible = equality * Math.max(Math.abs(one), Math.abs(other));
    out[row] = Math.abs(difference) <= negligible ? 0 : difference;
  }
  return out;
}
