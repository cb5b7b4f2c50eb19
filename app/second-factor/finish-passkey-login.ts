import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { installationChain } from '../ports/audit.ts';
import { closedAccount } from '../sessions/log-in.ts';
import type { AccountDeletionPending, AccountSuspended } from '../sessions/log-in.ts';
import {
  openSession,
  type LoggedIn,
  type LoginOrigin,
  type SessionPorts,
} from '../sessions/open-session.ts';
import { lockOpenChallenge, refuseAnswer } from './challenges.ts';
import { challengeEnded, type ChallengeEnded, type SecondFactorRefused } from './failures.ts';
import {
  assertedPasskey,
  usePasskey,
  type AssertedPasskey,
  type PasskeyPorts,
} from './prove-passkey.ts';

export interface FinishPasskeyLoginInput extends LoginOrigin {
  /** Of the login that was begun. */
  readonly secret: string;
  /** The response of the browser's `navigator.credentials.get`, as JSON. */
  readonly response: object;
}

export type FinishPasskeyLoginFailure =
  ChallengeEnded | SecondFactorRefused | AccountSuspended | AccountDeletionPending;

type FinishPasskeyLoginPorts = SessionPorts & PasskeyPorts;

/**
 * Logs in whoever holds the passkey. It is both factors: something they have, and the face, finger or
 * number by which the authenticator knew them.
 */
export async function finishPasskeyLogin(
  ports: FinishPasskeyLoginPorts,
  input: FinishPasskeyLoginInput,
): Promise<Result<LoggedIn, FinishPasskeyLoginFailure>> {
  const { accounts, bus } = ports;
  const { secret } = input;
  const asserted = await whoAnswers(ports, input);
  if (!asserted.ok) {
    await bus.publish('audit', {});
    return asserted;
  }
  const { userId } = asserted.value.passkey;

  const verdict: { failure: FinishPasskeyLoginFailure | null } = { failure: null };
  const opened = await openSession(ports, { id: userId }, input, {
    secondFactor: true,
    method: 'PASSKEY',
    async onlyIf(rows, now) {
      const challenge = await lockOpenChallenge(rows, secret, 'PASSKEY_LOGIN', now);
      if (challenge === null) {
        verdict.failure = challengeEnded;
        return false;
      }
      await rows.secondFactors.removeChallenge(challenge.id);
      const used = await usePasskey(ports, rows, asserted.value, input, now);
      if (!used) verdict.failure = { kind: 'SECOND_FACTOR_REFUSED', attemptsLeft: 0 };
      return used;
    },
  });
  if (opened !== null) return succeed(opened);
  if (verdict.failure !== null) {
    await Promise.all([bus.publish('audit', {}), bus.publish('letters', {})]);
    return fail(verdict.failure);
  }
  const account = await accounts.findById(userId);
  const closed = account === null ? null : closedAccount(ports, account);
  return fail(closed ?? { kind: 'ACCOUNT_SUSPENDED' });
}

/** The passkey that answers validly, before anything is said of the account it belongs to. */
function whoAnswers(
  ports: FinishPasskeyLoginPorts,
  { secret, response, ipAddress, userAgent }: FinishPasskeyLoginInput,
): Promise<Result<AssertedPasskey, ChallengeEnded | SecondFactorRefused>> {
  const now = ports.clock.now();
  return ports.accounts.transaction(async (rows) => {
    const challenge = await lockOpenChallenge(rows, secret, 'PASSKEY_LOGIN', now);
    if (challenge === null) return fail(challengeEnded);
    const asserted = await assertedPasskey(ports, rows, challenge, response, null);
    if (asserted !== null) return succeed(asserted);
    const refused = await refuseAnswer(rows, challenge);
    await rows.audit.append(
      [
        {
          chain: installationChain,
          action: 'LOGIN_FAILED',
          actor: { kind: 'STRANGER', ipAddress, userAgent },
          after: { method: 'PASSKEY' },
        },
      ],
      now,
    );
    return fail(refused);
  });
}
