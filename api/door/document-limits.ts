import {
  GraphQLError,
  Lexer,
  parse,
  Source,
  TokenKind,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { badInputError, documentTooLargeError } from '../errors/graphql-errors.ts';
import { measureDocument, type OperationMeasures } from './measure-document.ts';

const measureNames = ['depth', 'cost', 'fields', 'rootFields', 'aliases', 'directives'] as const;

/** How much one document may ask for. The web's largest stays below half of each. */
export const documentLimits: Readonly<Record<keyof OperationMeasures | 'tokens', number>> = {
  tokens: 3_600,
  depth: 20,
  cost: 75_000,
  fields: 1_200,
  rootFields: 20,
  aliases: 50,
  directives: 50,
};

/** An operation as a client sends it, over HTTP or WebSocket. */
export interface OperationRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * Reads a document and checks it before GraphQL's own validation, whose time a large document would
 * already spend. @throws GraphQLError: DOCUMENT_TOO_LARGE with the numbers, BAD_USER_INPUT for text
 * that cannot be kept, GRAPHQL_PARSE_FAILED for what is no GraphQL.
 */
export function readDocument(
  schema: GraphQLSchema,
  { query, variables }: OperationRequest,
): DocumentNode {
  const source = new Source(query);
  let document: DocumentNode;
  try {
    checkTokens(source);
    document = parse(source, { maxTokens: documentLimits.tokens });
  } catch (error) {
    throw withCode(error);
  }
  refuseNulWithin(variables);
  const measures = measureDocument(schema, document, variables ?? {});
  for (const what of measureNames) {
    const [limit, actual] = [documentLimits[what], measures[what]];
    if (actual > limit) throw documentTooLargeError(what, limit, actual);
  }
  return document;
}

/** Reads a document's words without building anything of them. */
function checkTokens(source: Source): void {
  const lexer = new Lexer(source);
  let count = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    count += 1;
    if (count > documentLimits.tokens) {
      throw documentTooLargeError('tokens', documentLimits.tokens, count);
    }
    refuseNul(token.value);
  }
}

/** PostgreSQL keeps no text with U+0000 in it; no name, id or rule of ours has a use for one. */
function refuseNul(text: unknown): void {
  if (typeof text === 'string' && text.includes('\0')) {
    throw badInputError('Text may not hold the character U+0000.');
  }
}

/** Looks through all of a JSON value, however deep: the stack is a list and not the machine's. */
function refuseNulWithin(value: unknown): void {
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    refuseNul(next);
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, inner] of Object.entries(next)) {
      refuseNul(key);
      left.push(inner);
    }
  }
}

function withCode(error: unknown): unknown {
  if (!(error instanceof GraphQLError) || error.extensions['code'] !== undefined) return error;
  const { message, source, positions } = error;
  return new GraphQLError(message, {
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code: 'GRAPHQL_PARSE_FAILED' },
  });
}
