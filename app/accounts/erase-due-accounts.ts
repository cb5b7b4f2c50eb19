import { systemActor } from '../actor.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import { erasedIfDeletedBefore } from './erasure-date.ts';

/**
 * Erases the personal data of accounts whose grace period is over, one a transaction. Orders, fills
 * and ledger stay, and so does the audit trail, whose personal part no longer opens. Returns how
 * many were erased.
 */
export async function eraseDueAccounts(ports: AccountPorts): Promise<number> {
  let erased = 0;
  while (await eraseNext(ports)) erased += 1;
  return erased;
}

/** False: none is due. */
async function eraseNext({ accounts, bus, clock, settings }: AccountPorts): Promise<boolean> {
  const now = clock.now();
  const userId = await accounts.transaction(async (rows) => {
    const [due] = await rows.accounts.dueForErasure(erasedIfDeletedBefore(settings, now), 1);
    if (due === undefined) return null;
    await rows.accounts.eraseUser(due, now);
    await rows.audit.append([{ chain: due, action: 'ACCOUNT_ERASED', actor: systemActor }], now);
    return due;
  });
  if (userId === null) return false;
  await Promise.all([bus.publish('credentials', { userId }), bus.publish('audit', {})]);
  return true;
}
