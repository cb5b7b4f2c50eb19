import {
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql';
import type { Context } from '../context.ts';
import type { Loaders } from '../loaders.ts';

/**
 * As graphql-js subscribes, but each event is executed with the loaders it brings along instead of
 * those of the subscription, which would grow stale.
 */
export async function subscribe(
  args: ExecutionArgs,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();
  const resultOf = async (event: unknown): Promise<ExecutionResult> =>
    execute({
      ...args,
      rootValue: event,
      contextValue: {
        ...(args.contextValue as Context),
        loaders: (event as { readonly loaders: Loaders }).loaders,
      },
    });
  const results: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      const event = await events.next();
      return event.done === true ? event : { value: await resultOf(event.value) };
    },
    async return() {
      await events.return?.();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]: () => results,
  };
  return results;
}
