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

/**
 * Everything an answer of `type` can hold, each field under the name `Type_field`, so that members of
 * a union do not meet under one name. Of an object with an id its own fields are asked for and no
 * object below it: queries walk through those. Without `objects` not even that, and neither where it
 * stands in one of a union's members, for documents are small.
 */
export function everythingOf(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  asked: Asked,
  objects = true,
  isMember = false,
): string {
  if (isLeafType(type)) return '';
  if (isUnionType(type)) {
    const members = type.getTypes();
    const each = members.map(
      (member) => `... on ${member.name}${everythingOf(schema, member, asked, objects, true)}`,
    );
    const fails = members.some((one) => one.getInterfaces().some(({ name }) => name === 'Failure'));
    const failure = fails ? ' ... on Failure { Failure_message: message }' : '';
    return ` { __typename ${each.join(' ')}${failure} }`;
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  const hasId = nodeRows[type.name] !== undefined;
  if (hasId && !objects) return ' { __typename }';
  const fields = Object.values(type.getFields()).map((field) => {
    const end = getNamedType(field.type);
    const name = `${type.name}.${field.name}`;
    const below = hasId && !isLeafType(end) ? ' { __typename }' : null;
    const inner = below ?? everythingOf(schema, end, asked, objects && !isMember);
    return `${type.name}_${field.name}: ${field.name}${argumentsOf(name, asked, name)}${inner}`;
  });
  return ` { __typename ${fields.join(' ')} }`;
}

/** `Type.field` of everything that a document made by `everythingOf` asks for. */
export function namedIn(sent: string): readonly string[] {
  return [...sent.matchAll(/\b([A-Z]\w*?)_(\w+):/g)].map(
    ([, type = '', field = '']) => `${type}.${field}`,
  );
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
