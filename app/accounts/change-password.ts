import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { invalidInput, type InvalidInput } from '../failures.ts';
import { passwordChangedLetter } from '../mail/account-letters.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { PasswordJudge } from '../ports/accounts.ts';
import { endCredentials } from '../sessions/end-credentials.ts';
import type { InvalidCredentials, TooManyAttempts } from '../sessions/log-in.ts';
import { proveOwnPassword, type OwnPasswordPorts } from '../sessions/prove-own-password.ts';
import { checkPassword } from './account-input.ts';

export interface ChangePasswordInput {
  readonly actor: UserActor;
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly keepApiKeys: boolean;
}

/** What ended with the old password. */
export interface PasswordChange {
  readonly userId: string;
  readonly sessionsEnded: number;
  readonly apiKeysRevoked: number;
}

/** Changes the password. The session that does it stays; all others end, and API keys unless kept. */
export async function changePassword(
  ports: AccountPorts & OwnPasswordPorts & { readonly passwordJudge: PasswordJudge },
  { actor, currentPassword, newPassword, keepApiKeys }: ChangePasswordInput,
): Promise<Result<PasswordChange, InvalidCredentials | TooManyAttempts | InvalidInput>> {
  const { accounts, bus, clock, settings } = ports;
  const proved = await proveOwnPassword(ports, actor, currentPassword);
  if (!proved.ok) return proved;
  const { id, email, displayName, passwordHash: before } = proved.value;
  if (newPassword === currentPassword) {
    return fail(invalidInput('newPassword', 'That is the password you have.'));
  }
  const about = [email, displayName];
  const weak = await checkPassword(ports.passwordJudge, newPassword, about, 'newPassword');
  if (weak !== null) return fail(weak);
  const passwordHash = await ports.passwords.hash(newPassword);

  const now = clock.now();
  const ended = await accounts.transaction(async (rows) => {
    const account = await rows.accounts.lockUser(id);
    // It was changed or reset meanwhile, so what was shown is no password any more.
    if (account === null || account.passwordHash !== before) return null;
    await rows.accounts.changeUser(id, { passwordHash });
    await rows.accounts.dropEmailTokens(id);
    const kept = { sessionId: actor.sessionId, apiKeys: keepApiKeys };
    const { sessions, apiKeys } = await endCredentials(rows, id, kept, now);
    const letter = passwordChangedLetter(settings, account, actor, {
      how: 'CHANGED',
      apiKeysKept: keepApiKeys,
      at: now,
    });
    await rows.letters.insert({ userId: id, ...letter }, now);
    await rows.audit.append(
      [
        {
          chain: id,
          action: 'PASSWORD_CHANGED',
          actor,
          after: { sessionsEnded: sessions, apiKeysRevoked: apiKeys },
        },
      ],
      now,
    );
    return { sessionsEnded: sessions, apiKeysRevoked: apiKeys };
  });
  if (ended === null) return fail({ kind: 'INVALID_CREDENTIALS' });
  await Promise.all([
    bus.publish('credentials', { userId: id }),
    bus.publish('letters', {}),
    bus.publish('audit', {}),
  ]);
  return succeed({ userId: id, ...ended });
}
