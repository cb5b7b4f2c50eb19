import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { notFound, type NotFound } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { InvalidCredentials, TooManyAttempts } from '../sessions/log-in.ts';
import { proveOwnPassword, type OwnPasswordPorts } from '../sessions/prove-own-password.ts';
import { publishChange, recordChange } from './change-second-factor.ts';
import { dropLoneCodes } from './recovery-codes.ts';

/** Removes a passkey, lost or not: the password is enough, for whoever is logged in has shown more. */
export async function removePasskey(
  ports: AccountPorts & OwnPasswordPorts,
  input: { readonly actor: UserActor; readonly passkeyId: string; readonly password: string },
): Promise<Result<{ readonly id: string }, NotFound | InvalidCredentials | TooManyAttempts>> {
  const { actor, passkeyId } = input;
  const { userId } = actor;
  const proved = await proveOwnPassword(ports, actor, input.password);
  if (!proved.ok) return proved;
  const now = ports.clock.now();
  const removed = await ports.accounts.transaction(async (rows) => {
    const account = await rows.accounts.lockUser(userId);
    const passkey = await rows.secondFactors.removePasskey(passkeyId, userId);
    if (account === null || passkey === null) return false;
    await dropLoneCodes(rows, userId, now);
    await recordChange(ports, rows, account, actor, 'PASSKEY_REMOVED', now, {
      entity: 'Passkey',
      entityId: passkeyId,
      personal: { name: passkey.name },
    });
    return true;
  });
  if (!removed) return fail(notFound('Passkey', passkeyId));
  await publishChange(ports, userId);
  return succeed({ id: userId });
}
