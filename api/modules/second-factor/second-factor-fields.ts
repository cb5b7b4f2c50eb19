import { Ctx, Resolver, Root } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Derived } from '../../access/declare.ts';
import { OWNER_IN_PERSON } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { User } from '../account/user.ts';
import { SecondFactor } from './second-factor.ts';

@Resolver(() => User)
export class SecondFactorFields {
  @Derived(
    OWNER_IN_PERSON,
    () => SecondFactor,
    'How a second factor can be shown for this account.',
  )
  async secondFactor(@Root() user: UserView, @Ctx() { loaders }: Context) {
    const [ways, passkeys] = await Promise.all([
      loaders.secondFactorOfUser.load(user.id),
      loaders.passkeysOfUser.load(user.id),
    ]);
    return { totp: false, recoveryCodesLeft: 0, ...ways, passkeys: passkeys ?? [] };
  }
}
