import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isUnionType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { argumentsOf, nodeRows, type Asked } from './arguments.ts';

/**
 * Everything an answer of `type` can hold. A field that members of a union give different types has
 * the name `Type_field` in each. Of an object with an id its own fields are asked for and no object
 * below it: queries walk through those. Without `objects` not even that, and neither where it stands
 * in one of a union's members, for documents are small.
 */
export function everythingOf(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  asked: Asked,
  objects = true,
  clashes?: ReadonlySet<string>,
): string {
  if (isLeafType(type)) return '';
  if (isUnionType(type)) {
    const members = type.getTypes();
    const meeting = clashesOf(members);
    const each = members.map(
      (member) => `... on ${member.name}${everythingOf(schema, member, asked, objects, meeting)}`,
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
    const inner = below ?? everythingOf(schema, end, asked, objects && clashes === undefined);
    const alias = clashes?.has(field.name) === true ? `${type.name}_${field.name}: ` : '';
    return `${alias}${field.name}${argumentsOf(name, asked, name)}${inner}`;
  });
  return ` { __typename ${fields.join(' ')} }`;
}

/** Names that members of a union give different types, which GraphQL does not merge. */
function clashesOf(members: readonly GraphQLObjectType[]): ReadonlySet<string> {
  const types = new Map<string, string>();
  const clashes = new Set<string>();
  for (const field of members.flatMap((member) => Object.values(member.getFields()))) {
    const type = String(field.type);
    if ((types.get(field.name) ?? type) !== type) clashes.add(field.name);
    types.set(field.name, type);
  }
  return clashes;
}

/** `Type.field` of everything that a document asks for. */
export function namedIn(schema: GraphQLSchema, query: string): readonly string[] {
  const named: string[] = [];
  const types = new TypeInfo(schema);
  const enter = (): void => {
    const [parent, field] = [types.getParentType(), types.getFieldDef()];
    if (parent && field && !field.name.startsWith('__')) named.push(`${parent.name}.${field.name}`);
  };
  visit(parse(query), visitWithTypeInfo(types, { Field: { enter } }));
  return named;
}

/** `Type.field` of everything in an answer to `everythingOf` that is there. */
export function reachedIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(value)) value.forEach((each) => reachedIn(each, found));
  else if (typeof value === 'object' && value !== null) {
    const type = '__typename' in value ? value.__typename : null;
    for (const [name, inner] of Object.entries(value)) {
      if (inner === null || name === '__typename') continue;
      const member = /^([A-Z]\w*?)_(\w+)$/.exec(name);
      if (member !== null) found.add(`${member[1] ?? ''}.${member[2] ?? ''}`);
      else if (typeof type === 'string') found.add(`${type}.${name}`);
      reachedIn(inner, found);
    }
  }
  return found;
}
