import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { notFound, type NotFound } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';

/** Ends a connection to a broker and destroys its secrets. */
export async function disconnectBroker(
  { accounts, bus, clock }: AccountPorts,
  { actor, connectionId }: { readonly actor: UserActor; readonly connectionId: string },
): Promise<Result<{ readonly id: string }, NotFound>> {
  const { userId } = actor;
  const now = clock.now();
  const ended = await accounts.transaction(async (rows) => {
    const connection = await rows.brokers.disconnect(connectionId, userId, now);
    if (connection === null) return false;
    const { broker, label } = connection;
    await rows.audit.append(
      [
        {
          chain: userId,
          action: 'BROKER_DISCONNECTED',
          actor,
          entity: 'BrokerAccount',
          entityId: connectionId,
          before: { broker },
          personal: { label },
        },
      ],
      now,
    );
    return true;
  });
  if (!ended) return fail(notFound('BrokerAccount', connectionId));
  await bus.publish('audit', {});
  return succeed({ id: userId });
}
