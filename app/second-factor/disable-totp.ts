import { succeed, type Result } from '@nandax/core/result.ts';
import { publishChange, recordChange } from './change-second-factor.ts';
import { dropLoneCodes } from './recovery-codes.ts';
import {
  withOwnCode,
  type OwnCode,
  type OwnCodeFailure,
  type OwnCodePorts,
} from './with-own-code.ts';

/** Takes the authenticator app away as a second factor. Without a passkey, logins ask for none then. */
export async function disableTotp(
  ports: OwnCodePorts,
  shown: OwnCode,
): Promise<Result<{ readonly id: string }, OwnCodeFailure>> {
  const { actor } = shown;
  const done = await withOwnCode(ports, shown, async (rows, { account, method }, now) => {
    await rows.secondFactors.removeTotp(account.id);
    await dropLoneCodes(rows, account.id, now);
    const after = { shown: method };
    await recordChange(ports, rows, account, actor, 'TOTP_DISABLED', now, { after });
  });
  if (!done.ok) return done;
  await publishChange(ports, actor.userId);
  return succeed({ id: actor.userId });
}
