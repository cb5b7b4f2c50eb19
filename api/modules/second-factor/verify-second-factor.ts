import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import { invalidInput, type InvalidInput as InvalidInputFailure } from '@nandax/app/failures.ts';
import {
  completeLogin,
  type SecondFactorAnswer,
} from '@nandax/app/second-factor/complete-login.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { Access, CredentialEndpoint, InputField } from '../../access/declare.ts';
import { ANYONE } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import {
  AccountDeletionPending,
  AccountSuspended,
  LoggedIn,
  SecondFactorMethod,
  TooManyAttempts,
} from '../account/login-result.ts';
import { answerLogin, loginOrigin } from '../account/open-session.ts';
import { InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { ChallengeEnded, SecondFactorRefused } from './second-factor-failures.ts';

@InputType({ description: 'A second factor, for a login that asked for one.' })
class VerifySecondFactorInput {
  @InputField(() => String, 'What `login` answered with `SecondFactorRequired`.')
  secret!: string;

  @InputField(() => SecondFactorMethod, 'How it is shown.')
  method!: keyof typeof SecondFactorMethod;

  @InputField(() => String, 'The six digits of TOTP, or a RECOVERY_CODE.', { nullable: true })
  code?: string | null;

  @InputField(
    () => GraphQLJSONObject,
    'Of PASSKEY: the credential that the browser answered the options of `beginPasskeyChallenge` with, as JSON.',
    { nullable: true },
  )
  passkey?: object | null;

  @InputField(
    () => Boolean,
    'Whether to answer an access token and a refresh token, for a program, instead of setting a cookie.',
    { defaultValue: false },
  )
  tokens!: boolean;
}

const VerifySecondFactorResult = resultUnion(
  'VerifySecondFactorResult',
  'Who is logged in, or why nobody is.',
  () => LoggedIn,
  [
    SecondFactorRefused,
    ChallengeEnded,
    TooManyAttempts,
    AccountSuspended,
    AccountDeletionPending,
    InvalidInput,
  ],
);

@Resolver()
export class VerifySecondFactorMutation {
  @Access(ANYONE)
  @CredentialEndpoint()
  @Mutation(() => VerifySecondFactorResult, {
    description:
      'Finishes a login that asked for a second factor, within 10 minutes and 5 attempts.',
  })
  async verifySecondFactor(
    @Ctx() context: Context,
    @Arg('input', () => VerifySecondFactorInput, { description: 'The second factor.' })
    input: VerifySecondFactorInput,
  ) {
    const read = answerOf(input);
    if (!read.ok) return answerLogin(context, read);
    const result = await completeLogin(context.ports, {
      secret: input.secret,
      answer: read.value,
      ...loginOrigin(context, input.tokens),
    });
    return answerLogin(context, result);
  }
}

function answerOf({
  method,
  code,
  passkey,
}: VerifySecondFactorInput): Result<SecondFactorAnswer, InvalidInputFailure> {
  if (method === 'PASSKEY') {
    return passkey == null
      ? fail(invalidInput('passkey', 'A passkey’s answer is missing.'))
      : succeed({ method, response: passkey });
  }
  return code == null
    ? fail(invalidInput('code', 'The code is missing.'))
    : succeed({ method, code });
}
