import { GraphQLError } from 'graphql';
import type { ApiScope } from '@nandax/app/ports/api-keys.ts';
import type { Refusal } from '../door/credentials.ts';

/** The codes a client may find in `extensions.code`. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'RATE_LIMITED'
  | 'TOO_MANY_SUBSCRIPTIONS'
  | 'DOCUMENT_TOO_LARGE'
  | 'OPERATION_TIMEOUT'
  | 'RESUME_POSITION_EXPIRED'
  | 'INTERNAL_SERVER_ERROR';

function coded(
  code: ErrorCode,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...more } });
}

const refusalWords: { readonly [R in Refusal]: string } = {
  EXPIRED: 'Your access token has expired; refresh it.',
  REVOKED: 'Your session or key is unknown or has ended; log in again.',
  ADDRESS_NOT_ALLOWED: 'This API key may not be used from your address.',
};

/** Nobody is logged in; `reason` says why a credential that was sent does not count. */
export function unauthenticatedError(refusal: Refusal | null = null): GraphQLError {
  return refusal === null
    ? coded('UNAUTHENTICATED', 'Log in first.')
    : coded('UNAUTHENTICATED', refusalWords[refusal], { reason: refusal });
}

/** Whoever asks is known and may not; `scopes`: any one of them would open it to an API key. */
export function forbiddenError(message: string, scopes: readonly ApiScope[]): GraphQLError {
  return coded('FORBIDDEN', message, scopes.length === 0 ? {} : { scopes });
}

/** Too many of something in too short a time. */
export function rateLimitedError(message: string, retryAfterSeconds: number): GraphQLError {
  return coded('RATE_LIMITED', message, { retryAfterSeconds });
}

/** More subscriptions at once than one caller may have; others have to end first. */
export function tooManySubscriptionsError(limit: number): GraphQLError {
  return coded('TOO_MANY_SUBSCRIPTIONS', `You may have ${limit} subscriptions at once.`, { limit });
}

/** A document asks for too much; the numbers say what of. */
export function documentTooLargeError(what: string, limit: number, actual: number): GraphQLError {
  return coded('DOCUMENT_TOO_LARGE', `The document has ${what} ${actual}; ${limit} is the most.`, {
    what,
    limit,
    actual,
  });
}

/** An operation took longer than it may. What a mutation had begun may still come to pass. */
export function operationTimeoutError(seconds: number): GraphQLError {
  return coded('OPERATION_TIMEOUT', `The operation took longer than ${seconds} seconds.`);
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
