import type { EventDraft } from '../ports/events.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { changeAgent } from './change-agent.ts';

/**
 * Ends every run on a feed with its agent and returns what the user is to be told. Takes each
 * portfolio's lock first, so that no decision slips in behind it.
 */
export async function endRunsOnFeed(
  rows: StoreTransaction,
  feedId: string,
  reason: string,
  at: Date,
): Promise<readonly EventDraft[]> {
  const drafts: EventDraft[] = [];
  for (const run of await rows.runs.liveOnFeed(feedId)) {
    if (run.portfolioId !== null) await rows.portfolios.lock(run.portfolioId);
    const agent =
      run.agentId === null ? null : await rows.runs.lockAgent(run.agentId, run.userId);
    if (agent?.currentRunId !== run.id) continue;
    const change = { status: 'STOPPED', reason, run: 'STOPPED', event: 'AGENT_STOPPED' } as const;
    drafts.push(...(await changeAgent(rows, agent, run, change, at)).drafts);
  }
  return drafts;
}
