import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { beginPasskeyRegistration } from '@nandax/app/second-factor/begin-passkey-registration.ts';
import { Access, CredentialEndpoint, InputField } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { InvalidCredentials, TooManyAttempts } from '../account/login-result.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { IllegalState } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { PasskeyQuestion } from './passkey-question.ts';

@InputType({ description: 'Someone who wants to add a passkey.' })
class BeginPasskeyRegistrationInput {
  @InputField(() => String, 'Your password, once more.')
  password!: string;
}

const BeginPasskeyRegistrationResult = resultUnion(
  'BeginPasskeyRegistrationResult',
  'What to ask the authenticator, or why nothing was begun.',
  () => PasskeyQuestion,
  [InvalidCredentials, TooManyAttempts, IllegalState],
);

@Resolver()
export class BeginPasskeyRegistrationMutation {
  @Access(SIGNED_IN, NO_KEY)
  @CredentialEndpoint()
  @Mutation(() => BeginPasskeyRegistrationResult, {
    description: 'Begins to add a passkey; `finishPasskeyRegistration` takes the answer.',
  })
  async beginPasskeyRegistration(
    @Person() actor: UserActor,
    @Ctx() { ports }: Context,
    @Arg('input', () => BeginPasskeyRegistrationInput, { description: 'Your password.' })
    { password }: BeginPasskeyRegistrationInput,
  ) {
    const result = await beginPasskeyRegistration(ports, { actor, password });
    if (!result.ok) return contractFailure(result.failure);
    return { __typename: 'PasskeyQuestion', ...result.value };
  }
}
