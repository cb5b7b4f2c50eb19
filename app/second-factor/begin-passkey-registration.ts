import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { illegalState, type IllegalState } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { Passkeys } from '../ports/passkeys.ts';
import type { InvalidCredentials, TooManyAttempts } from '../sessions/log-in.ts';
import { proveOwnPassword, type OwnPasswordPorts } from '../sessions/prove-own-password.ts';
import type { PasskeyQuestion } from './begin-passkey-challenge.ts';
import { mintWebAuthnChallenge, openChallenge } from './challenges.ts';

/** More than anyone has, and few enough to be read at once. */
export const mostPasskeys = 20;

export const tooManyPasskeys = illegalState(
  'FULL',
  `An account has ${mostPasskeys} passkeys at most; remove one first.`,
);

/** Begins to add a passkey for someone who is logged in and shows their password once more. */
export async function beginPasskeyRegistration(
  ports: AccountPorts & OwnPasswordPorts & { readonly passkeys: Passkeys },
  { actor, password }: { readonly actor: UserActor; readonly password: string },
): Promise<Result<PasskeyQuestion, InvalidCredentials | TooManyAttempts | IllegalState>> {
  const { accounts, clock, ids, passkeys } = ports;
  const proved = await proveOwnPassword(ports, actor, password);
  if (!proved.ok) return proved;
  const account = proved.value;

  const webAuthn = mintWebAuthnChallenge(ids);
  const begun = await accounts.transaction(async (rows) => {
    const known = await rows.secondFactors.passkeysOf(account.id);
    if (known.length >= mostPasskeys) return null;
    const step = { kind: 'PASSKEY_REGISTRATION', userId: account.id, webAuthn } as const;
    return { known, challenge: await openChallenge(rows, ids, step, clock.now()) };
  });
  if (begun === null) return fail(tooManyPasskeys);
  const options = await passkeys.creationOptions(webAuthn, account, begun.known);
  return succeed({ ...begun.challenge, options });
}
