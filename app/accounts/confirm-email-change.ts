import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { Origin } from '../actor.ts';
import { emailChangedLetter } from '../mail/account-letters.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import { UniqueKeyTaken } from '../ports/store.ts';
import { tokenHash } from '../token.ts';
import { invalidToken, type InvalidToken } from './invalid-token.ts';

/** An account moved to another address. */
export interface EmailChanged {
  readonly userId: string;
  readonly email: string;
}

/**
 * Moves an account to the address whose letter carried the link, and tells the old address. Where
 * another account has the new one, the link is used up like any other that was.
 */
export async function confirmEmailChange(
  ports: AccountPorts,
  input: Origin & { readonly token: string },
): Promise<Result<EmailChanged, InvalidToken>> {
  const { accounts, bus, clock } = ports;
  const hash = tokenHash(input.token);
  try {
    const moved = await moveAccount(ports, hash, input);
    if (moved === null) return fail(invalidToken);
    await Promise.all([
      bus.publish('credentials', { userId: moved.userId }),
      bus.publish('letters', {}),
      bus.publish('audit', {}),
    ]);
    return succeed(moved);
  } catch (error) {
    if (!(error instanceof UniqueKeyTaken)) throw error;
    const now = clock.now();
    await accounts.transaction((rows) => rows.accounts.useEmailToken(hash, 'CHANGE_EMAIL', now));
    return fail(invalidToken);
  }
}

function moveAccount(
  { accounts, clock }: AccountPorts,
  hash: string,
  { ipAddress, userAgent }: Origin,
): Promise<EmailChanged | null> {
  const now = clock.now();
  return accounts.transaction(async (rows) => {
    const used = await rows.accounts.useEmailToken(hash, 'CHANGE_EMAIL', now);
    if (used === null || used.newEmail === null) return null;
    const { userId, newEmail: email } = used;
    const account = await rows.accounts.lockUser(userId);
    const closed = account?.suspendedAt ?? account?.deletedAt ?? null;
    if (account === null || closed !== null) return null;
    await rows.accounts.changeUser(userId, { email });
    // Links that went to the old address open nothing any more.
    await rows.accounts.dropEmailTokens(userId);
    await rows.letters.insert({ userId, ...emailChangedLetter(account, email, now) }, now);
    await rows.audit.append(
      [
        {
          chain: userId,
          action: 'EMAIL_CHANGED',
          actor: { kind: 'STRANGER', ipAddress, userAgent },
          personal: { emailBefore: account.email, emailAfter: email },
        },
      ],
      now,
    );
    return { userId, email };
  });
}
