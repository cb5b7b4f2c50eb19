import { examineRunJob } from '../jobs.ts';
import type { DoorData } from '../orders/pass-door.ts';
import type { EventDraft } from '../ports/events.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { followProtections } from '../protection/follow-position.ts';
import type { AgentRecord, AgentStatus, RunRecord, RunStatus } from '../records.ts';
import { hasEnded } from '../runs/run-states.ts';
import { agentEvent, runEvent } from './agent-event.ts';
import { handOver } from './hand-over.ts';

/** A change of an agent and of the run it is in. */
export interface AgentChange {
  readonly status: AgentStatus;
  readonly reason: string | null;
  readonly run: RunStatus;
  /** Name of the agent's event, e.g. AGENT_PAUSED. */
  readonly event: string;
}

/**
 * Moves agent and run together, so that no one ever sees a running agent in an ended run. What a run
 * holds at its end becomes the user's; `data` is null where nothing is protected any more.
 */
export async function changeAgent(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'ids' | 'clock'>,
  data: DoorData | null,
  agent: AgentRecord,
  run: RunRecord,
  change: AgentChange,
  at: Date,
): Promise<{ readonly agent: AgentRecord; readonly drafts: readonly EventDraft[] }> {
  const ended = hasEnded(change.run);
  const after: AgentRecord = {
    ...agent,
    status: change.status,
    statusReason: change.reason,
    currentRunId: ended ? null : run.id,
    updatedAt: at,
  };
  await rows.runs.saveAgent(agent.id, after, at);
  const rangeTo =
    ended && run.feedId !== null ? await rows.feeds.marketTime(run.feedId) : run.rangeTo;
  const failureReason = change.run === 'FAILED' ? change.reason : null;
  await rows.runs.setRunStatus(run.id, change.run, {
    ...(failureReason === null ? {} : { failureReason }),
    ...(ended ? { endedAt: at, rangeTo } : {}),
  });
  const runAfter: RunRecord = {
    ...run,
    status: change.run,
    failureReason,
    rangeTo,
    endedAt: ended ? at : null,
  };
  const { drafts: handedOver, places } = await handOver(rows, ports, runAfter);
  const followed: EventDraft[] = [];
  for (const place of places) {
    if (data === null) break;
    followed.push(...(await followProtections(rows, ports, data, place, null)));
  }
  const told = runEvent(runAfter, `RUN_${change.run}`);
  return {
    agent: after,
    // Whether what was traded deserves trust is looked into once there is no more of it.
    drafts: [
      agentEvent(after, change.event),
      ended ? { ...told, job: examineRunJob(run.id) } : told,
      ...handedOver,
      ...followed,
    ],
  };
}
