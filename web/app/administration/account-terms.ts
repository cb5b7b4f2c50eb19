import type { AccountStatus, SubscriptionTier, UserRole } from '../generated/graphql.ts';

export const roles: readonly UserRole[] = ['USER', 'PREMIUM', 'ADMIN'];

export const tiers: readonly SubscriptionTier[] = ['FREE', 'BASIC', 'PRO', 'ENTERPRISE'];

export const accountStatuses: readonly AccountStatus[] = ['ACTIVE', 'SUSPENDED', 'DELETED'];

/** How an account stands. */
export function accountState(account: {
  readonly suspendedAt?: string | null;
  readonly deletedAt?: string | null;
  readonly erasedAt?: string | null;
}): 'Active' | 'Suspended' | 'Deleted' | 'Erased' {
  if (account.erasedAt) return 'Erased';
  if (account.deletedAt) return 'Deleted';
  return account.suspendedAt ? 'Suspended' : 'Active';
}
