import {
  createSourceEventStream,
  execute,
  GraphQLError,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql';
import type { Context } from '../context.ts';
import type { Deadline } from '../door/deadline.ts';
import type { Loaders } from '../loaders.ts';

/**
 * As graphql-js subscribes, but each event is executed with the loaders it brings along instead of
 * those of the subscription, which would grow stale, and with a deadline of its own. Opening has the
 * deadline of the operation.
 */
export async function subscribe(
  args: ExecutionArgs,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const context = args.contextValue as Context;
  const source = await openInTime(args, context.deadline);
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();
  const resultOf = async (event: unknown): Promise<ExecutionResult> => {
    const { loaders } = event as { readonly loaders: Loaders };
    const deadline = context.deadline.again();
    try {
      return await execute({
        ...args,
        rootValue: event,
        contextValue: { ...context, loaders, deadline } satisfies Context,
      });
    } finally {
      deadline.end();
    }
  };
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

type Source = AsyncIterable<unknown> | ExecutionResult;

async function openInTime(args: ExecutionArgs, deadline: Deadline): Promise<Source> {
  const opening = createSourceEventStream(args);
  try {
    return await deadline.race(opening);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    void closeWhenOpen(opening);
    return { errors: [error] };
  } finally {
    deadline.end();
  }
}

/** Nobody will read what opens too late. What goes wrong with it now, nobody asked for. */
async function closeWhenOpen(opening: Promise<Source>): Promise<void> {
  try {
    const source = await opening;
    if (Symbol.asyncIterator in source) await source[Symbol.asyncIterator]().return?.();
  } catch {
    return;
  }
}
