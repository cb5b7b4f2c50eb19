import { controlAgent, type AgentPorts, type AgentReference } from './control-agent.ts';

/** Lets a paused agent decide again, in the same run, from the next closed bar on. */
export function resumeAgent(ports: AgentPorts, reference: AgentReference) {
  return controlAgent(ports, reference, {
    from: ['PAUSED'],
    change: { status: 'RUNNING', reason: null, run: 'RUNNING', event: 'AGENT_RESUMED' },
    audited: 'AGENT_RESUMED',
    refusal: 'Only a paused agent can be resumed; start one that was stopped.',
  });
}
