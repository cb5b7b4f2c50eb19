import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { Origin } from '../actor.ts';
import type { InvalidInput } from '../failures.ts';
import { passwordChangedLetter } from '../mail/account-letters.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { PasswordHasher, PasswordJudge } from '../ports/accounts.ts';
import { endCredentials } from '../sessions/end-credentials.ts';
import { LoginThrottle, type ThrottlePorts } from '../sessions/login-throttle.ts';
import { tokenHash } from '../token.ts';
import { checkPassword } from './account-input.ts';
import { invalidToken, type InvalidToken } from './invalid-token.ts';

export interface ResetPasswordInput extends Origin {
  /** Out of the letter's link. */
  readonly token: string;
  readonly password: string;
  readonly keepApiKeys: boolean;
}

/**
 * Replaces a forgotten password by the link of a letter. All sessions end, also those of whoever may
 * have known the old one. A second factor stays asked for, and a deleted account stays deleted.
 */
export async function resetPassword(
  ports: AccountPorts &
    ThrottlePorts & { readonly passwords: PasswordHasher; readonly passwordJudge: PasswordJudge },
  { token, password, keepApiKeys, ipAddress, userAgent }: ResetPasswordInput,
): Promise<Result<{ readonly userId: string }, InvalidToken | InvalidInput>> {
  const { accounts, bus, clock, settings } = ports;
  const hash = tokenHash(token);
  const known = await accounts.findEmailToken(hash, 'RESET_PASSWORD', clock.now());
  const owner = known === null ? null : await accounts.findById(known.userId);
  if (owner === null) return fail(invalidToken);
  // Looked at before the link is used up, so that a weak password does not cost another letter.
  const about = [owner.email, owner.displayName];
  const weak = await checkPassword(ports.passwordJudge, password, about);
  if (weak !== null) return fail(weak);
  const passwordHash = await ports.passwords.hash(password);

  const now = clock.now();
  const origin = { ipAddress, userAgent };
  const reset = await accounts.transaction(async (rows) => {
    const used = await rows.accounts.useEmailToken(hash, 'RESET_PASSWORD', now);
    const account = used === null ? null : await rows.accounts.lockUser(used.userId);
    if (account === null || account.suspendedAt !== null || account.erasedAt !== null) return null;
    await rows.accounts.changeUser(account.id, { passwordHash });
    await rows.accounts.dropEmailTokens(account.id);
    const kept = { sessionId: null, apiKeys: keepApiKeys };
    const ended = await endCredentials(rows, account.id, kept, now);
    const letter = passwordChangedLetter(settings, account, origin, {
      how: 'RESET',
      apiKeysKept: keepApiKeys,
      at: now,
    });
    await rows.letters.insert({ userId: account.id, ...letter }, now);
    await rows.audit.append(
      [
        {
          chain: account.id,
          action: 'PASSWORD_RESET',
          actor: { kind: 'STRANGER', ...origin },
          after: { sessionsEnded: ended.sessions, apiKeysRevoked: ended.apiKeys },
        },
      ],
      now,
    );
    return account;
  });
  if (reset === null) return fail(invalidToken);
  await new LoginThrottle(ports, reset.email, ipAddress).succeeded();
  await Promise.all([
    bus.publish('credentials', { userId: reset.id }),
    bus.publish('letters', {}),
    bus.publish('audit', {}),
  ]);
  return succeed({ userId: reset.id });
}
