import 'reflect-metadata';
import { execute, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { expect, test } from 'vitest';
import { demoEmail } from '@nandax/app/ports/accounts.ts';
import type { ApiScope } from '@nandax/app/ports/api-keys.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { createSchema } from '../schema.ts';
import { enforceAccess, FieldsWithoutAccessRule } from './enforce.ts';
import type { AccessRule, KeyRule } from './rules.ts';

interface Rules {
  readonly thing?: AccessRule;
  /** Of `Query.thing`. */
  readonly keys?: KeyRule;
  readonly name?: AccessRule;
}

/** A schema with one object, `thing { name }`, whose owner is what the root value says. */
function schemaWith({ thing: access, keys, name }: Rules) {
  const thing = new GraphQLObjectType({
    name: 'Thing',
    fields: {
      name: { type: GraphQLString, extensions: name === undefined ? {} : { access: name } },
    },
  });
  return new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: { thing: { type: thing, extensions: { access, keys } } },
    }),
  });
}

interface Asking {
  readonly viewer: string | null;
  readonly role?: UserView['role'];
  readonly email?: string;
  readonly owner?: string | null;
  /** By an API key with these scopes; left out: in person. */
  readonly scopes?: readonly ApiScope[];
  readonly localOutbox?: boolean;
}

async function read(rules: Rules, asked: Asking) {
  const { viewer: id, role = 'USER', email = 'someone@example.com', scopes } = asked;
  const viewer = id === null ? null : ({ id, role, email } as UserView);
  const actor =
    scopes === undefined ? { kind: 'USER' } : { kind: 'API_KEY', scopes: new Set(scopes) };
  const thing = asked.owner === undefined ? { name: 'it' } : { name: 'it', ownerId: asked.owner };
  const result = await execute({
    schema: enforceAccess(schemaWith({ keys: ['READ'], ...rules })),
    document: parse('{ thing { name } }'),
    rootValue: { thing },
    contextValue: {
      viewer,
      actor,
      refusal: null,
      ports: { settings: { localOutbox: asked.localOutbox ?? false } },
    },
  });
  const name = (result.data?.['thing'] as { name: string | null } | null | undefined)?.name ?? null;
  return name ?? result.errors?.[0]?.extensions['code'];
}

test('a field without an access rule keeps the server from starting, and is named', () => {
  const bare = (rules: Rules) => () => enforceAccess(schemaWith(rules));
  expect(bare({ thing: 'ANYONE' })).toThrow(new FieldsWithoutAccessRule(['Thing.name']));
  expect(bare({ name: 'ANYONE' })).toThrow('Query.thing');
  expect(bare({ thing: 'EVERYBODY' as AccessRule, name: 'OWNER' })).toThrow('Query.thing');
});

test('a root field that says nothing of API keys keeps the server from starting, too', () => {
  const bare = (rules: Rules) => () => enforceAccess(schemaWith({ name: 'OWNER', ...rules }));
  expect(bare({ thing: 'SIGNED_IN' })).toThrow(new FieldsWithoutAccessRule(['Query.thing']));
  expect(bare({ thing: 'SIGNED_IN', keys: [] })).toThrow('Query.thing');
  expect(bare({ thing: 'SIGNED_IN', keys: 'NO_KEY' })).not.toThrow();
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
  expect(await read(rules, { viewer: 'admin', role: 'ADMIN', owner: 'asha' })).toBe('NOT_FOUND');
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

test('what is for administrators is read by them, in person', async () => {
  const rules = { thing: 'ADMIN', keys: 'NO_KEY', name: 'ADMIN' } as const;
  const admin = { viewer: 'admin', role: 'ADMIN' } as const;
  expect(await read(rules, admin)).toBe('it');
  expect(await read(rules, { viewer: 'asha', role: 'PREMIUM' })).toBe('FORBIDDEN');
  expect(await read(rules, { ...admin, scopes: ['READ'] })).toBe('FORBIDDEN');
});

test('the outbox is read by the demo user, where there is one', async () => {
  const rules = { thing: 'OUTBOX_READER', keys: 'NO_KEY', name: 'OUTBOX_READER' } as const;
  const demo = { viewer: 'demo', email: demoEmail };
  expect(await read(rules, { ...demo, localOutbox: true })).toBe('it');
  expect(await read(rules, { ...demo, localOutbox: false })).toBe('NOT_FOUND');
  expect(await read(rules, { viewer: 'admin', role: 'ADMIN', localOutbox: true })).toBe(
    'NOT_FOUND',
  );
});

test('an API key opens what one of its scopes names, and no field that is closed to keys', async () => {
  const asha = { viewer: 'asha', owner: 'asha' } as const;
  const rules = {
    thing: 'SIGNED_IN',
    keys: ['PAPER_TRADE', 'LIVE_TRADE'],
    name: 'WITH_PARENT',
  } as const;
  expect(await read(rules, { ...asha, scopes: ['LIVE_TRADE'] })).toBe('it');
  expect(await read(rules, { ...asha, scopes: ['READ', 'RISK_HALT'] })).toBe('FORBIDDEN');
  // The fields of an owner's object ask for READ, whatever led to it.
  const owned = { ...rules, name: 'OWNER' } as const;
  expect(await read(owned, { ...asha, scopes: ['PAPER_TRADE'] })).toBe('FORBIDDEN');
  expect(await read(owned, { ...asha, scopes: ['PAPER_TRADE', 'READ'] })).toBe('it');
  const personal = { ...rules, name: 'OWNER_IN_PERSON' } as const;
  expect(await read(personal, { ...asha, scopes: ['PAPER_TRADE', 'READ'] })).toBe('FORBIDDEN');
  expect(await read(personal, asha)).toBe('it');
  expect(await read({ ...rules, keys: 'NO_KEY' }, { ...asha, scopes: ['READ'] })).toBe('FORBIDDEN');
});
