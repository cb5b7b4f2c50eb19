import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { createAgent } from '@nandax/app/agents/create-agent.ts';
import type { AgentView } from '@nandax/app/views/strategy.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Agent, AgentType } from './agent.ts';

@InputType({ description: 'An agent to make.' })
class CreateAgentInput {
  @InputField(() => String, 'Name for people.')
  name!: string;

  @InputField(() => AgentType, 'What it decides by.', { defaultValue: AgentType.RULE_BASED })
  type!: AgentView['type'];

  @InputField(() => ID, 'The strategy it trades.')
  strategyId!: string;

  @InputField(() => ID, 'The portfolio it trades in.')
  portfolioId!: string;
}

const CreateAgentResult = resultUnion(
  'CreateAgentResult',
  'The idle agent, or why there is none.',
  () => Agent,
  [InvalidInput, NotFound],
);

@Resolver()
export class CreateAgentMutation {
  @Access(SIGNED_IN, ['AGENTS_CONTROL'])
  @Mutation(() => CreateAgentResult, {
    description: 'Makes an agent that trades a strategy in a portfolio once it is started.',
  })
  async createAgent(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => CreateAgentInput, { description: 'What it trades, and where.' })
    input: CreateAgentInput,
  ) {
    const result = await createAgent(context.ports, {
      actor,
      name: input.name,
      type: input.type,
      strategyId: localIdOf('Strategy', input.strategyId),
      portfolioId: localIdOf('Portfolio', input.portfolioId),
    });
    return answer(context, 'Agent', result);
  }
}
