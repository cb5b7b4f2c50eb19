import { Arg, Ctx, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { deleteAccount } from '@nandax/app/accounts/delete-account.ts';
import { Access, CredentialEndpoint, InputField, Visible } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { DateTime } from '../../scalars/scalars.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { actingUser } from './acting-user.ts';
import { InvalidCredentials, TooManyAttempts } from './login-result.ts';

@InputType({ description: 'The wish to have no account any more.' })
class DeleteAccountInput {
  @InputField(() => String, 'Your password.')
  password!: string;
}

@ObjectType({ description: 'The account is deleted and can still be restored.' })
export class AccountDeleted {
  @Visible(WITH_PARENT, () => DateTime, 'After this its personal data are erased.')
  erasedAfter!: Date;
}

const DeleteAccountResult = resultUnion(
  'DeleteAccountResult',
  'Until when the account can be restored, or why it is not deleted.',
  () => AccountDeleted,
  [InvalidCredentials, TooManyAttempts],
);

@Resolver()
export class DeleteAccountMutation {
  @Access(SIGNED_IN, NO_KEY)
  @CredentialEndpoint()
  @Mutation(() => DeleteAccountResult, {
    description:
      'Deletes your account: sessions and API keys end, agents stop, open positions stay. `restoreAccount` takes it back; after the grace period personal data are erased, and the trading record stays.',
  })
  async deleteAccount(
    @Ctx() context: Context,
    @Arg('input', () => DeleteAccountInput, { description: 'Your password.' })
    { password }: DeleteAccountInput,
  ) {
    const { ports, http } = context;
    const result = await deleteAccount(ports, { actor: actingUser(context), password });
    if (!result.ok) return contractFailure(result.failure);
    http.setCookie(ports.webSessions.blankCookie(http));
    context.viewer = null;
    context.actor = { kind: 'STRANGER', ipAddress: http.ipAddress, userAgent: http.userAgent };
    return { __typename: 'AccountDeleted', erasedAfter: result.value.erasedAfter };
  }
}
