import { Arg, Ctx, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import type { UserActor } from '@nandax/app/actor.ts';
import { finishPasskeyRegistration } from '@nandax/app/second-factor/finish-passkey-registration.ts';
import type { PasskeyView } from '@nandax/app/views/account.ts';
import { Access, CredentialEndpoint, InputField, Visible } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { IllegalState, InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Passkey } from './second-factor.ts';
import { ChallengeEnded, SecondFactorRefused } from './second-factor-failures.ts';

@InputType({ description: 'A passkey that an authenticator has made.' })
class FinishPasskeyRegistrationInput {
  @InputField(() => String, 'Of `beginPasskeyRegistration`.')
  secret!: string;

  @InputField(() => String, 'Name for people, 1 to 80 characters.')
  name!: string;

  @InputField(
    () => GraphQLJSONObject,
    'The credential that the browser answered the options with, as JSON.',
  )
  response!: object;
}

@ObjectType({ description: 'A passkey was added; from now on logins ask for a second factor.' })
export class PasskeyAdded {
  @Visible(WITH_PARENT, () => Passkey, 'The passkey.')
  passkey!: PasskeyView;

  @Visible(
    WITH_PARENT,
    () => [String],
    'Ten recovery codes, shown this once, for the day it is lost; null: you have some already.',
    { nullable: true },
  )
  recoveryCodes!: readonly string[] | null;
}

const FinishPasskeyRegistrationResult = resultUnion(
  'FinishPasskeyRegistrationResult',
  'The passkey, or why it was not added.',
  () => PasskeyAdded,
  [ChallengeEnded, SecondFactorRefused, InvalidInput, IllegalState],
);

@Resolver()
export class FinishPasskeyRegistrationMutation {
  @Access(SIGNED_IN, NO_KEY)
  @CredentialEndpoint()
  @Mutation(() => FinishPasskeyRegistrationResult, {
    description: 'Adds the passkey that an authenticator has made.',
  })
  async finishPasskeyRegistration(
    @Person() actor: UserActor,
    @Ctx() { ports, loaders }: Context,
    @Arg('input', () => FinishPasskeyRegistrationInput, { description: 'The passkey.' })
    input: FinishPasskeyRegistrationInput,
  ) {
    const { secret, name, response } = input;
    const result = await finishPasskeyRegistration(ports, { actor, secret, name, response });
    if (!result.ok) return contractFailure(result.failure);
    const { id, recoveryCodes } = result.value;
    return { __typename: 'PasskeyAdded', passkey: await loaders.passkey.load(id), recoveryCodes };
  }
}
