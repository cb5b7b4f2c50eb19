import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { recoveryCodeUsedLetter } from '../mail/second-factor-letters.ts';
import type { AccountTransaction } from '../ports/accounts.ts';
import type { ChallengeRecord, SecondFactorMethod } from '../ports/second-factor.ts';
import { closedAccount } from '../sessions/log-in.ts';
import type {
  AccountDeletionPending,
  AccountSuspended,
  TooManyAttempts,
} from '../sessions/log-in.ts';
import {
  openSession,
  type LoggedIn,
  type LoginOrigin,
  type SessionPorts,
} from '../sessions/open-session.ts';
import { lockOpenChallenge, refuseAnswer } from './challenges.ts';
import { CodeThrottle, type CodeThrottlePorts } from './code-throttle.ts';
import { challengeEnded, type ChallengeEnded, type SecondFactorRefused } from './failures.ts';
import { proveRecoveryCode, proveTotp, type CodePorts } from './prove-code.ts';
import { assertedPasskey, usePasskey, type PasskeyPorts } from './prove-passkey.ts';

/** How a second factor is shown. */
export type SecondFactorAnswer =
  | { readonly method: 'TOTP' | 'RECOVERY_CODE'; readonly code: string }
  /** The response of the browser's `navigator.credentials.get`, as JSON. */
  | { readonly method: 'PASSKEY'; readonly response: object };

export interface CompleteLoginInput extends LoginOrigin {
  /** Of the challenge that the login answered. */
  readonly secret: string;
  readonly answer: SecondFactorAnswer;
}

export type CompleteLoginFailure =
  | ChallengeEnded
  | SecondFactorRefused
  | TooManyAttempts
  | AccountSuspended
  | AccountDeletionPending;

export type CompleteLoginPorts = SessionPorts & CodePorts & CodeThrottlePorts & PasskeyPorts;

/** As the audit trail names the login. */
const loginMethods: { readonly [M in SecondFactorMethod]: string } = {
  TOTP: 'PASSWORD_AND_TOTP',
  RECOVERY_CODE: 'PASSWORD_AND_RECOVERY_CODE',
  PASSKEY: 'PASSWORD_AND_PASSKEY',
};

/** The second step of a login: opens the session once a second factor is shown. */
export async function completeLogin(
  ports: CompleteLoginPorts,
  input: CompleteLoginInput,
): Promise<Result<LoggedIn, CompleteLoginFailure>> {
  const { accounts, clock, bus } = ports;
  const { secret, answer } = input;
  const begun = await accounts.transaction((rows) =>
    lockOpenChallenge(rows, secret, 'SECOND_FACTOR', clock.now()),
  );
  if (begun === null || begun.userId === null) return fail(challengeEnded);
  const { userId } = begun;
  const throttle = answer.method === 'TOTP' ? new CodeThrottle(ports, userId) : null;
  const retryAfterSeconds = (await throttle?.begin()) ?? 0;
  if (retryAfterSeconds > 0) return fail({ kind: 'TOO_MANY_ATTEMPTS', retryAfterSeconds });

  const verdict: { failure: CompleteLoginFailure | null } = { failure: null };
  const opened = await openSession(ports, { id: userId }, input, {
    secondFactor: true,
    method: loginMethods[answer.method],
    async onlyIf(rows, now) {
      verdict.failure = await answerChallenge(ports, rows, userId, input, now);
      return verdict.failure === null;
    },
  });
  if (opened !== null) {
    await throttle?.succeeded();
    return succeed(opened);
  }
  if (verdict.failure !== null) {
    await Promise.all([bus.publish('audit', {}), bus.publish('letters', {})]);
    return fail(verdict.failure);
  }
  const account = await accounts.findById(userId);
  const closed = account === null ? null : closedAccount(ports, account);
  return fail(closed ?? { kind: 'ACCOUNT_SUSPENDED' });
}

/** Uses up the challenge with the right answer; a wrong one is counted and written down. */
async function answerChallenge(
  ports: CompleteLoginPorts,
  rows: AccountTransaction,
  userId: string,
  input: CompleteLoginInput,
  now: Date,
): Promise<ChallengeEnded | SecondFactorRefused | null> {
  const { secret, answer, ipAddress, userAgent } = input;
  const challenge = await lockOpenChallenge(rows, secret, 'SECOND_FACTOR', now);
  if (challenge === null) return challengeEnded;
  if (await isRight(ports, rows, { ...challenge, userId }, input, now)) {
    await rows.secondFactors.removeChallenge(challenge.id);
    return null;
  }
  const refused = await refuseAnswer(rows, challenge);
  await rows.audit.append(
    [
      {
        chain: userId,
        action: 'LOGIN_FAILED',
        actor: { kind: 'STRANGER', ipAddress, userAgent },
        after: { method: answer.method },
      },
    ],
    now,
  );
  return refused;
}

async function isRight(
  ports: CompleteLoginPorts,
  rows: AccountTransaction,
  challenge: ChallengeRecord & { readonly userId: string },
  input: CompleteLoginInput,
  now: Date,
): Promise<boolean> {
  const { answer } = input;
  const { userId } = challenge;
  switch (answer.method) {
    case 'TOTP':
      return proveTotp(ports, rows, userId, answer.code, now);
    case 'RECOVERY_CODE': {
      const spent = await proveRecoveryCode(rows, userId, answer.code, now);
      if (spent) await tellOfRecoveryCode(ports, rows, userId, input, now);
      return spent;
    }
    case 'PASSKEY': {
      const asserted = await assertedPasskey(ports, rows, challenge, answer.response, userId);
      return asserted !== null && usePasskey(ports, rows, asserted, input, now);
    }
  }
}

async function tellOfRecoveryCode(
  { settings }: Pick<CompleteLoginPorts, 'settings'>,
  rows: AccountTransaction,
  userId: string,
  { ipAddress, userAgent }: LoginOrigin,
  now: Date,
): Promise<void> {
  const account = await rows.accounts.lockUser(userId);
  const left = await rows.secondFactors.countRecoveryCodes(userId);
  if (account !== null) {
    const origin = { ipAddress, userAgent };
    const letter = recoveryCodeUsedLetter(settings, account, origin, left, now);
    await rows.letters.insert({ userId, ...letter }, now);
  }
  await rows.audit.append(
    [
      {
        chain: userId,
        action: 'RECOVERY_CODE_USED',
        actor: { kind: 'STRANGER', ipAddress, userAgent },
        after: { codesLeft: left },
      },
    ],
    now,
  );
}
