import type { UserActor } from '../actor.ts';
import type { AccountPorts } from '../ports/account-ports.ts';

/** Ends the session by which someone is logged in. */
export async function logOut(
  { accounts, bus, clock }: AccountPorts,
  actor: UserActor,
): Promise<void> {
  const { userId, sessionId } = actor;
  await accounts.transaction(async (rows) => {
    await rows.sessions.end(sessionId, userId);
    await rows.audit.append([{ chain: userId, action: 'LOGGED_OUT', actor }], clock.now());
  });
  await Promise.all([bus.publish('credentials', { userId }), bus.publish('audit', {})]);
}
