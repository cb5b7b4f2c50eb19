import { unfilledQuantityOf } from '@nandax/core/order/order.ts';
import type { Result } from '@nandax/core/result.ts';
import type { IllegalState, NotFound } from '../failures.ts';
import { notify } from '../notifications/notify.ts';
import { loadDoorData, type DoorData } from '../orders/pass-door.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { AgentRecord } from '../records.ts';
import {
  controlAgent,
  type AgentPorts,
  type AgentReference,
  type ControlledRun,
} from './control-agent.ts';
import { holdingsOf } from './holdings.ts';
import { leftOpenBy } from './left-open.ts';
import { rulesOfVersion } from '../strategies/version-rules.ts';
import { recordDecision, type SignalToSend } from './record-decision.ts';

export interface StopAgentInput extends AgentReference {
  /** Whether the run's open positions are to be left by market orders. */
  readonly exitPositions: boolean;
}

/**
 * Stops an agent and ends its run; its open positions leave or stay, as asked. What stays is the user's
 * own from then on (decision 19), and the user is told; a kill switch leaves it at once.
 */
export async function stopAgent(
  ports: AgentPorts,
  input: StopAgentInput,
): Promise<Result<AgentRecord, NotFound | IllegalState>> {
  const door = await loadDoorData(ports);
  return controlAgent(ports, input, {
    from: ['RUNNING', 'PAUSED'],
    change: { status: 'STOPPED', reason: null, run: 'STOPPED', event: 'AGENT_STOPPED' },
    audited: 'AGENT_STOPPED',
    refusal: 'Only a running or paused agent can be stopped.',
    before: (rows, held) =>
      input.exitPositions
        ? exitPositions(rows, ports, door, held, input.actor)
        : tellWhatStays(rows, ports, held, input.actor),
  });
}

async function tellWhatStays(
  rows: StoreTransaction,
  ports: AgentPorts,
  { agent, run }: ControlledRun,
  actor: StopAgentInput['actor'],
): Promise<readonly EventDraft[]> {
  const left = actor.kind === 'SYSTEM' ? null : await leftOpenBy(rows, run);
  if (left === null) return [];
  const title = `Agent ${agent.name} stopped and left positions`;
  const at = ports.clock.now();
  return [
    await notify(rows, ports.ids, {
      userId: run.userId,
      level: 'INFORMATION',
      title,
      body: left,
      at,
    }),
  ];
}

async function exitPositions(
  rows: StoreTransaction,
  ports: AgentPorts,
  door: DoorData,
  { run, portfolio }: ControlledRun,
  actor: StopAgentInput['actor'],
): Promise<readonly EventDraft[]> {
  const version = await rows.runs.findVersion(run.strategyVersionId);
  if (version === null) throw new Error(`run ${run.id} has no strategy version`);
  const { strategy, traded } = rulesOfVersion(version);
  const openTrades = await rows.portfolios.openTradesOfRun(run.id);
  const working = (await rows.orders.working(portfolio.id)).filter(({ runId }) => runId === run.id);
  const signals: SignalToSend[] = [];
  holdingsOf(run.id, traded, openTrades, working).forEach((holding, instrument) => {
    // What is on its way arrives before this exit, since orders match in the order they were made.
    const arriving = working
      .filter(({ instrumentId }) => instrumentId === traded[instrument]?.id)
      .reduce((sum, order) => sum + signedUnfilled(order), 0);
    const quantity = holding.quantity + arriving;
    if (quantity === 0) return;
    const isLong = quantity > 0;
    signals.push({
      instrument,
      action: isLong ? 'EXIT_LONG' : 'EXIT_SHORT',
      side: isLong ? 'SELL' : 'BUY',
      quantity: Math.abs(quantity),
      reason: 'STOPPED',
      text: 'the agent was stopped',
    });
  });
  if (signals.length === 0) return [];
  const now = ports.clock.now();
  const marketTime = run.feedId === null ? null : await rows.feeds.marketTime(run.feedId);
  return await recordDecision(rows, ports, door, {
    run,
    traded,
    portfolio,
    signals,
    source: actor.kind === 'SYSTEM' ? 'KILL_SWITCH' : actor.kind,
    actor,
    product: strategy.document.product,
    decision: {
      id: ports.ids.uuid(),
      runId: run.id,
      trigger: 'STOP',
      timeFrame: version.timeFrame,
      barTime: marketTime ?? now,
      signals: signals.map(({ instrument, ...signal }) => ({
        instrumentId: traded[instrument]?.id ?? '',
        ...signal,
      })),
      inputs: [],
      memory: [],
      reason: 'The agent was stopped; its positions leave.',
      createdAt: now,
    },
  });
}

/** Units the order may still bring: positive when it buys. */
function signedUnfilled(order: OrderRecord): number {
  const unfilled = unfilledQuantityOf(order).toNumber();
  return order.side === 'BUY' ? unfilled : -unfilled;
}
