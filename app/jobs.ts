import type { TrafficClass } from '@nandax/core/traffic/traffic.ts';

/**
 * The jobs, each a contract: queue, name, payload, id. Payloads carry ids only; a handler re-reads
 * what it needs. Ids hold neither ':' nor digits alone (BullMQ refuses both), and are no guard
 * against repetition: unique columns are.
 */
export type QueueName = 'trading' | 'agents' | 'backtests';

export const queueNames: readonly QueueName[] = ['trading', 'agents', 'backtests'];

export type DecisionTrigger = 'BAR' | 'SQUARE_OFF';

/** What of a job of the trading queue leaves first. */
interface LeavesInTurn {
  /** Absent: as an entry. */
  readonly traffic?: TrafficClass;
}

export interface PlaceOrderJob extends LeavesInTurn {
  readonly queue: 'trading';
  readonly name: 'place-order';
  readonly id: string;
  readonly payload: { readonly orderId: string };
}

/** Asks the broker for an order back. */
export interface CancelOrderJob extends LeavesInTurn {
  readonly queue: 'trading';
  readonly name: 'cancel-order';
  readonly id: string;
  readonly payload: { readonly orderId: string };
}

/** Asks the broker for an order's new terms. */
export interface ModifyOrderJob extends LeavesInTurn {
  readonly queue: 'trading';
  readonly name: 'modify-order';
  readonly id: string;
  readonly payload: { readonly orderId: string };
}

export interface AgentBarJob {
  readonly queue: 'agents';
  readonly name: 'agent-bar';
  readonly id: string;
  readonly payload: {
    readonly runId: string;
    readonly trigger: DecisionTrigger;
    /** Close of the bar, epoch milliseconds of market time. */
    readonly barTime: number;
  };
}

export interface RunBacktestJob {
  readonly queue: 'backtests';
  readonly name: 'run-backtest';
  readonly id: string;
  readonly payload: { readonly runId: string };
}

/** Looks into whether a run that ended deserves trust. */
export interface ExamineRunJob {
  readonly queue: 'backtests';
  readonly name: 'examine-run';
  readonly id: string;
  readonly payload: { readonly runId: string };
}

/** Searches the parameters of a strategy. */
export interface RunOptimisationJob {
  readonly queue: 'backtests';
  readonly name: 'run-optimisation';
  readonly id: string;
  readonly payload: { readonly optimisationId: string };
}

export type Job =
  | PlaceOrderJob
  | CancelOrderJob
  | ModifyOrderJob
  | AgentBarJob
  | RunBacktestJob
  | ExamineRunJob
  | RunOptimisationJob;
export type JobName = Job['name'];
export type JobOf<N extends JobName> = Extract<Job, { name: N }>;

/** `call`: of an order whose first job found that it had to wait, what tells this one from it. */
export function placeOrderJob(
  orderId: string,
  clientOrderId: string,
  traffic: TrafficClass = 'ENTRY',
  call?: string,
): PlaceOrderJob {
  return {
    queue: 'trading',
    name: 'place-order',
    id: call === undefined ? `place-${clientOrderId}` : `place-${clientOrderId}-${call}`,
    payload: { orderId },
    traffic,
  };
}

/** `call` tells one asking from another: a cancel that was refused can be asked for again. */
export function cancelOrderJob(
  orderId: string,
  clientOrderId: string,
  call: string,
): CancelOrderJob {
  return {
    queue: 'trading',
    name: 'cancel-order',
    id: `cancel-${clientOrderId}-${call}`,
    payload: { orderId },
    traffic: 'EXIT',
  };
}

/** One for each change of an order, counted from 1; `call`: as with `placeOrderJob`. */
export function modifyOrderJob(
  orderId: string,
  clientOrderId: string,
  modificationCount: number,
  traffic: TrafficClass,
  call?: string,
): ModifyOrderJob {
  return {
    queue: 'trading',
    name: 'modify-order',
    id: `modify-${clientOrderId}-${modificationCount}${call === undefined ? '' : `-${call}`}`,
    payload: { orderId },
    traffic,
  };
}

/**
 * One per run, trigger and bar. The owner's fencing number is part of the id: after a crash the new
 * owner's job runs at once instead of waiting for the dead one's lock, and the unique decision row
 * makes the second of the two a no-op.
 */
export function agentBarJob(
  runId: string,
  trigger: DecisionTrigger,
  barTime: number,
  fencingNumber: bigint,
): AgentBarJob {
  const kind = trigger === 'BAR' ? 'bar' : 'square-off';
  return {
    queue: 'agents',
    name: 'agent-bar',
    id: `${kind}-${runId}-${barTime}-${fencingNumber}`,
    payload: { runId, trigger, barTime },
  };
}

export function runBacktestJob(runId: string): RunBacktestJob {
  return { queue: 'backtests', name: 'run-backtest', id: `backtest-${runId}`, payload: { runId } };
}

/** `after`: of a trade that closed once its run had ended, what tells this job from the one before it. */
export function examineRunJob(runId: string, after?: string): ExamineRunJob {
  const id = after === undefined ? `examine-${runId}` : `examine-${runId}-${after}`;
  return { queue: 'backtests', name: 'examine-run', id, payload: { runId } };
}

export function runOptimisationJob(optimisationId: string): RunOptimisationJob {
  return {
    queue: 'backtests',
    name: 'run-optimisation',
    id: `optimisation-${optimisationId}`,
    payload: { optimisationId },
  };
}
