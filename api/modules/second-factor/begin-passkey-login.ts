import { Ctx, Mutation, Resolver } from 'type-graphql';
import { beginPasskeyLogin } from '@nandax/app/second-factor/begin-passkey-login.ts';
import { Access, CredentialEndpoint } from '../../access/declare.ts';
import { ANYONE } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { resultUnion } from '../failure/result-union.ts';
import { PasskeyQuestion } from './passkey-question.ts';

const BeginPasskeyLoginResult = resultUnion(
  'BeginPasskeyLoginResult',
  'What to ask the authenticator.',
  () => PasskeyQuestion,
  [],
);

@Resolver()
export class BeginPasskeyLoginMutation {
  @Access(ANYONE)
  @CredentialEndpoint()
  @Mutation(() => BeginPasskeyLoginResult, {
    description:
      'Begins a login by passkey alone, without email or password; `finishPasskeyLogin` takes the answer.',
  })
  async beginPasskeyLogin(@Ctx() { ports }: Context) {
    return { __typename: 'PasskeyQuestion', ...(await beginPasskeyLogin(ports)) };
  }
}
