import { Arg, Ctx, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { confirmRegistration } from '@nandax/app/registration/confirm-registration.ts';
import { Access, CredentialEndpoint, InputField, Visible } from '../../access/declare.ts';
import { ANYONE, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { InvalidToken } from '../failure/invalid-token.ts';
import { resultUnion } from '../failure/result-union.ts';
import { originOf } from './acting-user.ts';

@InputType({ description: 'The link of a letter that makes an account.' })
class ConfirmRegistrationInput {
  @InputField(() => String, 'The `token` of the link.')
  token!: string;
}

@ObjectType({ description: 'The account is made; its owner logs in next.' })
export class RegistrationConfirmed {
  @Visible(WITH_PARENT, () => String, 'Address to log in with.')
  email!: string;
}

const ConfirmRegistrationResult = resultUnion(
  'ConfirmRegistrationResult',
  'The new account, or that the link is worth nothing.',
  () => RegistrationConfirmed,
  [InvalidToken],
);

@Resolver()
export class ConfirmRegistrationMutation {
  @Access(ANYONE)
  @CredentialEndpoint()
  @Mutation(() => ConfirmRegistrationResult, {
    description: 'Makes the account that was asked for by `register`.',
  })
  async confirmRegistration(
    @Ctx() context: Context,
    @Arg('input', () => ConfirmRegistrationInput, { description: 'The link.' })
    { token }: ConfirmRegistrationInput,
  ) {
    const result = await confirmRegistration(context.ports, { token, ...originOf(context) });
    if (!result.ok) return contractFailure(result.failure);
    return { __typename: 'RegistrationConfirmed', email: result.value.email };
  }
}
