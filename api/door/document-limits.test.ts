import { readdirSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  getIntrospectionQuery,
  GraphQLError,
  Kind,
  parse,
  print,
  visit,
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
} from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSchema } from '../schema.ts';
import { documentLimits, readDocument } from './document-limits.ts';
import { measureDocument } from './measure-document.ts';

/** A small world: pages of things, and things within things. */
const small = buildSchema(`
  type Query {
    thing: Thing
    things(first: Int! = 20, after: String): ThingConnection!
    candles: [Candle!]!
    tags: [Tag!]!
    previewOrder: Thing
  }
  type ThingConnection { nodes: [Thing!]! edges: [ThingEdge!]! totalCount: Int! }
  type ThingEdge { node: Thing! cursor: String! }
  type Thing { name(text: String): String parts(first: Int! = 20): ThingConnection! thing: Thing curve(maxPoints: Int! = 500): [Candle!]! }
  type Candle { open: Int close: Int }
  type Tag { name: String }
`);

const measure = (text: string, variables = {}) => measureDocument(small, parse(text), variables);

/** The error that a document is refused with. */
function refusal(query: string, variables?: Record<string, unknown>, schema = small): unknown {
  try {
    readDocument(schema, { query, variables });
  } catch (error) {
    if (error instanceof GraphQLError) return error.extensions;
    throw error;
  }
  return null;
}

describe('the measure of a document', () => {
  test('counts depth, fields, aliases, directives and root fields, fragments written out', () => {
    const text = `query @a { one: thing { ...name @b thing { ...name } } other: thing { name } __typename }
      fragment name on Thing { called: name ... on Thing @c { name } }`;
    expect(measure(text)).toEqual({
      depth: 3,
      cost: 9,
      fields: 9,
      rootFields: 3,
      aliases: 4,
      directives: 4,
    });
  });

  test('a page costs its fields as often as it may have entries, and pages within pages multiply', () => {
    // things, and ten times nodes with a name and a page of five nodes with a name.
    const text = '{ things(first: 10) { nodes { name parts(first: 5) { nodes { name } } } } }';
    expect(measure(text).cost).toBe(1 + 10 * (1 + 1 + 1 + 5 * 2));
  });

  test('the size of a page is read from variables, their defaults, and the argument’s own', () => {
    const text = 'query ($first: Int = 7) { things(first: $first) { totalCount } }';
    expect(measure(text, { first: 100 }).cost).toBe(101);
    expect(measure(text).cost).toBe(8);
    expect(measure('{ things { totalCount } }').cost).toBe(21);
    expect(measure('{ things(first: "many") { totalCount } }').cost).toBe(21);
    expect(measure('{ things(first: -5) { totalCount } }').cost).toBe(2);
  });

  test('lists without a size of their own count by what they hold', () => {
    expect(measure('{ candles { open close } }').cost).toBe(1 + 5_000 * 2);
    expect(measure('{ tags { name } }').cost).toBe(1 + 10);
    expect(measure('{ thing { curve(maxPoints: 50) { open } } }').cost).toBe(2 + 50);
  });

  test('a preview costs what its reads cost, and not only what it answers', () => {
    expect(measure('{ previewOrder { name } }').cost).toBe(1 + 500 + 1);
    expect(measure('{ one: previewOrder { name } other: previewOrder { name } }').cost).toBe(1_004);
  });

  test('a fragment bomb is measured in the time of its text, and its numbers stay numbers', () => {
    const bomb = Array.from(
      { length: 200 },
      (_, at) => `fragment f${at} on Thing { thing { ...f${at + 1} ...f${at + 1} } }`,
    );
    const text = `{ thing { ...f0 } } ${bomb.join('\n')} fragment f200 on Thing { name }`;
    expect(measure(text).fields).toBe(Number.MAX_SAFE_INTEGER);
    expect(measure(text).depth).toBe(202);
  });

  test('fragments within themselves end, and unknown names count as fields', () => {
    const text = `{ thing { ...a } nothing { of { ours } } ...gone }
      fragment a on Thing { name ...b } fragment b on Thing { ...a thing { ...b } }`;
    expect(measure(text)).toMatchObject({ depth: 3, fields: 6 });
  });
});

