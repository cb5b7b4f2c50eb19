import type { AgentPorts } from '../agents/control-agent.ts';
import { stopAgent } from '../agents/stop-agent.ts';

/**
 * Stops every agent whose user was deleted and ends its run; open positions stay as they are. It is
 * done again by housekeeping, should a process end between a deletion and this.
 */
export async function stopAgentsOfDeletedAccounts(ports: AgentPorts): Promise<number> {
  const started = await ports.store.read(({ runs }) => runs.startedAgentsOfDeletedUsers());
  for (const agent of started) {
    // One that stopped meanwhile is what was wanted.
    await stopAgent(ports, { ...agent, exitPositions: false });
  }
  return started.length;
}
