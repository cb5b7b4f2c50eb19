import { Arg, Ctx, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { requestPasswordReset } from '@nandax/app/registration/request-password-reset.ts';
import { Access, CredentialEndpoint, InputField, Visible } from '../../access/declare.ts';
import { ANYONE, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';

@InputType({ description: 'Someone who has forgotten their password.' })
class RequestPasswordResetInput {
  @InputField(() => String, 'Address of the account; its case does not matter.')
  email!: string;
}

@ObjectType({
  description: 'If there is an account with this address, a letter with a link is on its way.',
})
export class PasswordResetRequested {
  @Visible(
    WITH_PARENT,
    () => Boolean,
    'Whether letters stay in the local outbox of this installation, because it has no mail server.',
  )
  letterInOutbox!: boolean;
}

const RequestPasswordResetResult = resultUnion(
  'RequestPasswordResetResult',
  'What happens next, or what of the input cannot be.',
  () => PasswordResetRequested,
  [InvalidInput],
);

@Resolver()
export class RequestPasswordResetMutation {
  @Access(ANYONE)
  @CredentialEndpoint()
  @Mutation(() => RequestPasswordResetResult, {
    description:
      'Asks for a letter with a link to choose a new password; the answer is the same for known and unknown addresses.',
  })
  async requestPasswordReset(
    @Ctx() { ports }: Context,
    @Arg('input', () => RequestPasswordResetInput, { description: 'Whose password.' })
    input: RequestPasswordResetInput,
  ) {
    const result = await requestPasswordReset(ports, input);
    if (!result.ok) return contractFailure(result.failure);
    return { __typename: 'PasswordResetRequested', letterInOutbox: ports.settings.localOutbox };
  }
}
