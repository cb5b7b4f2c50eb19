import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { illegalState, type IllegalState } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { TooManyAttempts } from '../sessions/log-in.ts';
import { publishChange, recordChange } from './change-second-factor.ts';
import { CodeThrottle, type CodeThrottlePorts } from './code-throttle.ts';
import { codeRefused, type SecondFactorRefused } from './failures.ts';
import { plainCode, totpPlace, type CodePorts } from './prove-code.ts';
import { renewCodes } from './recovery-codes.ts';

/** Codes for the day the other factor is lost. They are shown once. */
export interface NewRecoveryCodes {
  readonly userId: string;
  readonly codes: readonly string[];
}

export type ConfirmTotpFailure = SecondFactorRefused | TooManyAttempts | IllegalState;

/**
 * Finishes the setting up of an authenticator app with a code of it. From now on logins ask for one;
 * the session that did it has shown it.
 */
export async function confirmTotp(
  ports: AccountPorts & CodePorts & CodeThrottlePorts,
  { actor, code }: { readonly actor: UserActor; readonly code: string },
): Promise<Result<NewRecoveryCodes, ConfirmTotpFailure>> {
  const { accounts, clock, ids, sealer, totp } = ports;
  const { userId } = actor;
  const throttle = new CodeThrottle(ports, userId);
  const retryAfterSeconds = await throttle.begin();
  if (retryAfterSeconds > 0) return fail({ kind: 'TOO_MANY_ATTEMPTS', retryAfterSeconds });

  const now = clock.now();
  const confirmed = await accounts.transaction(
    async (rows): Promise<Result<readonly string[], ConfirmTotpFailure>> => {
      const account = await rows.accounts.lockUser(userId);
      if (account === null) return fail(codeRefused);
      const kept = await rows.secondFactors.lockTotp(userId);
      if (kept === null) return fail(illegalState('NOT_BEGUN', 'Begin the enrolment first.'));
      if (kept.confirmedAt !== null) {
        return fail(illegalState('ENABLED', 'The authenticator app is set up already.'));
      }
      const secret = sealer.open(kept.sealedSecret, totpPlace(userId));
      const step = await totp.matchingStep(secret, plainCode(code), now, null);
      if (step === null) return fail(codeRefused);
      await rows.secondFactors.confirmTotp(userId, step, now);
      const codes = await renewCodes(rows, ids, userId, now);
      await rows.sessions.markSecondFactor(actor.sessionId);
      await recordChange(ports, rows, account, actor, 'TOTP_ENABLED', now);
      return succeed(codes);
    },
  );
  if (!confirmed.ok) return confirmed;
  await throttle.succeeded();
  await publishChange(ports, userId);
  return succeed({ userId, codes: confirmed.value });
}
