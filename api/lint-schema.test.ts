import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from './schema.ts';
import { lintSchema } from './lint-schema.ts';

/** A small contract that keeps every rule. */
const sound = `
"""Reads."""
type Query {
  """Things."""
  things(
    """How many."""
    first: Int
    """Behind which."""
    after: String
  ): ThingConnection!
}
"""Has an id."""
interface Node {
  """Its id."""
  id: ID!
}
"""Why not."""
interface Failure {
  """In words."""
  message: String!
}
"""A thing."""
type Thing implements Node {
  """Its id."""
  id: ID!
  """Its colour."""
  colour: Colour!
}
"""Colours."""
enum Colour {
  """Like blood."""
  BLOOD_RED
}
"""A page."""
type ThingConnection {
  """The page."""
  nodes: [Thing!]!
}
"""Not there."""
type NotFound implements Failure {
  """In words."""
  message: String!
}
"""What to paint."""
input PaintInput {
  """Which."""
  id: ID!
}
"""The thing, or why not."""
union PaintResult = Thing | NotFound
"""Does."""
type Mutation {
  """Paints."""
  paint(
    """What."""
    input: PaintInput!
  ): PaintResult!
}
`;

function problemsAfter(from: string, to: string): string[] {
  expect(sound).toContain(from);
  return lintSchema(buildSchema(sound.replace(from, to)));
}

test('the contract keeps its own rules', async () => {
  expect(lintSchema(await createSchema())).toEqual([]);
  expect(lintSchema(buildSchema(sound))).toEqual([]);
});

test.each([
  ['a field without a description', '"""Its colour."""', '', 'Thing.colour: has no description.'],
  ['an argument without one', '"""How many."""', '', 'Query.things(first): has no description.'],
  ['an enum value without one', '"""Like blood."""', '', 'Colour.BLOOD_RED: has no description.'],
  ['an input field without one', '"""Which."""', '', 'PaintInput.id: has no description.'],
  ['a type without one', '"""Colours."""', '', 'Colour: has no description.'],
  [
    'a field that is not in camelCase',
    'colour: Colour!',
    'the_colour: Colour!',
    'Thing.the_colour: a name is in camelCase.',
  ],
  [
    'an enum value that is not in UPPER_CASE',
    'BLOOD_RED',
    'bloodRed',
    'Colour.bloodRed: an enum value is in UPPER_CASE.',
  ],
  [
    'a mutation that answers no union',
    '): PaintResult!',
    '): Thing!',
    'Mutation.paint: answers a union that is never null.',
  ],
  [
    'a mutation that may answer null',
    '): PaintResult!',
    '): PaintResult',
    'Mutation.paint: answers a union that is never null.',
  ],
  [
    'a mutation whose argument is not its input',
    'input: PaintInput!',
    'what: PaintInput!',
    'Mutation.paint: takes one argument named input.',
  ],
  [
    'a mutation whose input is no object',
    'input: PaintInput!',
    'input: ID!',
    'Mutation.paint: its input is an input object.',
  ],
  [
    'a failure that is none',
    'type NotFound implements Failure {',
    'type NotFound {',
    'PaintResult: NotFound does not implement Failure.',
  ],
  [
    'a list of objects that is no connection',
    '): ThingConnection!',
    '): [Thing!]!',
    'Query.things: an unbounded list of objects is a connection.',
  ],
  [
    'a connection that takes no page',
    `    """Behind which."""
    after: String
`,
    '',
    'Query.things: a connection takes first and after.',
  ],
])('%s is caught', (_, from, to, problem) => {
  expect(problemsAfter(from, to)).toContain(problem);
});
