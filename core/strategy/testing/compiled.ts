import type { TimeFrame } from '../../market/time-frame.ts';
import {
  compileStrategy,
  type CompiledStrategy,
  type CompileOptions,
} from '../compile-strategy.ts';
import { parseStrategy } from '../parse-strategy.ts';

/** For tests: the strategy of a text that is known to be right. @throws where it is not. */
export function compiled(
  text: string,
  timeFrame: TimeFrame = 'ONE_MINUTE',
  options: Omit<CompileOptions, 'timeFrame'> = {},
): CompiledStrategy {
  const document = parseStrategy(text);
  if (!document.ok) throw new Error(JSON.stringify(document.failure));
  const strategy = compileStrategy(document.value, { ...options, timeFrame });
  if (!strategy.ok) throw new Error(JSON.stringify(strategy.failure));
  return strategy.value;
}
