import { Decimal } from 'decimal.js';
import type { Actor } from '../actor.ts';
import type { AccountTransaction, NewUser } from '../ports/accounts.ts';
import type { IdSource } from '../ports/world.ts';
import { openPortfolio } from '../portfolios/create-portfolio.ts';

/** Rupees of the paper portfolio that everyone begins with. */
const paperCapital = new Decimal(1_000_000);

/**
 * Writes a user with everything they need to trade on paper, within a transaction. Their address is
 * confirmed, or an administrator vouches for it. @throws UniqueKeyTaken where the address is taken
 */
export async function createAccount(
  rows: AccountTransaction,
  ids: IdSource,
  user: NewUser,
  actor: Actor,
): Promise<void> {
  const { id, createdAt, role, tier } = user;
  await rows.accounts.insertUser(user);
  await openPortfolio(rows, ids, {
    id: ids.uuid(),
    userId: id,
    name: 'Paper',
    kind: 'PAPER',
    brokerConnectionId: null,
    initialCapital: paperCapital,
    createdAt,
  });
  await rows.audit.append(
    [{ chain: id, action: 'ACCOUNT_REGISTERED', actor, after: { role, tier } }],
    createdAt,
  );
}
