import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { pauseAgent } from '@nandax/app/agents/pause-agent.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Agent } from './agent.ts';

@InputType({ description: 'What to hold.' })
class PauseAgentInput {
  @InputField(() => ID, 'The agent.')
  id!: string;
}

const PauseAgentResult = resultUnion(
  'PauseAgentResult',
  'The agent as it was paused, or why it did not happen.',
  () => Agent,
  [IllegalState, NotFound],
);

@Resolver()
export class PauseAgentMutation {
  @Access(SIGNED_IN, ['AGENTS_CONTROL'])
  @Mutation(() => PauseAgentResult, {
    description:
      'Holds a running agent: it decides nothing until resumed, but intraday positions are still squared off.',
  })
  async pauseAgent(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => PauseAgentInput, { description: 'Which one.' }) input: PauseAgentInput,
  ) {
    const result = await pauseAgent(context.ports, {
      userId: actor.userId,
      actor,
      agentId: localIdOf('Agent', input.id),
    });
    return answer(context, 'Agent', result);
  }
}
