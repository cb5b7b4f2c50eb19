import { buildSchema, execute, parse, type GraphQLFieldResolver } from 'graphql';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Context } from '../context.ts';
import { Deadline, enforceDeadlines } from './deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = () => new Promise<never>(() => undefined);

/** A schema whose fields resolve as given, under deadlines. */
function schemaWith(resolvers: Readonly<Record<string, GraphQLFieldResolver<unknown, Context>>>) {
  const schema = buildSchema(`
    type Query { quick: String slow: String things: [Thing!] }
    type Thing { name: String }
    type Mutation { first: String second: String }
  `);
  for (const [path, resolve] of Object.entries(resolvers)) {
    const [type = '', name = ''] = path.split('.');
    const parent = schema.getType(type);
    const field = parent && 'getFields' in parent ? parent.getFields()[name] : undefined;
    if (field === undefined || !('resolve' in field)) throw new Error(`no field ${path}`);
    field.resolve = resolve;
  }
  enforceDeadlines(schema);
  return schema;
}

function run(schema: ReturnType<typeof schemaWith>, text: string, deadline: Deadline) {
  const contextValue = { deadline } as Context;
  return Promise.resolve(execute({ schema, document: parse(text), contextValue }));
}

test('what is not there in time is answered by its code, and what was there is shown', async () => {
  const schema = schemaWith({ 'Query.quick': () => 'here', 'Query.slow': never });
  const answer = run(schema, '{ quick slow }', new Deadline(3));
  await vi.advanceTimersByTimeAsync(2_999);
  await vi.advanceTimersByTimeAsync(1);
  const { data, errors } = await answer;
  expect({ ...data }).toEqual({ quick: 'here', slow: null });
  expect(errors?.map(({ extensions, path }) => [extensions['code'], path])).toEqual([
    ['OPERATION_TIMEOUT', ['slow']],
  ]);
});

test('after the deadline nothing more begins', async () => {
  const second = vi.fn(() => 'done');
  const schema = schemaWith({ 'Mutation.first': never, 'Mutation.second': second });
  const answer = run(schema, 'mutation { first second }', new Deadline(3));
  await vi.advanceTimersByTimeAsync(3_000);
  expect((await answer).errors).toHaveLength(2);
  expect(second).not.toHaveBeenCalled();
});

test('an operation that is done in time leaves no timer behind', async () => {
  const schema = schemaWith({ 'Query.quick': () => Promise.resolve('here') });
  const deadline = new Deadline(3);
  expect((await run(schema, '{ quick }', deadline)).errors).toBeUndefined();
  deadline.end();
  expect(vi.getTimerCount()).toBe(0);
});

test('a failure in time stays the failure it is', async () => {
  const schema = schemaWith({ 'Query.slow': () => Promise.reject(new Error('mine')) });
  const deadline = new Deadline(3);
  expect((await run(schema, '{ slow }', deadline)).errors?.[0]?.message).toBe('mine');
  deadline.end();
});

test('the next event has as much time again', async () => {
  const spent = new Deadline(3);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(() => spent.check()).toThrow('longer than 3 seconds');
  const next = spent.again();
  await vi.advanceTimersByTimeAsync(2_999);
  expect(() => next.check()).not.toThrow();
  await vi.advanceTimersByTimeAsync(1);
  expect(() => next.check()).toThrow();
});
