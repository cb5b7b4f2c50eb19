import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import { updateAccountSettings } from '@nandax/app/accounts/update-account-settings.ts';
import { Access, InputField } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { answer } from '../failure/answer.ts';
import { resultUnion } from '../failure/result-union.ts';
import { actingUser } from './acting-user.ts';
import { User } from './user.ts';

@InputType({ description: 'How your account behaves; what is left out stays.' })
class UpdateAccountSettingsInput {
  @InputField(() => Boolean, 'Whether a letter tells you of logins from new devices.', {
    nullable: true,
  })
  loginLetters?: boolean | null;
}

const UpdateAccountSettingsResult = resultUnion(
  'UpdateAccountSettingsResult',
  'Your account with its new settings.',
  () => User,
  [],
);

@Resolver()
export class UpdateAccountSettingsMutation {
  @Access(SIGNED_IN, NO_KEY)
  @Mutation(() => UpdateAccountSettingsResult, { description: 'Changes how your account behaves.' })
  async updateAccountSettings(
    @Ctx() context: Context,
    @Arg('input', () => UpdateAccountSettingsInput, { description: 'The new settings.' })
    { loginLetters = null }: UpdateAccountSettingsInput,
  ) {
    const input = { actor: actingUser(context), loginLetters };
    return answer(context, 'User', await updateAccountSettings(context.ports, input));
  }
}
