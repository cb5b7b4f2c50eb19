import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { invalidInput, type InvalidInput } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { ApiScope } from '../ports/api-keys.ts';
import type { InvalidCredentials, TooManyAttempts } from '../sessions/log-in.ts';
import { proveOwnPassword, type OwnPasswordPorts } from '../sessions/prove-own-password.ts';
import { checkTierLimit, type TierLimitReached } from '../tiers/check-tier-limit.ts';
import { mintToken, tokenHash } from '../token.ts';
import { checkNetworks } from './networks.ts';

export interface CreateApiKeyInput {
  readonly actor: UserActor;
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  /** Addresses and CIDR networks it may come from; empty: any. */
  readonly allowedIps: readonly string[];
  /** Null: it lasts until it is revoked. */
  readonly expiresAt: Date | null;
  /** The user's own, once more: a key outlives the session that makes it. */
  readonly password: string;
}

/** How much of a key people see again: the prefix and some random characters. */
const shownLength = 12;
const mostNetworks = 20;

/** Makes an API key. Its secret is in the answer and nowhere else. */
export async function createApiKey(
  ports: AccountPorts & OwnPasswordPorts,
  input: CreateApiKeyInput,
): Promise<
  Result<
    { readonly id: string; readonly secret: string },
    InvalidInput | InvalidCredentials | TooManyAttempts | TierLimitReached
  >
> {
  const now = ports.clock.now();
  const invalid = check(input, now);
  if (invalid !== null) return fail(invalid);
  const proved = await proveOwnPassword(ports, input.actor, input.password);
  if (!proved.ok) return proved;

  const { actor, expiresAt } = input;
  const { userId } = actor;
  const id = ports.ids.uuid();
  const secret = mintToken(ports.ids, 'apiKey');
  const name = input.name.trim();
  const scopes = [...new Set(input.scopes)];
  const allowedIps = [...new Set(input.allowedIps)];
  const refusal = await ports.accounts.transaction(async (rows) => {
    const reached = await checkTierLimit(rows, userId, 'apiKeys', now);
    if (reached !== null) return reached;
    await rows.apiKeys.insert({
      id,
      userId,
      name,
      prefix: secret.slice(0, shownLength),
      secretHash: tokenHash(secret),
      scopes,
      allowedIps,
      expiresAt,
      createdAt: now,
    });
    await rows.audit.append(
      [
        {
          chain: userId,
          action: 'API_KEY_CREATED',
          actor,
          entity: 'ApiKey',
          entityId: id,
          after: { name, scopes, expiresAt: expiresAt?.toISOString() ?? null },
          personal: { allowedIps },
        },
      ],
      now,
    );
    return null;
  });
  if (refusal !== null) return fail(refusal);
  await ports.bus.publish('audit', {});
  return succeed({ id, secret });
}

function check(input: CreateApiKeyInput, now: Date): InvalidInput | null {
  const name = input.name.trim();
  if (name.length < 1 || name.length > 80) {
    return invalidInput('name', 'A key’s name has 1 to 80 characters.');
  }
  if (input.scopes.length === 0) return invalidInput('scopes', 'A key needs at least one scope.');
  if (input.expiresAt !== null && input.expiresAt <= now) {
    return invalidInput('expiresAt', 'The end of a key lies in the future.');
  }
  if (input.allowedIps.length > mostNetworks) {
    return invalidInput('allowedIps', `A key has at most ${mostNetworks} addresses.`);
  }
  return checkNetworks(input.allowedIps);
}
