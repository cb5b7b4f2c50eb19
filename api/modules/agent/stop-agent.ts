import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { stopAgent } from '@nandax/app/agents/stop-agent.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Agent } from './agent.ts';

@InputType({ description: 'An agent to stop.' })
class StopAgentInput {
  @InputField(() => ID, 'The agent.')
  id!: string;

  @InputField(
    () => Boolean,
    'Whether what it holds is sold, or bought back, at the market; what stays is your own from then on.',
    {
      defaultValue: true,
    },
  )
  exitPositions!: boolean;
}

const StopAgentResult = resultUnion(
  'StopAgentResult',
  'The stopped agent, or why it did not stop.',
  () => Agent,
  [IllegalState, NotFound],
);

@Resolver()
export class StopAgentMutation {
  @Access(SIGNED_IN, ['AGENTS_CONTROL'])
  @Mutation(() => StopAgentResult, { description: 'Ends the run of an agent.' })
  async stopAgent(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => StopAgentInput, { description: 'Which agent, and what of its positions.' })
    input: StopAgentInput,
  ) {
    const result = await stopAgent(context.ports, {
      userId: actor.userId,
      actor,
      agentId: localIdOf('Agent', input.id),
      exitPositions: input.exitPositions,
    });
    return answer(context, 'Agent', result);
  }
}
