import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import type { InvalidInput } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import { checkDisplayName } from './account-input.ts';

/** Changes the name under which people see a user. */
export async function updateProfile(
  { accounts, bus, clock }: AccountPorts,
  { actor, displayName: given }: { readonly actor: UserActor; readonly displayName: string },
): Promise<Result<{ readonly id: string }, InvalidInput>> {
  const { userId } = actor;
  const displayName = given.trim();
  const invalid = checkDisplayName(displayName);
  if (invalid !== null) return fail(invalid);
  const now = clock.now();
  await accounts.transaction(async (rows) => {
    const account = await rows.accounts.lockUser(userId);
    if (account === null || account.erasedAt !== null || account.displayName === displayName)
      return;
    await rows.accounts.changeUser(userId, { displayName });
    const personal = { displayNameBefore: account.displayName, displayNameAfter: displayName };
    await rows.audit.append([{ chain: userId, action: 'PROFILE_CHANGED', actor, personal }], now);
  });
  await bus.publish('audit', {});
  return succeed({ id: userId });
}
