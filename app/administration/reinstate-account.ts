import type { UserActor } from '../actor.ts';
import { illegalState } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import { manageAccount } from './manage-account.ts';

/** Opens a suspended account again. Its agents stay stopped; nothing resumes by itself. */
export function reinstateAccount(
  ports: AccountPorts,
  reference: { readonly actor: UserActor; readonly userId: string },
) {
  return manageAccount(ports, reference, {
    change: { suspendedAt: null, suspensionReason: null },
    action: 'ACCOUNT_REINSTATED',
    before: (account) => ({ suspendedAt: account.suspendedAt?.toISOString() ?? null }),
    after: { suspendedAt: null },
    refuse: ({ suspendedAt }) =>
      suspendedAt === null ? illegalState('ACTIVE', 'The account is not suspended.') : null,
    with: (rows) => rows.accounts.releaseTrading(reference.userId, 'SUSPENSION'),
  });
}