describe('the limits of a document', () => {
  const many = (count: number, text: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => text(at)).join(' ');

  test.each([
    ['depth', `{ ${'thing { '.repeat(20)} name ${'} '.repeat(20)} }`, 21],
    [
      'cost',
      '{ things(first: 200) { nodes { parts(first: 200) { totalCount nodes { name } } } } }',
      120_401,
    ],
    ['rootFields', `{ ${many(21, () => 'thing { name }')} }`, 21],
    ['aliases', `{ thing { ${many(51, (at) => `a${at}: name`)} } }`, 51],
    ['directives', `{ thing { name ${'@include(if: true) '.repeat(51)} } }`, 51],
    ['fields', `{ thing { ${many(1_200, () => 'name')} } }`, 1_201],
    ['tokens', `{ ${many(3_600, () => 'thing')} }`, 3_601],
  ] as const)('a document with too much %s is refused with the numbers', (what, text, actual) => {
    expect(refusal(text)).toEqual({
      code: 'DOCUMENT_TOO_LARGE',
      what,
      limit: documentLimits[what],
      actual,
    });
  });

  test('what is no GraphQL is told so, and where', () => {
    expect(refusal('{ thing {')).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
  });

  test('U+0000 is refused in literals and variables, however deep, and keys', () => {
    const refused = { code: 'BAD_USER_INPUT' };
    expect(refusal(String.raw`{ thing { name(text: "a\u0000b") } }`)).toEqual(refused);
    expect(refusal('{ thing { name } }', { input: { names: ['a', 'b\0'] } })).toEqual(refused);
    expect(refusal('{ thing { name } }', { ['a\0']: 1 })).toEqual(refused);
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(refusal('{ thing { name } }', { deep })).toBeNull();
    // Two characters that only spell it.
    expect(refusal('{ thing { name } }', { text: String.raw`\u0000` })).toBeNull();
  });
});

describe('what we send ourselves', () => {
  let contract: GraphQLSchema;
  beforeAll(async () => {
    contract = await createSchema();
  });

  function usedOf(document: DocumentNode, variables: Record<string, unknown> = {}) {
    readDocument(contract, { query: print(document), variables });
    const measures = Object.entries(measureDocument(contract, document, variables));
    return Math.max(
      ...measures.map(([what, used]) => used / documentLimits[what as keyof typeof documentLimits]),
    );
  }

  const documents = webDocuments();
  test.each(documents)('the web’s document %s passes with room', (_name, document) => {
    expect(usedOf(document, { first: 50 })).toBeLessThan(0.5);
  });

  test('a document of previews alone is refused before it has read everything twenty times', () => {
    const input = '{ portfolioId: "p", legs: [] }';
    const baskets = (count: number) =>
      Array.from(
        { length: count },
        (_, at) => `b${at}: previewBasket(input: ${input}) { __typename }`,
      ).join(' ');
    expect(refusal(`{ ${baskets(14)} }`, undefined, contract)).toBeNull();
    expect(refusal(`{ ${baskets(15)} }`, undefined, contract)).toMatchObject({ what: 'cost' });
  });

  test('there are such documents', () => {
    expect(documents.length).toBeGreaterThan(30);
  });

  test('the question with which an explorer learns the contract passes with room', () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      directiveIsRepeatable: true,
      specifiedByUrl: true,
      oneOf: true,
    });
    expect(usedOf(parse(query))).toBeLessThanOrEqual(0.75);
  });
});

/** Every operation of the web with the fragments it uses, as its client sends it. */
function webDocuments(): [name: string, document: DocumentNode][] {
  const folder = new URL('../../web/app/', import.meta.url);
  const text = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.graphql'))
    .map((path) => readFileSync(new URL(path, folder), 'utf8'))
    .join('\n');
  const { definitions } = parse(text);
  const fragments = new Map(
    definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  return definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => {
      const used = new Set<FragmentDefinitionNode>();
      const gather = (node: ASTNode) =>
        visit(node, {
          FragmentSpread({ name }) {
            const fragment = fragments.get(name.value);
            if (fragment === undefined) throw new Error(`The web has no fragment ${name.value}.`);
            if (used.has(fragment)) return;
            used.add(fragment);
            gather(fragment);
          },
        });
      gather(operation);
      return [
        operation.name?.value ?? '',
        { kind: Kind.DOCUMENT, definitions: [operation, ...used] },
      ];
    });
}
