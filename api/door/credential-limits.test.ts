import type { GraphQLField } from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from '../schema.ts';

/** Ends what a stranger has not got; nothing can be guessed with it. */
const harmless = ['logout'];

test('whatever a stranger may do counts against their address, each call of it', async () => {
  const schema = await createSchema();
  const open = Object.values<GraphQLField<unknown, unknown>>(
    schema.getMutationType()?.getFields() ?? {},
  ).filter(({ extensions }) => extensions['access'] === 'ANYONE');
  const uncounted = open.filter(({ extensions }) => extensions['credentialEndpoint'] !== true);
  expect(uncounted.map(({ name }) => name)).toEqual(harmless);
  expect(open.map(({ name }) => name)).toContain('login');
});
