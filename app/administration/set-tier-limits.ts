import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { invalidInput, type InvalidInput } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { SubscriptionTier } from '../ports/accounts.ts';
import { installationChain } from '../ports/audit.ts';
import type { TierLimitName, TierLimits } from '../ports/tiers.ts';

/** What the database holds in an integer. */
const most = 2_147_483_647;

/** Says anew what a tier allows; what users have beyond it stays. */
export async function setTierLimits(
  { accounts, bus, clock }: AccountPorts,
  {
    actor,
    tier,
    limits,
  }: {
    readonly actor: UserActor;
    readonly tier: SubscriptionTier;
    readonly limits: TierLimits;
  },
): Promise<Result<{ readonly tier: SubscriptionTier }, InvalidInput>> {
  const invalid = check(limits);
  if (invalid !== null) return fail(invalid);
  const now = clock.now();
  await accounts.transaction(async (rows) => {
    const before = await rows.tiers.setLimits(tier, limits, now);
    await rows.audit.append(
      [
        {
          chain: installationChain,
          action: 'TIER_LIMITS_CHANGED',
          actor,
          entity: 'TierLimits',
          entityId: tier,
          before: { ...before },
          after: { ...limits },
        },
      ],
      now,
    );
  });
  await bus.publish('audit', {});
  return succeed({ tier });
}

function check(limits: TierLimits): InvalidInput | null {
  const wrong = (Object.keys(limits) as TierLimitName[]).find((name) => {
    const value = limits[name];
    return value !== null && (value < (name === 'requestsPerMinute' ? 1 : 0) || value > most);
  });
  return wrong === undefined
    ? null
    : invalidInput(wrong, 'A limit is a whole number from 0; requests a minute are at least 1.');
}
