import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import type { AgentPorts } from '../agents/control-agent.ts';
import { accountDeletedLetter } from '../mail/account-letters.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import { endCredentials } from '../sessions/end-credentials.ts';
import type { InvalidCredentials, TooManyAttempts } from '../sessions/log-in.ts';
import { proveOwnPassword, type OwnPasswordPorts } from '../sessions/prove-own-password.ts';
import { erasureDate } from './erasure-date.ts';
import { stopAgentsOfClosedAccounts } from './stop-agents-of-closed-accounts.ts';

export interface AccountDeleted {
  readonly erasedAfter: Date;
}

/**
 * Deletes an account: nobody can log in to it, its keys are revoked, its agents stop and its orders
 * may only reduce. Open positions stay. It can be restored until its personal data are erased.
 */
export async function deleteAccount(
  ports: AccountPorts & OwnPasswordPorts & AgentPorts,
  { actor, password }: { readonly actor: UserActor; readonly password: string },
): Promise<Result<AccountDeleted, InvalidCredentials | TooManyAttempts>> {
  const { accounts, bus, clock, settings } = ports;
  const proved = await proveOwnPassword(ports, actor, password);
  if (!proved.ok) return proved;
  const { id } = proved.value;
  const now = clock.now();
  const erasedAfter = erasureDate(settings, now);
  const deleted = await accounts.transaction(async (rows) => {
    const account = await rows.accounts.lockUser(id);
    if (account === null || account.deletedAt !== null) return false;
    await rows.accounts.changeUser(id, { deletedAt: now });
    await rows.accounts.reduceTrading(id, 'DELETION', 'The account was deleted.', now);
    await rows.accounts.dropEmailTokens(id);
    const ended = await endCredentials(rows, id, { sessionId: null, apiKeys: false }, now);
    const letter = accountDeletedLetter(settings, account, erasedAfter);
    await rows.letters.insert({ userId: id, ...letter }, now);
    await rows.audit.append(
      [
        {
          chain: id,
          action: 'ACCOUNT_DELETED',
          actor,
          after: {
            erasedAfter: erasedAfter.toISOString(),
            sessionsEnded: ended.sessions,
            apiKeysRevoked: ended.apiKeys,
          },
        },
      ],
      now,
    );
    return true;
  });
  // Another session of theirs did it meanwhile; this one has ended with it.
  if (!deleted) return fail({ kind: 'INVALID_CREDENTIALS' });
  await Promise.all([
    bus.publish('credentials', { userId: id }),
    bus.publish('letters', {}),
    bus.publish('audit', {}),
  ]);
  await stopAgentsOfClosedAccounts(ports);
  return succeed({ erasedAfter });
}
