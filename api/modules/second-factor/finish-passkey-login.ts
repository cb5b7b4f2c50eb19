import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import { finishPasskeyLogin } from '@nandax/app/second-factor/finish-passkey-login.ts';
import { Access, CredentialEndpoint, InputField } from '../../access/declare.ts';
import { ANYONE } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { AccountDeletionPending, AccountSuspended, LoggedIn } from '../account/login-result.ts';
import { answerLogin, loginOrigin } from '../account/open-session.ts';
import { resultUnion } from '../failure/result-union.ts';
import { ChallengeEnded, SecondFactorRefused } from './second-factor-failures.ts';

@InputType({ description: 'A passkey’s answer.' })
class FinishPasskeyLoginInput {
  @InputField(() => String, 'Of `beginPasskeyLogin`.')
  secret!: string;

  @InputField(
    () => GraphQLJSONObject,
    'The credential that the browser answered the options with, as JSON.',
  )
  response!: object;

  @InputField(
    () => Boolean,
    'Whether to answer an access token and a refresh token, for a program, instead of setting a cookie.',
    { defaultValue: false },
  )
  tokens!: boolean;
}

const FinishPasskeyLoginResult = resultUnion(
  'FinishPasskeyLoginResult',
  'Who is logged in, or why nobody is.',
  () => LoggedIn,
  [SecondFactorRefused, ChallengeEnded, AccountSuspended, AccountDeletionPending],
);

@Resolver()
export class FinishPasskeyLoginMutation {
  @Access(ANYONE)
  @CredentialEndpoint()
  @Mutation(() => FinishPasskeyLoginResult, {
    description: 'Logs in whoever holds the passkey; it is both factors.',
  })
  async finishPasskeyLogin(
    @Ctx() context: Context,
    @Arg('input', () => FinishPasskeyLoginInput, { description: 'The answer.' })
    { secret, response, tokens }: FinishPasskeyLoginInput,
  ) {
    const origin = loginOrigin(context, tokens);
    return answerLogin(
      context,
      await finishPasskeyLogin(context.ports, { secret, response, ...origin }),
    );
  }
}
