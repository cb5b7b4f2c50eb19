import { parseStrategy } from '@nandax/core/strategy/parse-strategy.ts';
import { printStrategy } from '@nandax/core/strategy/print-strategy.ts';
import type { StrategyDocument } from '@nandax/core/strategy/strategy-document.ts';

/**
 * A strategy's text with other values of its parameters and nothing else changed, comments and spaces
 * included. Where the text cannot be changed in place it is written anew. @throws RangeError for no strategy
 */
export function rulesWithParameters(text: string, values: ReadonlyMap<string, number>): string {
  const document = parseStrategy(text);
  if (!document.ok) throw new RangeError('the text is no strategy');
  const wanted: StrategyDocument = {
    ...document.value,
    parameters: document.value.parameters.map((parameter) => ({
      ...parameter,
      value: values.get(parameter.name) ?? parameter.value,
    })),
  };
  const printed = printStrategy(wanted);
  const changed = document.value.parameters.reduce((rules, { name }) => {
    const value = values.get(name);
    if (value === undefined) return rules;
    const setting = new RegExp(
      `(^|[^A-Za-z0-9_])(${name}\\s*=\\s*)-?\\d+(?:\\.\\d+)?(?![\\d.])`,
      'm',
    );
    return rules.replace(setting, `$1$2${value}`);
  }, text);
  // A comment may hold what looks like a parameter: only what reads as the wanted rules is taken.
  const read = parseStrategy(changed);
  return read.ok && printStrategy(read.value) === printed ? changed : printed;
}
