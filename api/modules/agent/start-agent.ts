import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { startAgent } from '@nandax/app/agents/start-agent.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { TierLimitReached } from '../tier/tier-limit.ts';
import { Agent } from './agent.ts';

@InputType({ description: 'An agent to start, and on which market.' })
class StartAgentInput {
  @InputField(() => ID, 'The agent.')
  id!: string;

  @InputField(() => ID, 'The replay session whose ticks it trades on.')
  replaySessionId!: string;
}

const StartAgentResult = resultUnion(
  'StartAgentResult',
  'The running agent, or why it did not start.',
  () => Agent,
  [IllegalState, InvalidInput, NotFound, TierLimitReached],
);

@Resolver()
export class StartAgentMutation {
  @Access(SIGNED_IN, ['AGENTS_CONTROL'])
  @Mutation(() => StartAgentResult, {
    description:
      'Starts an agent: the newest version of its strategy is bound to the feed in a new run.',
  })
  async startAgent(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => StartAgentInput, { description: 'Which agent, on which feed.' })
    input: StartAgentInput,
  ) {
    const result = await startAgent(context.ports, {
      userId: actor.userId,
      actor,
      agentId: localIdOf('Agent', input.id),
      replaySessionId: localIdOf('ReplaySession', input.replaySessionId),
    });
    return answer(context, 'Agent', result);
  }
}
