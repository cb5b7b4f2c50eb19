import { fail, succeed, type Result } from '@nandax/core/result.ts';

/** The meaning of a word; null where the option was left out. */
export function oneOf<T>(
  flag: string,
  text: string | undefined,
  words: Readonly<Record<string, T>>,
): Result<T | null, string> {
  if (text === undefined) return succeed(null);
  if (Object.hasOwn(words, text)) return succeed(words[text] as T);
  return fail(`${flag} ${text}: expected ${Object.keys(words).join(' or ')}`);
}
