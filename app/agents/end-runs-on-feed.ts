import type { EventDraft } from '../ports/events.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { changeAgent } from './change-agent.ts';

/**
 * Ends every run on a feed with its agent and returns what the user is to be told. Takes each
 * portfolio's lock first, so that no decision slips in behind it.
 */
export async function endRunsOnFeed(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'ids' | 'clock'>,
  feedId: string,
  reason: string,
  at: Date,
  run: 'STOPPED' | 'COMPLETED',
): Promise<readonly EventDraft[]> {
  const drafts: EventDraft[] = [];
  for (const live of await rows.runs.liveOnFeed(feedId)) {
    if (live.portfolioId !== null) await rows.portfolios.lock(live.portfolioId);
    const agent =
      live.agentId === null ? null : await rows.runs.lockAgent(live.agentId, live.userId);
    if (agent?.currentRunId !== live.id) continue;
    const change = { status: 'STOPPED', reason, run, event: 'AGENT_STOPPED' } as const;
    drafts.push(...(await changeAgent(rows, ports, null, agent, live, change, at)).drafts);
  }
  return drafts;
}
