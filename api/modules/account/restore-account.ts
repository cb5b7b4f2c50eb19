import { Arg, Ctx, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { restoreAccount } from '@nandax/app/accounts/restore-account.ts';
import { Access, CredentialEndpoint, InputField, Visible } from '../../access/declare.ts';
import { ANYONE, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { IllegalState } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { originOf } from './acting-user.ts';
import { AccountSuspended, InvalidCredentials, TooManyAttempts } from './login-result.ts';

@InputType({ description: 'Someone who wants their deleted account back.' })
class RestoreAccountInput {
  @InputField(() => String, 'Address of the account; its case does not matter.')
  email!: string;

  @InputField(() => String, 'Password of the account.')
  password!: string;
}

@ObjectType({ description: 'The account is back; its owner logs in next.' })
export class AccountRestored {
  @Visible(WITH_PARENT, () => String, 'Address to log in with.')
  email!: string;
}

const RestoreAccountResult = resultUnion(
  'RestoreAccountResult',
  'The account that is back, or why it is not.',
  () => AccountRestored,
  [InvalidCredentials, TooManyAttempts, AccountSuspended, IllegalState],
);

@Resolver()
export class RestoreAccountMutation {
  @Access(ANYONE)
  @CredentialEndpoint()
  @Mutation(() => RestoreAccountResult, {
    description:
      'Takes back a deletion whose grace period is not over. Agents stay stopped and API keys revoked.',
  })
  async restoreAccount(
    @Ctx() context: Context,
    @Arg('input', () => RestoreAccountInput, { description: 'Email and password.' })
    { email, password }: RestoreAccountInput,
  ) {
    const input = { email, password, ...originOf(context) };
    const result = await restoreAccount(context.ports, input);
    if (!result.ok) return contractFailure(result.failure);
    return { __typename: 'AccountRestored', email: result.value.email };
  }
}
