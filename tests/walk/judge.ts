import type { Person } from './person.ts';
import type { RawAnswer } from './requests.ts';
import type { Probe } from './documents.ts';

/** What came back for a field. */
export type Outcome =
  | { readonly kind: 'VALUE'; readonly value: unknown }
  /** Null, an empty list, or nothing to hold the field; and no error. */
  | { readonly kind: 'NOTHING' }
  | { readonly kind: 'ERROR'; readonly code: string };

/** Something that is not as the matrix says. */
export interface Finding {
  readonly field: string;
  readonly viewer: string;
  readonly what: string;
}

/** Codes by which a field may be refused. */
const refusals = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'];

/** What an answer says of a probe that was asked under `alias`. */
export function outcomeOf(answer: RawAnswer, alias: string, { path }: Probe): Outcome {
  const values = valuesAt(
    (answer.data as Readonly<Record<string, unknown>> | null | undefined)?.[alias] ?? null,
    path,
  );
  const found = values.find((value) => value !== null && !isEmpty(value) && !isNotFound(value));
  if (found !== undefined) return { kind: 'VALUE', value: found };
  const error = answer.errors?.find((one) => {
    const { path: at } = one as { readonly path?: readonly unknown[] };
    return at === undefined || at[0] === alias;
  });
  return error === undefined ? { kind: 'NOTHING' } : { kind: 'ERROR', code: error.extensions.code };
}

/** All values at the end of a path, through lists. */
export function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, path));
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return valuesAt((value as Record<string, unknown>)[first] ?? null, rest);
}

/** The answer of a query whose result is a union: there is nothing for who asks. */
function isNotFound(value: unknown): boolean {
  return (value as { readonly __typename?: unknown } | null)?.__typename === 'NotFound';
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** A field that should be closed: null or refused in the words of the contract. */
export function judgeClosed(outcome: Outcome): string | null {
  if (outcome.kind === 'VALUE') return `gives ${JSON.stringify(outcome.value)}`;
  if (outcome.kind === 'ERROR' && !refusals.includes(outcome.code)) {
    return `is refused as ${outcome.code}`;
  }
  return null;
}

/** A field that should be open; `full`: the world holds something for it. */
export function judgeOpen(outcome: Outcome, full: boolean): string | null {
  if (outcome.kind === 'ERROR') return `is refused as ${outcome.code}`;
  if (outcome.kind === 'NOTHING' && full) return 'gives nothing';
  return null;
}

/** Words of an answer that could be a planted value. */
const words = /[A-Za-z0-9][A-Za-z0-9_.:@+=-]{5,}/g;

/** Where a value was planted, or by which field its owner read it; by the value as it is written. */
export type Marks = ReadonlyMap<string, string>;

/**
 * The marks of `person` in an answer, as `origin value`. What the request itself named is no news to
 * its sender; `shown` are origins that the viewer may see.
 */
export function marksIn(
  { raw, sent }: Pick<RawAnswer, 'raw' | 'sent'>,
  person: Pick<Person, 'name'>,
  marks: Marks,
  shown: readonly string[] = [],
): readonly string[] {
  const found = new Set<string>();
  for (const [word] of raw.matchAll(words)) {
    const text = word.replace(/[.:=]+$/, '');
    const origin = marks.get(text) ?? (holdsName(text, person) ? 'a planted text' : undefined);
    if (origin === undefined || shown.includes(origin) || sent.includes(text)) continue;
    if (origin === 'a planted text' && shown.some((one) => text.includes(one.replace('.', '-')))) {
      continue;
    }
    found.add(`${origin} ${text}`);
  }
  return [...found];
}

function holdsName(text: string, { name }: Pick<Person, 'name'>): boolean {
  return text.toLowerCase().includes(`plant-${name.toLowerCase()}-`);
}
