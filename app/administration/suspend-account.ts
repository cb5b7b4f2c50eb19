import { fail } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { illegalState, invalidInput } from '../failures.ts';
import { stopAgentsOfClosedAccounts } from '../accounts/stop-agents-of-closed-accounts.ts';
import type { AgentPorts } from '../agents/control-agent.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import { endCredentials } from '../sessions/end-credentials.ts';
import { manageAccount } from './manage-account.ts';

/**
 * Closes an account: its sessions end, its keys open nothing, its agents stop, and its orders may
 * only reduce. Open positions stay.
 */
export async function suspendAccount(
  ports: AccountPorts & AgentPorts,
  {
    actor,
    userId,
    reason,
  }: {
    readonly actor: UserActor;
    readonly userId: string;
    readonly reason: string;
  },
) {
  const why = reason.trim();
  if (why.length < 1 || why.length > 200) {
    return fail(invalidInput('reason', 'A reason has 1 to 200 characters.'));
  }
  const suspended = await manageAccount(
    ports,
    { actor, userId },
    {
      change: { suspendedAt: ports.clock.now(), suspensionReason: why },
      action: 'ACCOUNT_SUSPENDED',
      before: () => ({ suspendedAt: null }),
      after: { reason: why },
      refuse: ({ suspendedAt }) =>
        suspendedAt === null
          ? null
          : illegalState('SUSPENDED', 'The account is suspended already.'),
      with: async (rows, now) => {
        await rows.accounts.reduceTrading(userId, 'SUSPENSION', 'The account was suspended.', now);
        await endCredentials(rows, userId, { sessionId: null, apiKeys: true }, now);
      },
    },
  );
  if (suspended.ok) await stopAgentsOfClosedAccounts(ports);
  return suspended;
}
