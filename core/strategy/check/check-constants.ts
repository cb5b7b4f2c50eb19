import type { StrategyParameter } from '../strategy-document.ts';
import type { ConstantUse, SettingsUse } from './check-expression.ts';
import { constantValue, parametersOf, type ParameterValues } from './constant-value.ts';
import type { Report } from './strategy-draft.ts';

/** The values that the text gives to the parameters. */
export function ownValues(parameters: readonly StrategyParameter[]): ParameterValues {
  return new Map(parameters.map(({ name, value }) => [name, value]));
}

/**
 * Reports constants that are not what they must be: with the parameters' own values, and with each
 * parameter at both ends of its range and a step from the lower one, the others as they are.
 */
export function checkConstants(
  uses: readonly ConstantUse[],
  parameters: readonly StrategyParameter[],
  report: Report,
): void {
  const values = ownValues(parameters);
  const ranges = new Map(parameters.map(({ name, range }) => [name, range]));
  for (const use of uses) {
    const names = new Set(parametersOf(use.constant));
    if ([...names].some((name) => !values.has(name))) continue;
    if (!checkConstant(use, values, '', report)) continue;
    for (const name of names) {
      const range = ranges.get(name) ?? null;
      if (range === null) continue;
      const { minimum, maximum, step } = range;
      const tried = new Set([minimum, maximum, Math.min(minimum + step, maximum)]);
      const isRight = [...tried].every((value) =>
        checkConstant(use, new Map([...values, [name, value]]), `${name} = ${value}`, report),
      );
      if (!isRight) break;
    }
  }
}

/** Whether the constant is right where the parameters have these values; if not, it is reported. */
export function checkConstant(
  { constant, rule, what }: ConstantUse,
  values: ParameterValues,
  where: string,
  report: Report,
): boolean {
  const value = constantValue(constant, values);
  if (rule.accepts(value)) return true;
  const found = Number.isNaN(value) ? 'it has no value' : `it is ${value}`;
  const place = where === '' ? '' : ` where ${where}`;
  report(constant, `${what} must be ${rule.expected}; ${found}${place}`, rule.expected);
  return false;
}

/** Reports settings of indicators that do not fit each other where parameters have these values. */
export function checkSettings(
  uses: readonly SettingsUse[],
  values: ParameterValues,
  report: Report,
): void {
  for (const { at, definition, settings } of uses) {
    const numbers = settings.map((setting) => constantValue(setting, values));
    const isEachRight = definition.parameters.every(({ minimum, maximum, whole }, index) => {
      const number = numbers[index] ?? NaN;
      return number >= minimum && number <= maximum && (!whole || Number.isInteger(number));
    });
    // What is wrong by itself was reported already.
    const refusal = isEachRight ? definition.refuses(numbers) : null;
    if (refusal !== null) {
      report(at, `${definition.name}: ${refusal}`, `settings of ${definition.name} that fit`);
    }
  }
}
