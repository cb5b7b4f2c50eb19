import {
  defaultFieldResolver,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import type { Context } from '../context.ts';
import { notFoundError, unauthenticatedError } from '../errors/graphql-errors.ts';
import { isAccessRule, type AccessRule } from './rules.ts';

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
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const fields = Object.values<GraphQLField<unknown, Context>>(type.getFields());
    for (const field of fields) {
      const rule = field.extensions['access'];
      if (isAccessRule(rule)) guard(field, rule);
      else bare.push(`${type.name}.${field.name}`);
    }
  }
  if (bare.length > 0) throw new FieldsWithoutAccessRule(bare);
  return schema;
}

type Resolver = GraphQLFieldResolver<unknown, Context>;

function guard(field: GraphQLField<unknown, Context>, rule: AccessRule): void {
  if (rule === 'ANYONE' || rule === 'WITH_PARENT') return;
  // A subscription is guarded at its source; its events then resolve freely.
  if (field.subscribe) field.subscribe = guarded(field.subscribe, rule);
  else field.resolve = guarded(field.resolve ?? defaultFieldResolver, rule);
}

function guarded(resolve: Resolver, rule: AccessRule): Resolver {
  return (source, args, context, info) => {
    check(rule, source, context);
    return resolve(source, args, context, info);
  };
}

function check(rule: AccessRule, source: unknown, { viewer }: Context): void {
  if (viewer === null) throw unauthenticatedError();
  if (rule === 'SIGNED_IN') return;
  const owner = ownerOf(source);
  if (owner === viewer.id || (rule === 'OWNER_OR_SHARED' && owner === null)) return;
  throw notFoundError();
}

/** Undefined, which equals no viewer, where the object names no owner. */
function ownerOf(source: unknown): unknown {
  return typeof source === 'object' && source !== null && 'ownerId' in source
    ? source.ownerId
    : undefined;
}
