import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { AccountChange, AccountRecord, AccountTransaction } from '../ports/accounts.ts';
import type { AuditAction } from '../ports/audit.ts';
import type { Json } from '../ports/events.ts';

export type ManageFailure = NotFound | IllegalState;

/** One change of an account by an administrator. */
export interface Management {
  readonly change: AccountChange;
  readonly action: AuditAction;
  readonly before: (account: AccountRecord) => Json;
  readonly after: Json;
  /** Why the account cannot be changed so; null: it can. */
  readonly refuse?: (account: AccountRecord) => IllegalState | null;
  /** What else happens in the same transaction. */
  readonly with?: (rows: AccountTransaction, now: Date) => Promise<void>;
}

/**
 * Changes another's account. Administrators do not change their own: so none locks themselves out,
 * and each such change has a second person to it. Access tokens of the account die with it and have
 * to be refreshed, so that what changed counts at once.
 */
export async function manageAccount(
  { accounts, bus, clock }: AccountPorts,
  { actor, userId }: { readonly actor: UserActor; readonly userId: string },
  management: Management,
): Promise<Result<{ readonly id: string }, ManageFailure>> {
  const now = clock.now();
  const managed = await accounts.transaction(async (rows) => {
    const account = await rows.accounts.lockUser(userId);
    if (account === null || account.erasedAt !== null) {
      return fail(notFound('ManagedAccount', userId));
    }
    if (account.id === actor.userId) {
      return fail(illegalState('OWN_ACCOUNT', 'Administrators do not change their own account.'));
    }
    const refusal = management.refuse?.(account) ?? null;
    if (refusal !== null) return fail(refusal);
    await rows.accounts.changeUser(userId, management.change);
    await rows.sessions.renewVersions(userId);
    await management.with?.(rows, now);
    const { action, before, after } = management;
    const entry = { chain: userId, action, actor, before: before(account), after };
    await rows.audit.append([entry], now);
    return succeed({ id: userId });
  });
  if (managed.ok) {
    await Promise.all([bus.publish('credentials', { userId }), bus.publish('audit', {})]);
  }
  return managed;
}
