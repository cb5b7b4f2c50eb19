import 'reflect-metadata';
import { execute, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { expect, test } from 'vitest';
import type { UserView } from '@nandax/app/views.ts';
import { createSchema } from '../schema.ts';
import { enforceAccess, FieldsWithoutAccessRule } from './enforce.ts';
import type { AccessRule } from './rules.ts';

/** A schema with one object, `thing { name }`, whose owner is what the root value says. */
function schemaWith(rules: { readonly thing?: AccessRule; readonly name?: AccessRule }) {
  const extensions = (access: AccessRule | undefined) => (access === undefined ? {} : { access });
  const thing = new GraphQLObjectType({
    name: 'Thing',
    fields: { name: { type: GraphQLString, extensions: extensions(rules.name) } },
  });
  return new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: { thing: { type: thing, extensions: extensions(rules.thing) } },
    }),
  });
}

async function read(
  rules: { readonly thing: AccessRule; readonly name: AccessRule },
  asked: {
    readonly viewer: string | null;
    readonly owner?: string | null;
  },
) {
  const viewer = asked.viewer === null ? null : ({ id: asked.viewer } as UserView);
  const thing = asked.owner === undefined ? { name: 'it' } : { name: 'it', ownerId: asked.owner };
  const result = await execute({
    schema: enforceAccess(schemaWith(rules)),
    document: parse('{ thing { name } }'),
    rootValue: { thing },
    contextValue: { viewer },
  });
  const name = (result.data?.['thing'] as { name: string | null } | null | undefined)?.name ?? null;
  return name ?? result.errors?.[0]?.extensions['code'];
}

test('a field without an access rule keeps the server from starting, and is named', () => {
  expect(() => enforceAccess(schemaWith({ thing: 'ANYONE' }))).toThrow(
    new FieldsWithoutAccessRule(['Thing.name']),
  );
  expect(() => enforceAccess(schemaWith({ name: 'ANYONE' }))).toThrow('Query.thing');
  expect(() => enforceAccess(schemaWith({ thing: 'ADMIN' as AccessRule, name: 'OWNER' }))).toThrow(
    'Query.thing',
  );
});

test('every field of the contract declares its rule', async () => {
  await expect(createSchema()).resolves.toBeInstanceOf(GraphQLSchema);
});

test('what is open to anyone is read without a login, the rest is not', async () => {
  const nobody = { viewer: null, owner: 'asha' };
  expect(await read({ thing: 'ANYONE', name: 'ANYONE' }, nobody)).toBe('it');
  expect(await read({ thing: 'ANYONE', name: 'WITH_PARENT' }, nobody)).toBe('it');
  expect(await read({ thing: 'SIGNED_IN', name: 'ANYONE' }, nobody)).toBe('UNAUTHENTICATED');
  expect(await read({ thing: 'ANYONE', name: 'OWNER' }, nobody)).toBe('UNAUTHENTICATED');
});

test('an owner’s field is read by the owner only, whatever field led to its object', async () => {
  const rules = { thing: 'SIGNED_IN', name: 'OWNER' } as const;
  expect(await read(rules, { viewer: 'asha', owner: 'asha' })).toBe('it');
  expect(await read(rules, { viewer: 'binod', owner: 'asha' })).toBe('NOT_FOUND');
  expect(await read(rules, { viewer: 'binod', owner: null })).toBe('NOT_FOUND');
  // An object that names no owner at all is nobody's.
  expect(await read(rules, { viewer: 'binod' })).toBe('NOT_FOUND');
});

test('what is shared is read by everyone who is logged in', async () => {
  const rules = { thing: 'SIGNED_IN', name: 'OWNER_OR_SHARED' } as const;
  expect(await read(rules, { viewer: 'binod', owner: null })).toBe('it');
  expect(await read(rules, { viewer: 'asha', owner: 'asha' })).toBe('it');
  expect(await read(rules, { viewer: 'binod', owner: 'asha' })).toBe('NOT_FOUND');
});
