import {
  defaultFieldResolver,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import type { Context } from '../context.ts';
import { operationTimeoutError } from '../errors/graphql-errors.ts';

/** When an operation has to be done. Its timer runs until `end`. */
export class Deadline {
  readonly #seconds: number;
  readonly #timer: NodeJS.Timeout;
  readonly #waiting = new Set<(error: Error) => void>();
  #passed = false;

  constructor(seconds: number) {
    this.#seconds = seconds;
    this.#timer = setTimeout(() => this.#pass(), seconds * 1000);
  }

  /** Another with as much time from now on, for the next event of a subscription. */
  again(): Deadline {
    return new Deadline(this.#seconds);
  }

  /** @throws OPERATION_TIMEOUT when the time is over. */
  check(): void {
    if (this.#passed) throw operationTimeoutError(this.#seconds);
  }

  /** What `work` answers, or OPERATION_TIMEOUT when that takes too long; it then goes on unheard. */
  race<T>(work: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.check();
      const settled = () => this.#waiting.delete(reject);
      this.#waiting.add(reject);
      work.then(settled, settled);
      work.then(resolve, reject);
    });
  }

  /** The operation is done. */
  end(): void {
    clearTimeout(this.#timer);
  }

  #pass(): void {
    this.#passed = true;
    for (const reject of this.#waiting) reject(operationTimeoutError(this.#seconds));
    this.#waiting.clear();
  }
}

/**
 * Lets no resolver begin after its operation's deadline and none be waited for longer: the rest of a
 * document that takes too long is not worked on, and its client is answered in time. What a resolver
 * had begun goes on; the database ends its statements by a timeout of their own. Changes the schema
 * in place.
 */
export function enforceDeadlines(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      field.resolve = inTime(field.resolve ?? defaultFieldResolver);
    }
  }
}

function inTime(
  resolve: GraphQLFieldResolver<unknown, Context>,
): GraphQLFieldResolver<unknown, Context> {
  return (source, args, context, info) => {
    const { deadline } = context;
    deadline.check();
    const value: unknown = resolve(source, args, context, info);
    return isPromise(value) ? deadline.race(value) : value;
  };
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
