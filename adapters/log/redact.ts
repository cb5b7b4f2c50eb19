import { censored, redactText } from './redact-text.ts';
import { isHarmlessValue, isSecretName } from './secret-names.ts';

/** What one line of the log may hold; what goes beyond is left out, secret or not. */
const mostDepth = 12;
const mostValues = 2_000;
const mostEntries = 200;

/**
 * A copy of what is to be logged, ready for JSON, without secrets: values under a secret name at any
 * depth, and whatever is recognised in a text. Errors are unfolded with their causes and own fields.
 */
export function redact(fields: object): Record<string, unknown> {
  const named = fields instanceof Error ? { error: fields } : fields;
  try {
    return new Redaction().fields(Object.entries(named), 0);
  } catch {
    return { fields: '[unreadable]' };
  }
}

class Redaction {
  #left = mostValues;
  /** Objects on the way down to the present one. */
  readonly #path = new Set<object>();

  /** Named values, the names themselves included. */
  fields(entries: Iterable<readonly [unknown, unknown]>, depth: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    let count = 0;
    for (const [key, value] of entries) {
      if ((count += 1) > mostEntries) {
        result['…'] = '[more]';
        break;
      }
      const name = String(key);
      // `__proto__` as a name must become a field, not the prototype.
      Object.defineProperty(result, redactText(name), {
        value: this.#named(name, value, depth),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return result;
  }

  #named(name: string, value: unknown, depth: number): unknown {
    if (isSecretName(name) && !isHarmlessValue(name, value)) return censored;
    return this.#value(value, depth);
  }

  #value(value: unknown, depth: number): unknown {
    switch (typeof value) {
      case 'string':
        return redactText(value);
      case 'bigint':
        return String(value);
      case 'number':
      case 'boolean':
        return value;
      case 'object':
        return value === null ? null : this.#object(value, depth + 1);
      default:
        return undefined;
    }
  }

  #object(value: object, depth: number): unknown {
    if (this.#path.has(value)) return '[circular]';
    if (depth > mostDepth || (this.#left -= 1) < 0) return '[more]';
    this.#path.add(value);
    try {
      return this.#unfold(value, depth);
    } catch {
      return '[unreadable]';
    } finally {
      this.#path.delete(value);
    }
  }

  #unfold(value: object, depth: number): unknown {
    if (value instanceof Error) return this.#error(value, depth);
    if (Array.isArray(value)) return this.#list(value, depth);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      return `[${value.byteLength} bytes]`;
    }
    if (value instanceof Map || value instanceof Headers || value instanceof URLSearchParams) {
      return this.fields(value as Iterable<[unknown, unknown]>, depth);
    }
    if (value instanceof Set) return this.#list([...value], depth);
    if ('toJSON' in value && typeof value.toJSON === 'function') {
      const made: unknown = (value as { toJSON: () => unknown }).toJSON();
      return made === value ? this.fields(Object.entries(value), depth) : this.#value(made, depth);
    }
    return this.fields(Object.entries(value), depth);
  }

  /** Raw headers name a value in the element before it. */
  #list(values: readonly unknown[], depth: number): unknown[] {
    const kept = values.slice(0, mostEntries).map((value, index) => {
      const before = values[index - 1];
      return typeof before === 'string'
        ? this.#named(before, value, depth)
        : this.#value(value, depth);
    });
    return values.length > mostEntries ? [...kept, '[more]'] : kept;
  }

  #error(error: Error, depth: number): Record<string, unknown> {
    const { name, message, stack, cause } = error;
    const own = Object.entries(error).filter(([field]) => !['message', 'stack'].includes(field));
    const unfolded = this.fields(
      [
        ...own,
        ...(cause === undefined ? [] : [['cause', cause] as const]),
        ...(error instanceof AggregateError ? [['errors', error.errors] as const] : []),
      ],
      depth,
    );
    return {
      type: redactText(name),
      message: redactText(message),
      stack: redactText(stack ?? ''),
      ...unfolded,
    };
  }
}
