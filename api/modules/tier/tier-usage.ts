import { Ctx, ObjectType, Resolver, Root } from 'type-graphql';
import type { TierUsageView, UserView } from '@nandax/app/views/account.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { Count } from '../../scalars/scalars.ts';
import { User } from '../account/user.ts';
import { limitNames, TierLimit } from './tier-limit.ts';

@ObjectType({ description: 'One limit of your tier, and how much of it you have used.' })
export class TierUsage {
  @Visible(WITH_PARENT, () => TierLimit, 'What is limited.')
  limit!: keyof typeof TierLimit;

  @Visible(WITH_PARENT, () => Count, 'How many the tier allows; null: no limit.', {
    nullable: true,
  })
  allowed!: number | null;

  @Visible(
    WITH_PARENT,
    () => Count,
    'How many you have; null: each request or backtest is looked at by itself.',
    { nullable: true },
  )
  used!: number | null;

  @Visible(
    WITH_PARENT,
    () => Count,
    'How many more you may have; null: no limit, or nothing is counted up.',
    { nullable: true },
  )
  left!: number | null;
}

@Resolver(() => User)
export class TierUsageFields {
  @Derived(OWNER, () => [TierUsage], 'What the tier allows, and how much of it is used and left.')
  async tierUsage(@Root() user: UserView, @Ctx() { loaders }: Context) {
    return ((await loaders.tierUsageOfUser.load(user.id)) ?? []).map(usageOf);
  }
}

function usageOf({ limit, allowed, used }: TierUsageView): Pick<TierUsage, keyof TierUsage> {
  const left = allowed === null || used === null ? null : Math.max(allowed - used, 0);
  return { limit: limitNames[limit], allowed, used, left };
}
