import { tokenPrefixes } from '@nandax/app/token.ts';
import { isHarmlessValue, isSecretName } from './secret-names.ts';

export const censored = '[redacted]';

/** Longest text that is kept, characters. */
const longest = 16_000;

type Rule = readonly [pattern: RegExp, replacement: string];

/** What is recognised by its look alone. */
const looks: readonly Rule[] = [
  [new RegExp(`(${Object.values(tokenPrefixes).join('|')})[A-Za-z0-9_-]+`, 'g'), `$1${censored}`],
  // A JSON Web Token, or the beginning of one.
  [/eyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*){0,4}/g, censored],
  [/(nandax_session=)[^;\s"'\\]+/gi, `$1${censored}`],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=:-]{8,}/gi, `$1 ${censored}`],
  [/otpauth(?::|%3A)[^\s"'\\]*/gi, `otpauth:${censored}`],
  // Sealed texts, entries of the key ring, hashes of passwords.
  [/\bs1\.[A-Za-z0-9-]{1,32}\.[A-Za-z0-9_-]+/g, `s1.${censored}`],
  [/\b[A-Za-z0-9-]{1,32}:[A-Za-z0-9+/_-]{43}=/g, censored],
  [/\$argon2(?:id|i|d)\$[^\s"'\\]+/g, censored],
  [/\$2[abxy]?\$\d\d\$[./A-Za-z0-9]+/g, censored],
  // The password of an address, up to the last @ before white space, as it may hold one itself.
  [/(:\/\/[^\s"'@:/]{0,200}):[^\s"'`]{0,1000}@/g, `$1:${censored}@`],
];

/** What others say of a value they refuse; they quote it. */
const quoted: readonly Rule[] = [
  [/(got invalid value )[^\n]*/g, `$1${censored}`],
  [/(cannot represent [^:\n]*: )[^\n]*/g, `$1${censored}`],
  [/(Expected value of type [^,\n]*, found )[^\n]*/g, `$1${censored}`],
  [
    /(Unexpected |Expected |Bad |Unterminated )[^\n]*(?:\n[^\n]*){0,3}? is not valid JSON/g,
    `$1${censored} is not valid JSON`,
  ],
  [/(Failing row contains )\([\s\S]*/g, `$1${censored}`],
  [/(Key \([^)]*\)=)\([\s\S]*?\)(?= |$)/g, `$1${censored}`],
];

/** A name, then `:`, `=` or `=>`, as in JSON, JavaScript, GraphQL, headers and queries. */
const named = /([A-Za-z_$][\w-]{0,60})(\\*["'`]?\s{0,8}(?:=>|[:=])\s{0,8})(?=\S)/g;

/** Header lines, whose value goes to the end of the line. */
const wholeLine = /authorization|cookie/i;

/**
 * A text without the secrets that can be recognised: by their look, or by the name before them. Of a
 * very long text the beginning is kept.
 */
export function redactText(text: string): string {
  let result = withoutNamed(text.length > longest ? beginning(text) : text);
  for (const [pattern, replacement] of looks) result = result.replace(pattern, replacement);
  for (const [pattern, replacement] of quoted) result = result.replace(pattern, replacement);
  return result;
}

/** Cut between two words: half a secret might not be recognised. */
function beginning(text: string): string {
  let end = longest;
  while (end > 0 && !/\s/.test(text.charAt(end))) end -= 1;
  return `${text.slice(0, end)} [cut, ${text.length} characters]`;
}

function withoutNamed(text: string): string {
  let result = '';
  let done = 0;
  for (const match of text.matchAll(named)) {
    const [whole, name = ''] = match;
    if (match.index < done || !isSecretName(name)) continue;
    const start = match.index + whole.length;
    const end = endOfValue(text, start, name);
    const value = text.slice(start, end);
    if (isHarmlessValue(name, bare(value))) continue;
    result += `${text.slice(done, start)}${censored}`;
    done = end;
  }
  return result + text.slice(done);
}

const words: Readonly<Record<string, unknown>> = {
  null: null,
  undefined: undefined,
  true: true,
  false: false,
};

/** What a value says without its quotes. */
function bare(value: string): unknown {
  if (value in words) return words[value];
  const text = value.replace(/^\\*["'`]/, '').replace(/\\*["'`]$/, '');
  return /^\d{1,4}$/.test(value) ? Number(value) : text;
}

/** Where the value that begins at `start` ends; the end of the text where it is not closed. */
function endOfValue(text: string, start: number, name: string): number {
  const rest = text.slice(start, start + longest);
  const block = /^\\*"{3}/.exec(rest)?.[0];
  const opening = block ?? /^\\*["'`]/.exec(rest)?.[0];
  if (opening !== undefined) return start + quotedLength(rest, opening);
  const closing = rest.startsWith('[') ? ']' : rest.startsWith('{') ? '}' : null;
  if (closing !== null) return start + bracketLength(rest);
  const end = wholeLine.test(name) ? /[\r\n"']|\\[rn]|$/ : /[\s,;&)}\]"'<>]|\\[rn"]|$/;
  return start + (end.exec(rest)?.index ?? rest.length);
}

/** Up to the same quote, written the same way; one behind more backslashes stands inside. */
function quotedLength(rest: string, opening: string): number {
  for (let from = opening.length; ;) {
    const at = rest.indexOf(opening, from);
    if (at < 0) return rest.length;
    if (rest[at - 1] !== '\\') return at + opening.length;
    from = at + 1;
  }
}

/** A list or an object with all it holds. */
function bracketLength(rest: string): number {
  let depth = 0;
  for (let at = 0; at < rest.length; at += 1) {
    const character = rest[at];
    if (character === '[' || character === '{') depth += 1;
    if (character === ']' || character === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return rest.length;
}
