import { GraphQLError } from 'graphql';

/** The codes a client may find in `extensions.code`. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'RESUME_POSITION_EXPIRED'
  | 'INTERNAL_SERVER_ERROR';

function coded(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** Nobody is logged in. */
export function unauthenticatedError(): GraphQLError {
  return coded('UNAUTHENTICATED', 'Log in first.');
}

/** There is no such object, or it is someone else's; the two are never told apart. */
export function notFoundError(): GraphQLError {
  return coded('NOT_FOUND', 'There is no such object.');
}

/** An argument has a value it cannot have. */
export function badInputError(message: string): GraphQLError {
  return coded('BAD_USER_INPUT', message);
}

/** A defect or a broken part; the log knows more, the client does not. */
export function internalError(): GraphQLError {
  return coded('INTERNAL_SERVER_ERROR', 'Something went wrong on our side. It has been logged.');
}

/** Events behind `after` are no longer kept, or were never written: the client reads its screens anew. */
export class ResumePositionExpired extends GraphQLError {
  constructor(after: bigint, first: bigint, last: bigint) {
    super(
      `The log holds events ${first} to ${last}; it cannot go on after ${after}. Read the state anew and subscribe without a position.`,
      { extensions: { code: 'RESUME_POSITION_EXPIRED' satisfies ErrorCode } },
    );
    this.name = 'ResumePositionExpired';
  }
}
