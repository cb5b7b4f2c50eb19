import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { notFound, type NotFound } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';

/** Ends one session of a user: a browser or a program they no longer trust. */
export async function revokeSession(
  { accounts, bus, clock }: AccountPorts,
  { actor, sessionId }: { readonly actor: UserActor; readonly sessionId: string },
): Promise<Result<{ readonly id: string }, NotFound>> {
  const { userId } = actor;
  const revoked = await accounts.transaction(async (rows) => {
    if (!(await rows.sessions.end(sessionId, userId))) return false;
    await rows.audit.append(
      [
        {
          chain: userId,
          action: 'SESSION_REVOKED',
          actor,
          entity: 'Session',
          entityId: sessionId,
        },
      ],
      clock.now(),
    );
    return true;
  });
  if (!revoked) return fail(notFound('Session', sessionId));
  await Promise.all([bus.publish('credentials', { userId }), bus.publish('audit', {})]);
  return succeed({ id: sessionId });
}
