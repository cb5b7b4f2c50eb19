import { isParameterName } from '../language-words.ts';
import type { StrategyParameter } from '../strategy-document.ts';
import type { TokenStream } from '../token-stream.ts';
import { readSignedNumber } from './read-terms.ts';

/**
 * Takes `fast = 10 in 5..50 step 5`, of which the name and the sign are known to come next. A name
 * whose numbers cannot be read is known nevertheless, so that the rules may use it; `isWhole` is
 * false wherever a failure was noted.
 */
export function readParameter(tokens: TokenStream): {
  readonly parameter: StrategyParameter | null;
  readonly isWhole: boolean;
} {
  const token = tokens.take();
  tokens.take();
  if (!isParameterName(token.text)) {
    tokens.refuse(token, 'a name of at most 40 letters');
    return { parameter: null, isWhole: false };
  }
  const value = readSignedNumber(tokens);
  const hasRange = value !== null && tokens.takeIf('in');
  const range = hasRange ? readRange(tokens) : null;
  const parameter = { name: token.text, value: value ?? 0, range };
  return { parameter, isWhole: value !== null && (!hasRange || range !== null) };
}

function readRange(tokens: TokenStream): StrategyParameter['range'] {
  const minimum = readSignedNumber(tokens);
  if (minimum === null || !tokens.expect('..')) return null;
  const maximum = readSignedNumber(tokens);
  if (maximum === null || !tokens.expect('step')) return null;
  const step = readSignedNumber(tokens);
  return step === null ? null : { minimum, maximum, step };
}
