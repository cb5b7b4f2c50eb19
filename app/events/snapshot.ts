import { Decimal } from 'decimal.js';
import type { Json } from '../ports/events.ts';

/** A value that `snapshot` can take as it is or field by field. */
export type Snapshotable =
  | null
  | boolean
  | number
  | string
  | bigint
  | Date
  | Decimal
  | readonly Snapshotable[]
  | { readonly [key: string]: Snapshotable };

/** A record as the event log keeps it: decimals and big integers as strings, instants in ISO 8601 UTC. */
export function snapshot(value: object): Json {
  return toJson(value as Snapshotable);
}

function toJson(value: Snapshotable): Json {
  if (value === null || typeof value !== 'object') {
    return typeof value === 'bigint' ? String(value) : value;
  }
  if (value instanceof Date) return value.toISOString();
  if (Decimal.isDecimal(value)) return value.toFixed();
  if (isList(value)) return value.map(toJson);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, toJson(field)]));
}

function isList(value: object): value is readonly Snapshotable[] {
  return Array.isArray(value);
}
