import type { NumberRule } from '../strategy-limits.ts';
import { maxDepth, maxNodes } from '../strategy-limits.ts';
import { maxStrategyFailures } from '../token-stream.ts';

/** A mistake in a strategy's JSON tree. */
export interface StrategyTreeFailure {
  /** Where it stands, such as `long.entry.left.settings.0`; empty for the whole. */
  readonly path: string;
  /** What should stand there. */
  readonly expected: string;
}

/** An object as `JSON.parse` returns it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether it is an object and no list. */
export function isObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Reads the pieces of untrusted JSON; what cannot be read is noted and given as null. */
export class JsonReader {
  /** What was noted so far. */
  readonly failures: StrategyTreeFailure[] = [];
  readonly #places = new Map<object, string>();
  #nodes = 0;

  /** The object, whose keys must all be known. */
  object(json: unknown, path: string, keys: readonly string[]): JsonObject | null {
    if (!isObject(json)) return this.refuse(path, 'an object');
    for (const key of Object.keys(json)) {
      if (!keys.includes(key)) this.refuse(inside(path, key), `no key but ${keys.join(', ')}`);
    }
    return json;
  }

  /** The list; an absent one is empty. Of a longer one than `most` nothing is read. */
  list(json: unknown, path: string, most: number): readonly unknown[] {
    if ((json ?? null) === null) return [];
    if (Array.isArray(json) && json.length <= most) return json;
    this.refuse(path, `a list of at most ${most}`);
    return [];
  }

  /** The number; text has no negative zero, and both spellings must be the same tree. */
  number(json: unknown, path: string, rule: NumberRule): number | null {
    if (typeof json !== 'number' || !rule.accepts(json)) return this.refuse(path, rule.expected);
    return json === 0 ? 0 : json;
  }

  /** The text, if it is one of `values`. */
  oneOf<T extends string>(json: unknown, path: string, values: readonly T[]): T | null {
    const value = values.find((candidate) => candidate === json);
    return value ?? this.refuse(path, `one of ${values.join(', ')}`);
  }

  /** Counts a node; whether neither the tree's depth nor its size is too large. */
  isBounded(path: string, depth: number): boolean {
    this.#nodes += 1;
    if (depth > maxDepth) this.refuse(path, `at most ${maxDepth} levels`);
    if (this.#nodes === maxNodes + 1) this.refuse(path, `at most ${maxNodes} parts`);
    return depth <= maxDepth && this.#nodes <= maxNodes;
  }

  /** Remembers where a part of the document was read, and returns the part. */
  placed<T extends object>(path: string, part: T): T {
    this.#places.set(part, path);
    return part;
  }

  /** Where the part was read. */
  placeOf(part: object): string {
    return this.#places.get(part) ?? '';
  }

  /** Notes a failure. */
  refuse(path: string, expected: string): null {
    if (this.failures.length < maxStrategyFailures) {
      this.failures.push({ path: path.slice(0, 400), expected });
    }
    return null;
  }
}

/** The path of what stands under `key`. */
export function inside(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
