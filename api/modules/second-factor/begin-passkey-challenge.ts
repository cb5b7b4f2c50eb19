import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import { beginPasskeyChallenge } from '@nandax/app/second-factor/begin-passkey-challenge.ts';
import { Access, CredentialEndpoint, InputField } from '../../access/declare.ts';
import { ANYONE } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { IllegalState } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { PasskeyQuestion } from './passkey-question.ts';
import { ChallengeEnded } from './second-factor-failures.ts';

@InputType({ description: 'A login that asked for a second factor.' })
class BeginPasskeyChallengeInput {
  @InputField(() => String, 'What `login` answered with `SecondFactorRequired`.')
  secret!: string;
}

const BeginPasskeyChallengeResult = resultUnion(
  'BeginPasskeyChallengeResult',
  'What to ask the authenticator, or why there is nothing to ask.',
  () => PasskeyQuestion,
  [ChallengeEnded, IllegalState],
);

@Resolver()
export class BeginPasskeyChallengeMutation {
  @Access(ANYONE)
  @CredentialEndpoint()
  @Mutation(() => BeginPasskeyChallengeResult, {
    description:
      'Lets a login be finished with a passkey; send the answer with `verifySecondFactor`.',
  })
  async beginPasskeyChallenge(
    @Ctx() { ports }: Context,
    @Arg('input', () => BeginPasskeyChallengeInput, { description: 'Which login.' })
    { secret }: BeginPasskeyChallengeInput,
  ) {
    const result = await beginPasskeyChallenge(ports, secret);
    if (!result.ok) return contractFailure(result.failure);
    return { __typename: 'PasskeyQuestion', ...result.value };
  }
}
