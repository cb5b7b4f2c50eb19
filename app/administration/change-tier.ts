import type { UserActor } from '../actor.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { SubscriptionTier } from '../ports/accounts.ts';
import { manageAccount } from './manage-account.ts';

/** Gives another account a tier. What it has beyond the new limits stays; it only gets no more. */
export function changeTier(
  ports: AccountPorts,
  {
    actor,
    userId,
    tier,
  }: { readonly actor: UserActor; readonly userId: string; readonly tier: SubscriptionTier },
) {
  return manageAccount(
    ports,
    { actor, userId },
    {
      change: { tier },
      action: 'TIER_CHANGED',
      before: (account) => ({ tier: account.tier }),
      after: { tier },
    },
  );
}
