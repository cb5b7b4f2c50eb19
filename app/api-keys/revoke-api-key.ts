import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { notFound, type NotFound } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';

/** Revokes an API key: requests and sockets by it end at once. */
export async function revokeApiKey(
  { accounts, bus, clock }: AccountPorts,
  { actor, apiKeyId }: { readonly actor: UserActor; readonly apiKeyId: string },
): Promise<Result<{ readonly id: string }, NotFound>> {
  const { userId } = actor;
  const now = clock.now();
  const revoked = await accounts.transaction(async (rows) => {
    const key = await rows.apiKeys.revoke(apiKeyId, userId, now);
    if (key === null) return false;
    await rows.audit.append(
      [
        {
          chain: userId,
          action: 'API_KEY_REVOKED',
          actor,
          entity: 'ApiKey',
          entityId: apiKeyId,
          before: { name: key.name },
        },
      ],
      now,
    );
    return true;
  });
  if (!revoked) return fail(notFound('ApiKey', apiKeyId));
  await Promise.all([bus.publish('credentials', { userId }), bus.publish('audit', {})]);
  return succeed({ id: apiKeyId });
}
