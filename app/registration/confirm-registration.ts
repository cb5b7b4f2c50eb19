import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { createAccount } from '../accounts/create-account.ts';
import { invalidToken, type InvalidToken } from '../accounts/invalid-token.ts';
import type { Origin } from '../actor.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import { UniqueKeyTaken } from '../ports/store.ts';
import { tokenHash } from '../token.ts';

/**
 * Makes the account that a letter's link stands for. Where someone took the address meanwhile, the
 * link is used up like any other that was.
 */
export async function confirmRegistration(
  ports: AccountPorts,
  input: Origin & { readonly token: string },
): Promise<Result<{ readonly userId: string; readonly email: string }, InvalidToken>> {
  const hash = tokenHash(input.token);
  try {
    const made = await makeAccount(ports, hash, input);
    if (made === null) return fail(invalidToken);
    await ports.bus.publish('audit', {});
    return succeed(made);
  } catch (error) {
    if (!(error instanceof UniqueKeyTaken)) throw error;
    const now = ports.clock.now();
    await ports.accounts.transaction((rows) => rows.accounts.takeRegistration(hash, now));
    return fail(invalidToken);
  }
}

function makeAccount(
  { accounts, clock, ids }: AccountPorts,
  hash: string,
  { ipAddress, userAgent }: Origin,
): Promise<{ readonly userId: string; readonly email: string } | null> {
  const now = clock.now();
  return accounts.transaction(async (rows) => {
    const request = await rows.accounts.takeRegistration(hash, now);
    if (request === null) return null;
    const { email, displayName, passwordHash } = request;
    if (displayName === null || passwordHash === null) {
      throw new Error(`registration ${request.id} has a link but no name or password`);
    }
    const userId = ids.uuid();
    await createAccount(
      rows,
      ids,
      {
        id: userId,
        email,
        displayName,
        passwordHash,
        role: 'USER',
        tier: 'FREE',
        createdAt: now,
      },
      { kind: 'STRANGER', ipAddress, userAgent },
    );
    return { userId, email };
  });
}
