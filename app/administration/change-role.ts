import type { UserActor } from '../actor.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { UserRole } from '../ports/accounts.ts';
import { manageAccount } from './manage-account.ts';

/** Gives another account a role. */
export function changeRole(
  ports: AccountPorts,
  {
    actor,
    userId,
    role,
  }: { readonly actor: UserActor; readonly userId: string; readonly role: UserRole },
) {
  return manageAccount(
    ports,
    { actor, userId },
    {
      change: { role },
      action: 'ROLE_CHANGED',
      before: (account) => ({ role: account.role }),
      after: { role },
    },
  );
}
