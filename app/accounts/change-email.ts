import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { invalidInput, type InvalidInput } from '../failures.ts';
import { confirmEmailLetter, emailChangeRequestedLetter } from '../mail/account-letters.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { InvalidCredentials, TooManyAttempts } from '../sessions/log-in.ts';
import { proveOwnPassword, type OwnPasswordPorts } from '../sessions/prove-own-password.ts';
import { mintToken, tokenHash } from '../token.ts';
import { checkEmail } from './account-input.ts';
import { normalEmail } from './normal-email.ts';

/** How long the link in the letter works. */
const lifeMs = 24 * 3_600_000;

export interface ChangeEmailInput {
  readonly actor: UserActor;
  readonly newEmail: string;
  readonly password: string;
}

/** Where the letter with the link went. */
export interface EmailChangeRequested {
  readonly newEmail: string;
}

/**
 * Begins to move an account to another address: a letter there carries the link that does it, and
 * the present address is told. Whether the new one belongs to an account already is not looked at,
 * so nobody learns it. An earlier link is worth nothing any more.
 */
export async function changeEmail(
  ports: AccountPorts & OwnPasswordPorts,
  { actor, newEmail: given, password }: ChangeEmailInput,
): Promise<Result<EmailChangeRequested, InvalidCredentials | TooManyAttempts | InvalidInput>> {
  const { accounts, bus, clock, ids, settings } = ports;
  const newEmail = normalEmail(given);
  const invalid = checkEmail(newEmail);
  if (invalid !== null) return fail({ ...invalid, field: 'newEmail' });
  const proved = await proveOwnPassword(ports, actor, password);
  if (!proved.ok) return proved;
  const account = proved.value;
  if (newEmail === account.email) {
    return fail(invalidInput('newEmail', 'That is the address you have.'));
  }
  const now = clock.now();
  const token = mintToken(ids, 'emailToken');
  const expiresAt = new Date(now.getTime() + lifeMs);
  await accounts.transaction(async (rows) => {
    await rows.accounts.lockUser(account.id);
    await rows.accounts.dropEmailTokens(account.id);
    await rows.accounts.insertEmailToken({
      id: tokenHash(token),
      userId: account.id,
      purpose: 'CHANGE_EMAIL',
      newEmail,
      createdAt: now,
      expiresAt,
    });
    for (const letter of [
      confirmEmailLetter(settings, newEmail, token, expiresAt),
      emailChangeRequestedLetter(settings, account, newEmail, actor),
    ]) {
      await rows.letters.insert({ userId: account.id, ...letter }, now);
    }
    await rows.audit.append(
      [{ chain: account.id, action: 'EMAIL_CHANGE_REQUESTED', actor, personal: { newEmail } }],
      now,
    );
  });
  await Promise.all([bus.publish('letters', {}), bus.publish('audit', {})]);
  return succeed({ newEmail });
}
