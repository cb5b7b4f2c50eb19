import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import { updateProfile } from '@nandax/app/accounts/update-profile.ts';
import { Access, InputField } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { answer } from '../failure/answer.ts';
import { InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { actingUser } from './acting-user.ts';
import { User } from './user.ts';

@InputType({ description: 'How people see you.' })
class UpdateProfileInput {
  @InputField(() => String, 'Name for people, 1 to 80 characters on one line.')
  displayName!: string;
}

const UpdateProfileResult = resultUnion(
  'UpdateProfileResult',
  'Your account with its new profile, or what of the input cannot be.',
  () => User,
  [InvalidInput],
);

@Resolver()
export class UpdateProfileMutation {
  @Access(SIGNED_IN, NO_KEY)
  @Mutation(() => UpdateProfileResult, { description: 'Changes how people see you.' })
  async updateProfile(
    @Ctx() context: Context,
    @Arg('input', () => UpdateProfileInput, { description: 'The new profile.' })
    { displayName }: UpdateProfileInput,
  ) {
    const actor = actingUser(context);
    return answer(context, 'User', await updateProfile(context.ports, { actor, displayName }));
  }
}
