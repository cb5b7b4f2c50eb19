import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { illegalState, type IllegalState } from '../failures.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { QrCodes, Totp } from '../ports/totp.ts';
import type { InvalidCredentials, TooManyAttempts } from '../sessions/log-in.ts';
import { proveOwnPassword, type OwnPasswordPorts } from '../sessions/prove-own-password.ts';
import { totpPlace } from './prove-code.ts';

export type BeginTotpPorts = OwnPasswordPorts & {
  readonly sealer: Sealer;
  readonly totp: Totp;
  readonly qrCodes: QrCodes;
};

/** What an authenticator app needs to know; it is shown once. */
export interface TotpEnrolment {
  /** Base32. */
  readonly secret: string;
  readonly keyUri: string;
  /** The key URI as a QR code: an SVG document. */
  readonly qrCode: string;
}

/** Begins to set up an authenticator app; nothing is asked of it until a code confirms it. */
export async function beginTotpEnrolment(
  ports: BeginTotpPorts,
  { actor, password }: { readonly actor: UserActor; readonly password: string },
): Promise<Result<TotpEnrolment, InvalidCredentials | TooManyAttempts | IllegalState>> {
  const { accounts, clock, sealer, totp, qrCodes } = ports;
  const proved = await proveOwnPassword(ports, actor, password);
  if (!proved.ok) return proved;
  const { id: userId, email } = proved.value;

  const secret = totp.mintSecret();
  const begun = await accounts.transaction(async (rows) => {
    await rows.accounts.lockUser(userId);
    const kept = await rows.secondFactors.lockTotp(userId);
    // The password alone must not put another app in the place of one that is asked for.
    if (kept !== null && kept.confirmedAt !== null) return false;
    const sealedSecret = sealer.seal(secret, totpPlace(userId));
    await rows.secondFactors.saveTotp({ userId, sealedSecret }, clock.now());
    return true;
  });
  if (!begun) {
    return fail(illegalState('ENABLED', 'An authenticator app is set up; disable it first.'));
  }
  const keyUri = totp.keyUri(secret, email);
  return succeed({ secret, keyUri, qrCode: await qrCodes.svg(keyUri) });
}
