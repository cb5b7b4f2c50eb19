import { Arg, Ctx, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { confirmEmailChange } from '@nandax/app/accounts/confirm-email-change.ts';
import { Access, CredentialEndpoint, InputField, Visible } from '../../access/declare.ts';
import { ANYONE, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { InvalidToken } from '../failure/invalid-token.ts';
import { resultUnion } from '../failure/result-union.ts';
import { originOf } from './acting-user.ts';

@InputType({ description: 'The link of a letter that moves an account to its address.' })
class ConfirmEmailChangeInput {
  @InputField(() => String, 'The `token` of the link.')
  token!: string;
}

@ObjectType({ description: 'The account has another address now.' })
export class EmailChanged {
  @Visible(WITH_PARENT, () => String, 'Address to log in with from now on.')
  email!: string;
}

const ConfirmEmailChangeResult = resultUnion(
  'ConfirmEmailChangeResult',
  'The new address, or that the link is worth nothing.',
  () => EmailChanged,
  [InvalidToken],
);

@Resolver()
export class ConfirmEmailChangeMutation {
  @Access(ANYONE)
  @CredentialEndpoint()
  @Mutation(() => ConfirmEmailChangeResult, {
    description: 'Moves an account to the address that was asked for by `changeEmail`.',
  })
  async confirmEmailChange(
    @Ctx() context: Context,
    @Arg('input', () => ConfirmEmailChangeInput, { description: 'The link.' })
    { token }: ConfirmEmailChangeInput,
  ) {
    const result = await confirmEmailChange(context.ports, { token, ...originOf(context) });
    if (!result.ok) return contractFailure(result.failure);
    return { __typename: 'EmailChanged', email: result.value.email };
  }
}
