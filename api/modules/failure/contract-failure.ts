import type { InvalidToken } from '@nandax/app/accounts/invalid-token.ts';
import type { SecondFactorNeeded } from '@nandax/app/brokers/needs-second-factor.ts';
import type { IllegalState, InvalidInput, NotFound } from '@nandax/app/failures.ts';
import type { InvalidFile } from '@nandax/app/market-data/import-history.ts';
import type { LoginFailure } from '@nandax/app/sessions/log-in.ts';
import type { ChallengeEnded, SecondFactorRefused } from '@nandax/app/second-factor/failures.ts';
import type { IdempotencyKeyReused } from '@nandax/app/orders/keyed-request.ts';
import type { ScopeMissing } from '@nandax/app/orders/trade-scope.ts';
import type { InvalidRefreshToken } from '@nandax/app/sessions/refresh-tokens.ts';
import type { TierLimitReached } from '@nandax/app/tiers/check-tier-limit.ts';
import type { InvalidRules } from '@nandax/app/strategies/strategy-input.ts';
import { forbiddenError } from '../../errors/graphql-errors.ts';
import { globalIdOf } from '../../relay/global-id.ts';
import { limitNames, limitWords } from '../tier/tier-limit.ts';

/** Every expected failure of a use-case that answers a mutation directly. */
export type DomainFailure =
  | NotFound
  | IllegalState
  | InvalidInput
  | LoginFailure
  | InvalidRefreshToken
  | InvalidToken
  | ChallengeEnded
  | SecondFactorRefused
  | SecondFactorNeeded
  | TierLimitReached
  | ScopeMissing
  | IdempotencyKeyReused
  | InvalidFile
  | InvalidRules;

type Table = {
  readonly [Kind in DomainFailure['kind']]: (
    failure: Extract<DomainFailure, { readonly kind: Kind }>,
  ) => { readonly __typename: string; readonly message: string };
};

/** The one table from domain failures to those of the contract. */
const table: Table = {
  NOT_FOUND: ({ entity, id }) => ({
    __typename: 'NotFound',
    message: `There is no such ${wordsOf(entity)}.`,
    id: globalIdOf(entity, id),
  }),
  ILLEGAL_STATE: ({ state, message }) => ({ __typename: 'IllegalState', message, state }),
  INVALID_INPUT: ({ field, message }) => ({ __typename: 'InvalidInput', message, field }),
  INVALID_CREDENTIALS: () => ({
    __typename: 'InvalidCredentials',
    message: 'Email or password is wrong, or the address was not confirmed yet.',
  }),
  TOO_MANY_ATTEMPTS: ({ retryAfterSeconds }) => ({
    __typename: 'TooManyAttempts',
    message: `Too many wrong attempts. Try again in ${retryAfterSeconds} seconds.`,
    retryAfterSeconds,
  }),
  ACCOUNT_SUSPENDED: () => ({
    __typename: 'AccountSuspended',
    message: 'This account was suspended. Ask whoever runs this installation.',
  }),
  ACCOUNT_DELETION_PENDING: ({ erasedAfter }) => ({
    __typename: 'AccountDeletionPending',
    message: `This account was deleted. It can be restored until ${erasedAfter.toISOString()}.`,
    erasedAfter,
  }),
  SECOND_FACTOR_REQUIRED: ({ secret, expiresAt, methods }) => ({
    __typename: 'SecondFactorRequired',
    message: 'Show your second factor next.',
    secret,
    expiresAt,
    methods,
  }),
  INVALID_REFRESH_TOKEN: () => ({
    __typename: 'InvalidRefreshToken',
    message: 'This refresh token is unknown, was used before, or has expired. Log in again.',
  }),
  CHALLENGE_ENDED: () => ({
    __typename: 'ChallengeEnded',
    message:
      'This step was finished, took too long, or was answered wrongly too often. Begin again.',
  }),
  SECOND_FACTOR_REFUSED: ({ attemptsLeft }) => ({
    __typename: 'SecondFactorRefused',
    message: 'That is not right, or it was used already.',
    attemptsLeft,
  }),
  SECOND_FACTOR_NEEDED: ({ isSetUp }) => ({
    __typename: 'SecondFactorNeeded',
    message: isSetUp
      ? 'Log in again with your second factor to use a live broker.'
      : 'Set up a second factor to use a live broker.',
    isSetUp,
  }),
  TIER_LIMIT_REACHED: ({ limit, tier, allowed, asked }) => ({
    __typename: 'TierLimitReached',
    message: `Your tier ${tier} allows ${allowed} ${limitWords[limit]}; this would make ${asked}.`,
    limit: limitNames[limit],
    tier,
    allowed,
    asked,
  }),
  SCOPE_MISSING: ({ scope }) => {
    throw forbiddenError(`This API key lacks the scope ${scope}.`, [scope]);
  },
  IDEMPOTENCY_KEY_REUSED: ({ idempotencyKey }) => ({
    __typename: 'IdempotencyKeyReused',
    message: 'This idempotency key already stands for another request.',
    idempotencyKey,
  }),
  INVALID_TOKEN: () => ({
    __typename: 'InvalidToken',
    message: 'This link is used up, has expired or was replaced. Ask for another letter.',
  }),
  INVALID_FILE: ({ fileName, failures }) => ({
    __typename: 'InvalidFile',
    message: `${fileName} cannot be read; nothing was imported.`,
    fileName,
    errors: failures.map(({ expected, ...cell }) => ({
      ...cell,
      message: `Expected ${expected}, found ${cell.value === '' ? 'nothing' : `"${cell.value}"`}.`,
    })),
  }),
  INVALID_RULES: ({ errors }) => ({
    __typename: 'InvalidRules',
    message: 'The rules cannot be read.',
    errors,
  }),
};

/** A domain failure as the contract shows it. */
export function contractFailure(failure: DomainFailure) {
  const write = table[failure.kind] as (failure: DomainFailure) => ReturnType<Table['NOT_FOUND']>;
  return write(failure);
}

/** `ReplaySession` as `replay session`. */
function wordsOf(entity: string): string {
  return entity.replace(/(?<=[a-z])[A-Z]/g, ' $&').toLowerCase();
}
