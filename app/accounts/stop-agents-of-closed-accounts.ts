import { systemActor } from '../actor.ts';
import type { AgentPorts } from '../agents/control-agent.ts';
import { stopAgent } from '../agents/stop-agent.ts';

/**
 * Stops every agent whose user was deleted or suspended, and ends its run; open positions stay as
 * they are. Housekeeping does it again, should a process end between that and this.
 */
export async function stopAgentsOfClosedAccounts(ports: AgentPorts): Promise<number> {
  const started = await ports.store.read(({ runs }) => runs.startedAgentsOfClosedAccounts());
  for (const agent of started) {
    // One that stopped meanwhile is what was wanted.
    await stopAgent(ports, { ...agent, actor: systemActor, exitPositions: false });
  }
  return started.length;
}
