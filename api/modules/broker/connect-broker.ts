import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { connectBroker } from '@nandax/app/brokers/connect-broker.ts';
import type { BrokerAccountView } from '@nandax/app/views/account.ts';
import { Access, CredentialEndpoint, InputField } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { InvalidCredentials, TooManyAttempts } from '../account/login-result.ts';
import { answer } from '../failure/answer.ts';
import { InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { SecondFactorNeeded } from '../second-factor/second-factor-failures.ts';
import { TierLimitReached } from '../tier/tier-limit.ts';
import { BrokerAccount, BrokerName } from './broker-account.ts';

@InputType({ description: 'Your own access to a broker.' })
class ConnectBrokerInput {
  @InputField(() => BrokerName, 'Which broker.')
  broker!: BrokerAccountView['broker'];

  @InputField(() => String, 'Name for people, 1 to 80 characters.')
  label!: string;

  @InputField(() => String, 'The API key of your app at the broker. Kept sealed.')
  apiKey!: string;

  @InputField(() => String, 'The API secret of your app at the broker. Kept sealed.')
  apiSecret!: string;

  @InputField(() => String, 'Your password of this installation, once more.')
  password!: string;
}

const ConnectBrokerResult = resultUnion(
  'ConnectBrokerResult',
  'The connection, or why there is none.',
  () => BrokerAccount,
  [InvalidInput, InvalidCredentials, TooManyAttempts, SecondFactorNeeded, TierLimitReached],
);

@Resolver()
export class ConnectBrokerMutation {
  @Access(SIGNED_IN, NO_KEY)
  @CredentialEndpoint()
  @Mutation(() => ConnectBrokerResult, {
    description:
      'Keeps your access to a broker. Unless this installation says otherwise, it takes a session opened with a second factor.',
  })
  async connectBroker(
    @Person() actor: UserActor,
    @Ctx() context: Context,
    @Arg('input', () => ConnectBrokerInput, { description: 'The access.' })
    input: ConnectBrokerInput,
  ) {
    const { broker, label, apiKey, apiSecret, password } = input;
    const result = await connectBroker(context.ports, {
      actor,
      broker,
      label,
      apiKey,
      apiSecret,
      password,
    });
    return answer(context, 'BrokerAccount', result);
  }
}
