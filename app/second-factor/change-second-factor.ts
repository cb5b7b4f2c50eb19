import type { UserActor } from '../actor.ts';
import {
  secondFactorChangedLetter,
  type SecondFactorChange,
} from '../mail/second-factor-letters.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { AccountRecord, AccountTransaction } from '../ports/accounts.ts';
import type { AuditEntry } from '../ports/audit.ts';

/** Tells a user by letter, and the audit trail, what changed; the last thing of a transaction. */
export async function recordChange(
  { settings }: Pick<AccountPorts, 'settings'>,
  rows: Pick<AccountTransaction, 'letters' | 'audit'>,
  account: AccountRecord,
  actor: UserActor,
  change: SecondFactorChange,
  now: Date,
  more: Pick<AuditEntry, 'entity' | 'entityId' | 'before' | 'after' | 'personal'> = {},
): Promise<void> {
  const letter = secondFactorChangedLetter(settings, account, actor, change, now);
  await rows.letters.insert({ userId: account.id, ...letter }, now);
  await rows.audit.append([{ chain: account.id, action: change, actor, ...more }], now);
}

/** Wakes whoever has to know, after the commit. */
export async function publishChange(
  { bus }: Pick<AccountPorts, 'bus'>,
  userId: string,
): Promise<void> {
  await Promise.all([
    bus.publish('credentials', { userId }),
    bus.publish('letters', {}),
    bus.publish('audit', {}),
  ]);
}
