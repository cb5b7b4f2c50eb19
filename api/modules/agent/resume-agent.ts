import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { resumeAgent } from '@nandax/app/agents/resume-agent.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Agent } from './agent.ts';

@InputType({ description: 'What to let go on.' })
class ResumeAgentInput {
  @InputField(() => ID, 'The agent.')
  id!: string;
}

const ResumeAgentResult = resultUnion(
  'ResumeAgentResult',
  'The agent as it goes on, or why it did not happen.',
  () => Agent,
  [IllegalState, NotFound],
);

@Resolver()
export class ResumeAgentMutation {
  @Access(SIGNED_IN, ['AGENTS_CONTROL'])
  @Mutation(() => ResumeAgentResult, {
    description: 'Lets a paused agent decide again, in the same run, from the next closed bar on.',
  })
  async resumeAgent(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => ResumeAgentInput, { description: 'Which one.' }) input: ResumeAgentInput,
  ) {
    const result = await resumeAgent(context.ports, {
      userId: actor.userId,
      actor,
      agentId: localIdOf('Agent', input.id),
    });
    return answer(context, 'Agent', result);
  }
}
