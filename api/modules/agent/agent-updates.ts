import { Arg, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { AgentDecisionView, AgentView } from '@nandax/app/views/strategy.ts';
import { Access, Visible } from '../../access/declare.ts';
import { READ, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Count, DateTime } from '../../scalars/scalars.ts';
import { afterArgument, source } from '../../hub/source.ts';
import { Agent, AgentDecision } from './agent.ts';

@ObjectType({ description: 'Something that happened to an agent.' })
export class AgentUpdate {
  @Visible(WITH_PARENT, () => Count, 'Its place in your log, to go on behind it.')
  sequence!: bigint;

  @Visible(WITH_PARENT, () => DateTime, 'When it happened, by the wall clock.')
  occurredAt!: Date;

  @Visible(WITH_PARENT, () => String, 'What happened, e.g. `AGENT_DECIDED`.')
  type!: string;

  @Visible(WITH_PARENT, () => Agent, 'The agent as it was after the event.')
  agent!: AgentView;

  @Visible(WITH_PARENT, () => AgentDecision, 'What it decided; null: the event is no decision.', {
    nullable: true,
  })
  decision!: AgentDecisionView | null;
}

@Resolver()
export class AgentUpdatesSubscription {
  @Access(SIGNED_IN, READ)
  @Subscription(() => AgentUpdate, {
    subscribe: source((hub, viewer, after) => hub.agentUpdates(viewer.id, after)),
    description:
      'What your agents decide, and where in their life they are. Give `after` to have what was missed replayed first, in order, nothing lost or repeated.',
  })
  agentUpdates(
    @Arg('after', () => Count, afterArgument) _after: bigint | null | undefined,
    @Root() update: AgentUpdate,
  ): AgentUpdate {
    return update;
  }
}
