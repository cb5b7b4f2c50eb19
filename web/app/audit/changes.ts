import { formatDateTime } from '../format/time.ts';

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const id = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Products and the like, which are written so everywhere. */
const abbreviations = ['CNC', 'MIS', 'NRML', 'SL', 'TOTP'];
const enumeration = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;

/** What became of one thing: its name, and its value before and after. */
export interface Change {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * The two sides of a row of the trail, name by name. What stayed as it was is left out, and so are bare
 * ids, which say nothing to people; an export has them.
 */
export function changesOf(before: unknown, after: unknown): readonly Change[] {
  const [left, right] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((name) => {
    const change = { name, before: left.get(name) ?? null, after: right.get(name) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

function fieldsOf(side: unknown): ReadonlyMap<string, string> {
  if (side === null || side === undefined) return new Map();
  if (typeof side !== 'object' || Array.isArray(side)) return new Map([['value', textOf(side)]]);
  return new Map(
    Object.entries(side)
      .filter(([, value]) => value !== null && value !== undefined && !isId(value))
      .map(([name, value]) => [wordsOf(name), textOf(value)]),
  );
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && id.test(value);
}

function isEnumeration(value: string): boolean {
  return enumeration.test(value) && !abbreviations.includes(value);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') {
    if (instant.test(value)) return `${formatDateTime(value)} IST`;
    return isEnumeration(value) ? value.toLowerCase().replaceAll('_', ' ') : value;
  }
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return JSON.stringify(value);
}

/** "sessionsEnded" to "sessions ended". */
function wordsOf(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
