import { buildSchema, graphqlSync, GraphQLError, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import type { Log } from '@nandax/app/ports/world.ts';
import { errorFormat } from './format-error.ts';
import { notFoundError } from './graphql-errors.ts';

const logged: object[] = [];
const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields) => logged.push(fields),
  child: () => log,
};
const schema = buildSchema(`
  enum Colour { AMBER }
  input Shape { colour: Colour }
  type Query { secretName(shape: Shape): String }
`);

function messages(hideSuggestions: boolean): string[] {
  const format = errorFormat({ log, hideSuggestions });
  const invalid = validate(schema, parse('{ secretNam(shape: { color: AMBAR }) }'));
  const coerced = graphqlSync({
    schema,
    source: 'query ($shape: Shape) { secretName(shape: $shape) }',
    variableValues: { shape: { color: 'AMBAR', colour: 'AMBRE' } },
  });
  return [...invalid, ...(coerced.errors ?? [])].map((error) => format(error).message);
}

test('names that the schema has are suggested, and in production they are not', () => {
  const helpful = messages(false).join('\n');
  for (const name of ['secretName', 'AMBER', 'colour']) {
    expect(helpful).toContain(`Did you mean`);
    expect(helpful).toContain(`"${name}"`);
  }
  const silent = messages(true);
  expect(silent).toHaveLength(messages(false).length);
  expect(silent[0]).toBe('Cannot query field "secretNam" on type "Query".');
  for (const message of silent) expect(message).not.toMatch(/Did you mean|secretName|AMBER/);
});

test('an error of the contract keeps its words, a defect tells only the log what it was', () => {
  const format = errorFormat({ log, hideSuggestions: true });
  expect(format(notFoundError())).toEqual({
    message: 'There is no such object.',
    extensions: { code: 'NOT_FOUND' },
  });
  const defect = new Error('password=hunter2');
  for (const thrown of [defect, new GraphQLError('x', { originalError: defect })]) {
    const shown = format(thrown);
    expect(JSON.stringify(shown)).not.toContain('hunter2');
    expect(shown.extensions?.['code']).toBe('INTERNAL_SERVER_ERROR');
    expect(logged.pop()).toEqual({ error: defect });
  }
});

test('what the server is to answer with is not told to the client', () => {
  const format = errorFormat({ log, hideSuggestions: true });
  const extensions = { code: 'BAD_USER_INPUT', http: { status: 400, headers: new Map() } };
  expect(format(new GraphQLError('No.', { extensions })).extensions).toEqual({
    code: 'BAD_USER_INPUT',
  });
});
