import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

const pascalCase = /^[A-Z][A-Za-z0-9]*$/;
const camelCase = /^[a-z][A-Za-z0-9]*$/;
const upperCase = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/**
 * Lists whose length is bounded by nature or by an argument, so that no page is needed: values of a
 * few rows that belong to one object. Any other list of nodes is a connection.
 */
const boundedLists: ReadonlySet<string> = new Set([
  'AgentDecision.orders',
  'Dataset.instruments',
  'NothingToExit.pending',
  'Order.fills',
  'OrderRequest.liveOrders',
  'OrderRequest.orders',
  'ReplaySession.instruments',
  'SecondFactor.passkeys',
  'Strategy.instruments',
  'StrategyVersion.instruments',
  'StrategyVersion.namedInstruments',
]);

/** What breaks the contract's own rules, one sentence each; empty: nothing. */
export function lintSchema(schema: GraphQLSchema): string[] {
  const problems: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    problems.push(...lintType(type));
  }
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    problems.push(...lintMutation(field));
  }
  return problems;
}

function lintType(type: GraphQLNamedType): string[] {
  const problems = [
    ...describe(type.name, type.description),
    ...check(pascalCase.test(type.name), `${type.name}: a type's name is in PascalCase.`),
  ];
  if (isEnumType(type)) {
    for (const { name, description } of type.getValues()) {
      const place = `${type.name}.${name}`;
      problems.push(...describe(place, description));
      problems.push(...check(upperCase.test(name), `${place}: an enum value is in UPPER_CASE.`));
    }
  }
  if (isInputObjectType(type)) {
    problems.push(...check(type.name.endsWith('Input'), `${type.name}: ends in Input.`));
    for (const { name, description } of Object.values(type.getFields())) {
      problems.push(...lintName(`${type.name}.${name}`, name, description));
    }
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      problems.push(...lintField(type.name, field));
    }
  }
  return problems;
}

function lintField(typeName: string, field: GraphQLField<unknown, unknown>): string[] {
  const place = `${typeName}.${field.name}`;
  const problems = lintName(place, field.name, field.description);
  for (const { name, description } of field.args) {
    problems.push(...lintName(`${place}(${name})`, name, description));
  }
  const isPage = typeName.endsWith('Connection');
  if (isListOfNodes(field.type) && !isPage && !boundedLists.has(place)) {
    problems.push(`${place}: an unbounded list of objects is a connection.`);
  }
  if (getNamedType(field.type).name.endsWith('Connection')) {
    const paged = ['first', 'after'].every((name) => field.args.some((arg) => arg.name === name));
    problems.push(...check(paged, `${place}: a connection takes first and after.`));
  }
  return problems;
}

function lintMutation(field: GraphQLField<unknown, unknown>): string[] {
  const place = `Mutation.${field.name}`;
  const problems: string[] = [];
  const [input, ...others] = field.args;
  if (input !== undefined && (input.name !== 'input' || others.length > 0)) {
    problems.push(`${place}: takes one argument named input.`);
  }
  if (input !== undefined && !isInputObjectType(getNamedType(input.type))) {
    problems.push(`${place}: its input is an input object.`);
  }
  const result = isNonNullType(field.type) ? field.type.ofType : field.type;
  if (!isUnionType(result) || result === field.type) {
    return [...problems, `${place}: answers a union that is never null.`];
  }
  const name = `${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}Result`;
  problems.push(...check(result.name === name, `${place}: its union is named ${name}.`));
  const [, ...failures] = result.getTypes();
  for (const failure of failures) {
    const implementsFailure = failure.getInterfaces().some((type) => type.name === 'Failure');
    problems.push(
      ...check(implementsFailure, `${result.name}: ${failure.name} does not implement Failure.`),
    );
  }
  return problems;
}

function lintName(place: string, name: string, description: string | null | undefined): string[] {
  return [
    ...describe(place, description),
    ...check(camelCase.test(name), `${place}: a name is in camelCase.`),
  ];
}

function describe(place: string, description: string | null | undefined): string[] {
  return check((description ?? '').trim() !== '', `${place}: has no description.`);
}

function check(passed: boolean, problem: string): string[] {
  return passed ? [] : [problem];
}

function isListOfNodes(type: GraphQLOutputType): boolean {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (!isListType(bare)) return false;
  const item = getNamedType(bare);
  if (!isObjectType(item) && !isInterfaceType(item)) return false;
  return item.name === 'Node' || item.getInterfaces().some((face) => face.name === 'Node');
}
