import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type {
  AgentRecord,
  ReplaySessionRecord,
  RunRecord,
  StrategyVersionRecord,
} from '../records.ts';
import { rulesOfVersion } from '../strategies/version-rules.ts';
import { missingLiveScope, type ScopeMissing } from '../orders/trade-scope.ts';
import { checkTierLimit, type TierLimitReached } from '../tiers/check-tier-limit.ts';
import { agentEvent, runEvent } from './agent-event.ts';
import type { AgentPorts, AgentReference } from './control-agent.ts';

export interface StartAgentInput extends AgentReference {
  /** The replay whose bars the agent will decide on. */
  readonly replaySessionId: string;
}

/**
 * Starts an agent on a replay: binds the strategy's newest version and makes a run, which decides
 * from the next closed bar on. The portfolio follows the replay's market clock from then on.
 */
export async function startAgent(
  ports: AgentPorts,
  { userId, actor, agentId, replaySessionId }: StartAgentInput,
): Promise<Result<AgentRecord, NotFound | IllegalState | TierLimitReached | ScopeMissing>> {
  const started = await ports.store.transaction(async (rows) => {
    const session = await rows.feeds.lockReplay(replaySessionId, userId);
    if (session === null) return fail(notFound('ReplaySession', replaySessionId));
    const seen = await rows.runs.findAgent(agentId, userId);
    if (seen === null) return fail(notFound('Agent', agentId));
    const portfolio = await rows.portfolios.lock(seen.portfolioId);
    const agent = await rows.runs.lockAgent(agentId, userId);
    if (portfolio === null || agent === null) return fail(notFound('Agent', agentId));
    const version = await rows.runs.latestVersion(agent.strategyId, userId);
    if (version === null) return fail(notFound('Strategy', agent.strategyId));

    const now = ports.clock.now();
    const refusal =
      missingLiveScope(actor, portfolio) ??
      refuse(agent, session, version) ??
      (await refuseFeed(rows, agent, portfolio, session.id)) ??
      (await checkTierLimit(rows, userId, 'runningAgents', now));
    if (refusal !== null) return fail(refusal);

    await rows.feeds.bindPortfolio(portfolio.id, session.id, now);
    const run: RunRecord = {
      id: ports.ids.uuid(),
      userId,
      kind: 'PAPER',
      status: 'RUNNING',
      strategyVersionId: version.id,
      agentId: agent.id,
      portfolioId: portfolio.id,
      feedId: session.id,
      datasetId: session.datasetId,
      initialCapital: portfolio.initialCapital,
      fillModel: session.fillModel,
      rangeFrom: session.cursor ?? session.rangeFrom,
      rangeTo: null,
      failureReason: null,
      createdAt: now,
      startedAt: now,
      endedAt: null,
    };
    await rows.runs.insertRun(run);
    const running: AgentRecord = {
      ...agent,
      status: 'RUNNING',
      statusReason: null,
      currentRunId: run.id,
      updatedAt: now,
    };
    await rows.runs.saveAgent(agent.id, running, now);
    await rows.audit.append(
      [
        {
          chain: userId,
          action: 'AGENT_STARTED',
          actor,
          entity: 'Agent',
          entityId: agent.id,
          before: { status: agent.status },
          after: {
            status: running.status,
            runId: run.id,
            strategyVersion: version.id,
            replaySessionId: session.id,
          },
        },
      ],
      now,
    );
    await rows.events.append(
      userId,
      [agentEvent(running, 'AGENT_STARTED'), runEvent(run, 'RUN_RUNNING')],
      now,
    );
    return succeed(running);
  });
  if (started.ok) {
    await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
    await ports.bus.publish(`feed.${replaySessionId}`, {});
  }
  return started;
}

/** A portfolio changes its market clock only when nothing of the old one is left in it. */
async function refuseFeed(
  rows: StoreTransaction,
  agent: AgentRecord,
  portfolio: LockedPortfolio,
  feedId: string,
): Promise<IllegalState | null> {
  if (portfolio.kind === 'LIVE') {
    return illegalState(
      agent.status,
      'A live portfolio trades at its broker and follows no replay.',
    );
  }
  if (portfolio.feedId === null || portfolio.feedId === feedId) return null;
  const runs = await rows.runs.liveOnFeed(portfolio.feedId);
  if (runs.some(({ portfolioId }) => portfolioId === portfolio.id)) {
    return illegalState(agent.status, 'Another agent trades this portfolio on another replay.');
  }
  const positions = await rows.portfolios.positions(portfolio.id);
  const working = await rows.orders.working(portfolio.id);
  if (working.length === 0 && positions.every((held) => netQuantityOf(held).isZero())) return null;
  return illegalState(
    agent.status,
    'The portfolio still holds positions of another replay; take another portfolio.',
  );
}

function refuse(
  agent: AgentRecord,
  session: ReplaySessionRecord,
  version: StrategyVersionRecord,
): IllegalState | null {
  if (agent.status === 'RUNNING' || agent.status === 'PAUSED') {
    return illegalState(agent.status, 'The agent is already started.');
  }
  if (session.state === 'FINISHED' || session.state === 'STOPPED') {
    return illegalState(session.state, 'The replay has ended; restart it first.');
  }
  const { traded } = rulesOfVersion(version);
  const missing = traded.find(({ id }) => !session.instrumentIds.includes(id));
  if (missing !== undefined) {
    return illegalState(
      agent.status,
      `The replay does not play ${missing.exchange}:${missing.tradingSymbol}, which the strategy trades.`,
    );
  }
  return null;
}
