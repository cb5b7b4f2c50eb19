import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from '@nandax/app/ports/world.ts';
import { internalError } from './graphql-errors.ts';

/**
 * An error as a client may see it. Errors of the contract and of GraphQL itself keep their words and
 * code; whatever else was thrown is a defect: the log gets all of it, the client only that it was one.
 */
export function formatError(error: unknown, log: Log): GraphQLFormattedError {
  if (!(error instanceof GraphQLError)) return unexpected(error, log).toJSON();
  const { originalError } = error;
  const expected = originalError === undefined || originalError instanceof GraphQLError;
  const { message, extensions } = expected ? error : unexpected(originalError, log);
  const code = extensions['code'] ?? 'GRAPHQL_VALIDATION_FAILED';
  return {
    message,
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
    extensions: { ...extensions, code },
  };
}

function unexpected(error: unknown, log: Log): GraphQLError {
  log.error({ error }, 'a resolver failed');
  return internalError();
}
