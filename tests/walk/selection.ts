import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { argumentsOf, nodeRows, type Asked } from './arguments.ts';

/** How far below the answer's own fields a selection goes into objects with an id of their own. */
type Below = 'EVERYTHING' | 'IDS';

/**
 * Everything an answer of `type` can hold, each field under the name `Type_field`, so that members of
 * a union do not meet under one name. Objects with an id are looked into once.
 */
export function everythingOf(schema: GraphQLSchema, type: GraphQLNamedType, asked: Asked): string {
  return selectionOf(schema, type, asked, 'EVERYTHING');
}

function selectionOf(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  asked: Asked,
  below: Below,
): string {
  if (isLeafType(type)) return '';
  if (isUnionType(type)) {
    const members = type
      .getTypes()
      .map((member) => `... on ${member.name}${selectionOf(schema, member, asked, below)}`);
    const fails = type.getTypes().some((one) => one.getInterfaces().some(({ name }) => name === 'Failure'));
    const failure = fails ? ' ... on Failure { Failure_message: message }' : '';
    return ` { __typename ${members.join(' ')}${failure} }`;
  }
  if (isInterfaceType(type)) {
    return ` { __typename ${fieldsOf(schema, type, asked, below)} }`;
  }
  if (nodeRows[type.name] !== undefined && below === 'IDS') return ' { __typename }';
  return ` { __typename ${fieldsOf(schema, type, asked, below)} }`;
}

function fieldsOf(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  asked: Asked,
  below: Below,
): string {
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  const isNode = nodeRows[type.name] !== undefined;
  return Object.values(type.getFields())
    .map((field) => {
      const end = getNamedType(field.type);
      const name = `${type.name}.${field.name}`;
      // An object with an id has been walked through already: here it is enough that it comes.
      const inner = isNode ? leafOnly(end) : selectionOf(schema, end, asked, 'EVERYTHING');
      if (below === 'IDS' && !isLeafType(end)) return '';
      return `${type.name}_${field.name}: ${field.name}${argumentsOf(name, asked, name)}${inner}`;
    })
    .join(' ');
}

function leafOnly(type: GraphQLNamedType): string {
  return isLeafType(type) ? '' : ' { __typename }';
}

/** `Type.field` of everything in an answer that is there, found by its name. */
export function reachedIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(value)) value.forEach((each) => reachedIn(each, found));
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      const parts = /^([A-Z]\w*?)_(\w+)$/.exec(name);
      if (parts !== null && inner !== null) found.add(`${parts[1] ?? ''}.${parts[2] ?? ''}`);
      reachedIn(inner, found);
    }
  }
  return found;
}
