import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor, SystemActor } from '../actor.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import { loadDoorData } from '../orders/pass-door.ts';
import type { EventDraft } from '../ports/events.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { AgentRecord, AgentStatus, RunRecord } from '../records.ts';
import { changeAgent, type AgentChange } from './change-agent.ts';

export type AgentPorts = Pick<TradingPorts, 'store' | 'ids' | 'clock' | 'bus' | 'history'>;

export interface AgentReference {
  readonly userId: string;
  readonly actor: AccountActor | SystemActor;
  readonly agentId: string;
}

/** What is changed, under the portfolio's lock. */
export interface ControlledRun {
  readonly agent: AgentRecord;
  readonly run: RunRecord;
  readonly portfolio: LockedPortfolio;
}

/** One deliberate change of a started agent. */
interface Control {
  readonly from: readonly AgentStatus[];
  readonly change: AgentChange;
  readonly audited: 'AGENT_PAUSED' | 'AGENT_RESUMED' | 'AGENT_STOPPED';
  /** Said when the agent is in another state. */
  readonly refusal: string;
  /** What else happens in the same transaction, under the portfolio's lock, before the change. */
  readonly before?: (rows: StoreTransaction, held: ControlledRun) => Promise<readonly EventDraft[]>;
}

/** Changes an agent that has a run, under its portfolio's lock. */
export async function controlAgent(
  ports: AgentPorts,
  { userId, actor, agentId }: AgentReference,
  control: Control,
): Promise<Result<AgentRecord, NotFound | IllegalState>> {
  const data = await loadDoorData(ports);
  const changed = await ports.store.transaction(async (rows) => {
    const seen = await rows.runs.findAgent(agentId, userId);
    if (seen === null) return fail(notFound('Agent', agentId));
    const portfolio = await rows.portfolios.lock(seen.portfolioId);
    const agent = await rows.runs.lockAgent(agentId, userId);
    if (portfolio === null || agent === null) return fail(notFound('Agent', agentId));
    const run = agent.currentRunId === null ? null : await rows.runs.findRun(agent.currentRunId);
    if (run === null || !control.from.includes(agent.status)) {
      return fail(illegalState(agent.status, control.refusal));
    }
    const now = ports.clock.now();
    const before = (await control.before?.(rows, { agent, run, portfolio })) ?? [];
    const { agent: after, drafts } = await changeAgent(
      rows,
      ports,
      data,
      agent,
      run,
      control.change,
      now,
    );
    await rows.audit.append(
      [
        {
          chain: userId,
          action: control.audited,
          actor,
          entity: 'Agent',
          entityId: agentId,
          before: { status: agent.status },
          after: { status: after.status },
        },
      ],
      now,
    );
    await rows.events.append(userId, [...before, ...drafts], now);
    return succeed({ agent: after, feedId: run.feedId });
  });
  if (!changed.ok) return changed;
  await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  if (changed.value.feedId !== null) await ports.bus.publish(`feed.${changed.value.feedId}`, {});
  return succeed(changed.value.agent);
}
