import { controlAgent, type AgentPorts, type AgentReference } from './control-agent.ts';

/** Holds an agent: it decides nothing until resumed, but intraday positions are still squared off. */
export function pauseAgent(ports: AgentPorts, reference: AgentReference) {
  return controlAgent(ports, reference, {
    from: ['RUNNING'],
    change: { status: 'PAUSED', reason: null, run: 'PAUSED', event: 'AGENT_PAUSED' },
    audited: 'AGENT_PAUSED',
    refusal: 'Only a running agent can be paused.',
  });
}
