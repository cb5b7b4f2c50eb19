import { snapshot } from '../events/snapshot.ts';
import type { EventDraft } from '../ports/events.ts';
import type { AgentDecisionRecord } from '../ports/runs.ts';
import type { AgentRecord, RunRecord } from '../records.ts';

/** What the agent's user is told about a change of it. */
export function agentEvent(agent: AgentRecord, type: string): EventDraft {
  return { topic: 'AGENT', type, subjectId: agent.id, payload: snapshot(agent) };
}

/** A decision, as an event of the agent that took it. */
export function decisionEvent(agentId: string, decision: AgentDecisionRecord): EventDraft {
  return {
    topic: 'AGENT',
    type: 'AGENT_DECIDED',
    subjectId: agentId,
    payload: { id: agentId, decision: snapshot(decision) },
  };
}

/** What the run's user is told about a change of it. */
export function runEvent(run: RunRecord, type: string): EventDraft {
  return { topic: 'RUN', type, subjectId: run.id, payload: snapshot(run) };
}
