import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { illegalState, type IllegalState } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { Passkeys } from '../ports/passkeys.ts';
import type { PasskeyRecord } from '../ports/second-factor.ts';
import { lockOpenChallenge, mintWebAuthnChallenge } from './challenges.ts';
import { challengeEnded, type ChallengeEnded } from './failures.ts';

/** What a browser asks an authenticator, and by which secret the answer is handed in. */
export interface PasskeyQuestion {
  readonly secret: string;
  readonly expiresAt: Date;
  /** For `navigator.credentials`, as JSON. */
  readonly options: object;
}

/** Lets a login that waits for its second factor be finished with one of the user's passkeys. */
export async function beginPasskeyChallenge(
  { accounts, clock, ids, passkeys }: AccountPorts & { readonly passkeys: Passkeys },
  secret: string,
): Promise<Result<PasskeyQuestion, ChallengeEnded | IllegalState>> {
  const webAuthn = mintWebAuthnChallenge(ids);
  const begun = await accounts.transaction(
    async (
      rows,
    ): Promise<
      Result<
        { readonly expiresAt: Date; readonly known: readonly PasskeyRecord[] },
        ChallengeEnded | IllegalState
      >
    > => {
      const challenge = await lockOpenChallenge(rows, secret, 'SECOND_FACTOR', clock.now());
      if (challenge === null || challenge.userId === null) return fail(challengeEnded);
      const known = await rows.secondFactors.passkeysOf(challenge.userId);
      if (known.length === 0) {
        return fail(illegalState('NO_PASSKEY', 'This account has no passkey.'));
      }
      await rows.secondFactors.setWebAuthnChallenge(challenge.id, webAuthn);
      return succeed({ expiresAt: challenge.expiresAt, known });
    },
  );
  if (!begun.ok) return begun;
  const { expiresAt, known } = begun.value;
  const options = await passkeys.requestOptions(webAuthn, known);
  return succeed({ secret, expiresAt, options });
}
