import { Arg, Ctx, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { beginTotpEnrolment } from '@nandax/app/second-factor/begin-totp-enrolment.ts';
import { Access, CredentialEndpoint, InputField, Visible } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { InvalidCredentials, TooManyAttempts } from '../account/login-result.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { IllegalState } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';

@InputType({ description: 'Someone who wants to set up an authenticator app.' })
class BeginTotpEnrolmentInput {
  @InputField(() => String, 'Your password, once more.')
  password!: string;
}

@ObjectType({ description: 'What an authenticator app needs to know; shown this once.' })
export class TotpEnrolment {
  @Visible(WITH_PARENT, () => String, 'The secret in base32, to type where no camera is.')
  secret!: string;

  @Visible(
    WITH_PARENT,
    () => String,
    'The secret as an `otpauth://` address, for apps on this device.',
  )
  keyUri!: string;

  @Visible(WITH_PARENT, () => String, 'The address as a QR code: an SVG document.')
  qrCode!: string;
}

const BeginTotpEnrolmentResult = resultUnion(
  'BeginTotpEnrolmentResult',
  'What the app needs to know, or why nothing was begun.',
  () => TotpEnrolment,
  [InvalidCredentials, TooManyAttempts, IllegalState],
);

@Resolver()
export class BeginTotpEnrolmentMutation {
  @Access(SIGNED_IN, NO_KEY)
  @CredentialEndpoint()
  @Mutation(() => BeginTotpEnrolmentResult, {
    description:
      'Begins to set up an authenticator app (TOTP, RFC 6238: SHA-1, 6 digits, 30 seconds); `confirmTotp` finishes it.',
  })
  async beginTotpEnrolment(
    @Person() actor: UserActor,
    @Ctx() { ports }: Context,
    @Arg('input', () => BeginTotpEnrolmentInput, { description: 'Your password.' })
    { password }: BeginTotpEnrolmentInput,
  ) {
    const result = await beginTotpEnrolment(ports, { actor, password });
    if (!result.ok) return contractFailure(result.failure);
    return { __typename: 'TotpEnrolment', ...result.value };
  }
}
