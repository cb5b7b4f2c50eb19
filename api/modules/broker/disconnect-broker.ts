import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { disconnectBroker } from '@nandax/app/brokers/disconnect-broker.ts';
import { Access, InputField } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { User } from '../account/user.ts';
import { answer } from '../failure/answer.ts';
import { NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';

@InputType({ description: 'A connection to end.' })
class DisconnectBrokerInput {
  @InputField(() => ID, 'The connection.')
  id!: string;
}

const DisconnectBrokerResult = resultUnion(
  'DisconnectBrokerResult',
  'The user without the connection, or why it stays.',
  () => User,
  [NotFound],
);

@Resolver()
export class DisconnectBrokerMutation {
  @Access(SIGNED_IN, NO_KEY)
  @Mutation(() => DisconnectBrokerResult, {
    description: 'Ends a connection to a broker and destroys its secrets.',
  })
  async disconnectBroker(
    @Person() actor: UserActor,
    @Ctx() context: Context,
    @Arg('input', () => DisconnectBrokerInput, { description: 'Which one.' })
    { id }: DisconnectBrokerInput,
  ) {
    const connectionId = localIdOf('BrokerAccount', id);
    const result = await disconnectBroker(context.ports, { actor, connectionId });
    return answer(context, 'User', result);
  }
}
