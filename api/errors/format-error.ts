import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from '@nandax/app/ports/world.ts';
import { internalError } from './graphql-errors.ts';

/** An error as a client may see it. */
export type FormatError = (error: unknown) => GraphQLFormattedError;

/** What GraphQL adds to its errors to help with a slip of the pen: it names what the schema has. */
const suggestion = / Did you mean [^?]*\?/g;

/**
 * How errors are shown. Errors of the contract and of GraphQL itself keep their words and code;
 * whatever else was thrown is a defect: the log gets all of it, the client only that it was one.
 * `hideSuggestions` leaves out names that the schema has in place of a wrong one.
 */
export function errorFormat(options: {
  readonly log: Log;
  readonly hideSuggestions: boolean;
}): FormatError {
  return (error) => {
    if (!(error instanceof GraphQLError)) return unexpected(error, options.log).toJSON();
    const { originalError } = error;
    const expected = originalError === undefined || originalError instanceof GraphQLError;
    const shown = expected ? error : unexpected(originalError, options.log);
    const { message } = shown;
    // `http` is what the server is to answer with, not what a client is to read.
    const { http: _, ...extensions } = shown.extensions;
    const code = extensions['code'] ?? 'GRAPHQL_VALIDATION_FAILED';
    return {
      message: options.hideSuggestions ? message.replace(suggestion, '') : message,
      ...(error.locations === undefined ? {} : { locations: error.locations }),
      ...(error.path === undefined ? {} : { path: error.path }),
      extensions: { ...extensions, code },
    };
  };
}

function unexpected(error: unknown, log: Log): GraphQLError {
  log.error({ error }, 'a resolver failed');
  return internalError();
}
