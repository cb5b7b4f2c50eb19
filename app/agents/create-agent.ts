import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { invalidInput, notFound, type InvalidInput, type NotFound } from '../failures.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { AgentRecord, AgentType } from '../records.ts';
import { agentEvent } from './agent-event.ts';

export interface CreateAgentInput {
  readonly actor: AccountActor;
  readonly name: string;
  readonly type: AgentType;
  readonly strategyId: string;
  readonly portfolioId: string;
}

/** Makes an idle agent that will trade a strategy in a portfolio once it is started. */
export async function createAgent(
  ports: Pick<TradingPorts, 'store' | 'ids' | 'clock' | 'bus'>,
  input: CreateAgentInput,
): Promise<Result<AgentRecord, InvalidInput | NotFound>> {
  const name = input.name.trim();
  if (name === '') return fail(invalidInput('name', 'An agent needs a name.'));
  if (input.type !== 'RULE_BASED') {
    return fail(
      invalidInput('type', 'Agents that use models are not available yet; choose RULE_BASED.'),
    );
  }
  const { actor } = input;
  const { userId } = actor;
  const created = await ports.store.transaction(async (rows) => {
    if ((await rows.runs.latestVersion(input.strategyId, userId)) === null) {
      return fail(notFound('Strategy', input.strategyId));
    }
    if (!(await rows.runs.ownsPortfolio(input.portfolioId, userId))) {
      return fail(notFound('Portfolio', input.portfolioId));
    }
    const now = ports.clock.now();
    const agent: AgentRecord = {
      id: ports.ids.uuid(),
      userId,
      name,
      type: input.type,
      status: 'IDLE',
      statusReason: null,
      strategyId: input.strategyId,
      portfolioId: input.portfolioId,
      currentRunId: null,
      createdAt: now,
      updatedAt: now,
    };
    await rows.runs.insertAgent(agent);
    await rows.audit.append(
      [
        {
          chain: userId,
          action: 'AGENT_CREATED',
          actor,
          entity: 'Agent',
          entityId: agent.id,
          after: { name, strategyId: agent.strategyId, portfolioId: agent.portfolioId },
        },
      ],
      now,
    );
    await rows.events.append(userId, [agentEvent(agent, 'AGENT_CREATED')], now);
    return succeed(agent);
  });
  if (created.ok)
    await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  return created;
}
