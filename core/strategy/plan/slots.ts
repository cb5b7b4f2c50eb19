import { constantValue, parametersOf, type ParameterValues } from '../check/constant-value.ts';
import { printExpression } from '../print-strategy.ts';
import type { NumericExpression } from '../strategy-document.ts';
import type { NumberRule } from '../strategy-limits.ts';
import type { CompileFailure } from './compile-failure.ts';

/** A place for a number that follows from the parameters. */
export interface Slot {
  /** Where it stands among the numbers. */
  readonly index: number;
  readonly expression: NumericExpression;
}

/** What the number of a slot must be where it is used. */
interface SlotUse {
  readonly slot: Slot;
  readonly rule: NumberRule;
  /** The statement or expression in which it stands. */
  readonly where: string;
}

/** The constants of a strategy: a slot for each that may differ from the others. */
export class Slots {
  readonly #slots: Slot[] = [];
  readonly #known = new Map<string, Slot>();
  readonly #uses: SlotUse[] = [];

  /** The slot of a constant. */
  of(expression: NumericExpression): Slot {
    const key = keyOf(expression);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const slot = { index: this.#slots.length, expression };
    this.#slots.push(slot);
    this.#known.set(key, slot);
    return slot;
  }

  /** The slot of a constant that must keep a rule. */
  ruled(expression: NumericExpression, rule: NumberRule, where: string): Slot {
    const slot = this.of(expression);
    const isKnown = this.#uses.some(
      (use) => use.slot === slot && use.where === where && use.rule.expected === rule.expected,
    );
    if (!isKnown) this.#uses.push({ slot, rule, where });
    return slot;
  }

  /** What each slot is worth where the parameters have these values; NaN: nothing. */
  numbers(parameters: ParameterValues): Float64Array {
    const numbers = new Float64Array(this.#slots.length);
    for (const { index, expression } of this.#slots) {
      numbers[index] = constantValue(expression, parameters);
    }
    return numbers;
  }

  /** The uses whose rules these numbers break. */
  broken(numbers: Float64Array): CompileFailure[] {
    const failures: CompileFailure[] = [];
    for (const { slot, rule, where } of this.#uses) {
      const value = numberIn(slot, numbers);
      if (rule.accepts(value)) continue;
      failures.push({ code: 'NUMBER_OUT_OF_RANGE', where, value, expected: rule.expected });
    }
    return failures;
  }
}

/** The number of a slot. */
export function numberIn({ index }: Slot, numbers: Float64Array): number {
  return numbers[index] as number;
}

/** What tells a constant from others: its value where no parameter is in it, else how it is written. */
function keyOf(expression: NumericExpression): string {
  if (parametersOf(expression).length > 0) return printExpression(expression);
  const value = constantValue(expression, new Map());
  return Object.is(value, -0) ? '= -0' : `= ${value}`;
}
