import {
  defaultFieldResolver,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { demoEmail } from '@nandax/app/ports/accounts.ts';
import { installationChain } from '@nandax/app/ports/audit.ts';
import type { Context } from '../context.ts';
import { forbiddenError, notFoundError, unauthenticatedError } from '../errors/graphql-errors.ts';
import {
  ADMIN,
  ANYONE,
  isAccessRule,
  isKeyRule,
  NO_KEY,
  OUTBOX_READER,
  OWNER_IN_PERSON,
  READ,
  WITH_PARENT,
} from './rules.ts';
import type { AccessRule, KeyRule } from './rules.ts';

/** Fields that say nothing, or nothing known, about who may read them. */
export class FieldsWithoutAccessRule extends Error {
  override readonly name = 'FieldsWithoutAccessRule';
  constructor(readonly fields: readonly string[]) {
    super(`These fields declare no access rule: ${fields.join(', ')}`);
  }
}

/**
 * Puts each field's access rule before its resolver (and before a subscription's source). Changes
 * the schema in place. @throws FieldsWithoutAccessRule naming every field without a rule.
 */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  const bare: string[] = [];
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const isRoot = roots.includes(type as GraphQLObjectType<unknown, Context>);
    const fields = Object.values<GraphQLField<unknown, Context>>(type.getFields());
    for (const field of fields) {
      const { access, keys = isRoot ? undefined : keysOf(access) } = field.extensions;
      if (!isAccessRule(access)) bare.push(`${type.name}.${field.name}`);
      else if (access === ANYONE || access === WITH_PARENT) continue;
      else if (isKeyRule(keys)) guard(field, access, keys);
      else bare.push(`${type.name}.${field.name}`);
    }
  }
  if (bare.length > 0) throw new FieldsWithoutAccessRule(bare);
  return schema;
}

/** What an object's field asks of an API key. */
function keysOf(access: unknown): KeyRule {
  return access === OWNER_IN_PERSON || access === ADMIN || access === OUTBOX_READER ? NO_KEY : READ;
}

type Resolver = GraphQLFieldResolver<unknown, Context>;

function guard(field: GraphQLField<unknown, Context>, rule: AccessRule, keys: KeyRule): void {
  // A subscription is guarded at its source; its events then resolve freely.
  if (field.subscribe) field.subscribe = guarded(field.subscribe, rule, keys);
  else field.resolve = guarded(field.resolve ?? defaultFieldResolver, rule, keys);
}

function guarded(resolve: Resolver, rule: AccessRule, keys: KeyRule): Resolver {
  return (source, args, context, info) => {
    checkKey(keys, context);
    checkRule(rule, source, context);
    return resolve(source, args, context, info);
  };
}

function checkKey(keys: KeyRule, { actor }: Context): void {
  if (actor.kind !== 'API_KEY') return;
  if (keys === NO_KEY) {
    throw forbiddenError('No API key may do this; log in.', []);
  }
  if (!keys.some((scope) => actor.scopes.has(scope))) {
    throw forbiddenError(`This API key lacks the scope ${keys.join(' or ')}.`, keys);
  }
}

function checkRule(rule: AccessRule, source: unknown, context: Context): void {
  const { viewer } = context;
  if (viewer === null) throw unauthenticatedError(context.refusal);
  switch (rule) {
    case 'ANYONE':
    case 'WITH_PARENT':
    case 'SIGNED_IN':
      return;
    case 'ADMIN':
      if (viewer.role === 'ADMIN') return;
      throw forbiddenError('Only an administrator may do this.', []);
    case 'OWNER_OR_ADMIN':
      if (ownerOf(source) === viewer.id || viewer.role === 'ADMIN') return;
      throw notFoundError();
    case 'OWNER_OR_INSTALLATION':
      if (ownerOf(source) === viewer.id) return;
      if (ownerOf(source) === installationChain && viewer.role === 'ADMIN') return;
      throw notFoundError();
    case 'OUTBOX_READER':
      if (context.ports.settings.localOutbox && viewer.email === demoEmail) return;
      throw notFoundError();
    case 'OWNER':
    case 'OWNER_IN_PERSON':
    case 'OWNER_OR_SHARED': {
      const owner = ownerOf(source);
      if (owner === viewer.id || (rule === 'OWNER_OR_SHARED' && owner === null)) return;
      throw notFoundError();
    }
  }
}

/** Undefined, which equals no viewer, where the object names no owner. */
function ownerOf(source: unknown): unknown {
  return typeof source === 'object' && source !== null && 'ownerId' in source
    ? source.ownerId
    : undefined;
}
