import type { UserActor } from '../actor.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import { endCredentials } from './end-credentials.ts';

/** Ends every session of a user, this one too, and answers how many there were. API keys stay. */
export async function logOutEverywhere(
  { accounts, bus, clock }: AccountPorts,
  actor: UserActor,
): Promise<number> {
  const { userId } = actor;
  const now = clock.now();
  const ended = await accounts.transaction(async (rows) => {
    const { sessions } = await endCredentials(
      rows,
      userId,
      { sessionId: null, apiKeys: true },
      now,
    );
    await rows.audit.append(
      [{ chain: userId, action: 'LOGGED_OUT_EVERYWHERE', actor, after: { sessions } }],
      now,
    );
    return sessions;
  });
  await Promise.all([bus.publish('credentials', { userId }), bus.publish('audit', {})]);
  return ended;
}
