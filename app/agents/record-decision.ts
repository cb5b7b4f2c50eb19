import type { Signal } from '@nandax/core/strategy/decide-signals.ts';
import { Decimal } from 'decimal.js';
import { createHash } from 'node:crypto';
import type { Actor } from '../actor.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { passDoor, standalone, type DoorData } from '../orders/pass-door.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderIntent, OrderSource } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { AgentDecisionRecord } from '../ports/runs.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { InstrumentRecord, RunRecord } from '../records.ts';
import { decisionEvent } from './agent-event.ts';

/** A signal that goes to the door, and what kind of hand sends it. */
export interface SignalToSend extends Omit<Signal, 'reason'> {
  readonly reason: OrderIntent;
}

export interface DecisionToRecord {
  readonly run: RunRecord;
  /** What the signals' indexes mean. */
  readonly traded: readonly InstrumentRecord[];
  readonly portfolio: LockedPortfolio;
  readonly decision: AgentDecisionRecord;
  readonly signals: readonly SignalToSend[];
  readonly source: OrderSource;
  readonly actor: Actor;
  readonly product: 'CNC' | 'MIS';
}

/**
 * Writes a decision and passes its signals through the one door, in the caller's transaction: a
 * decision is never seen without its orders. A decision that exists already (a job that ran twice)
 * is left as it is, and nothing is sent. Returns what the user is to be told.
 */
export async function recordDecision(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'ids' | 'clock'>,
  door: DoorData,
  { run, traded, portfolio, decision, signals, source, actor, product }: DecisionToRecord,
): Promise<readonly EventDraft[]> {
  if (!(await rows.runs.insertDecision(decision))) return [];
  const drafts: EventDraft[] = [];
  for (const [index, signal] of signals.entries()) {
    const instrument = traded[signal.instrument];
    if (instrument === undefined) throw new RangeError(`no instrument ${signal.instrument}`);
    const idempotencyKey = `${decision.id}-${index}`;
    const passed = await passDoor(rows, ports, door, portfolio, {
      idempotencyKey,
      requestHash: createHash('sha256').update(idempotencyKey).digest('hex'),
      source,
      actor,
      kind: 'SINGLE',
      intent: signal.reason,
      marketTime: decision.barTime,
      legs: [
        {
          ...standalone,
          run: { id: run.id, decisionId: decision.id },
          instrument,
          terms: {
            ...plainTerms,
            type: 'MARKET',
            side: signal.side,
            product,
            quantity: new Decimal(signal.quantity),
          },
        },
      ],
    });
    drafts.push(...passed.drafts);
  }
  return run.agentId === null ? drafts : [decisionEvent(run.agentId, decision), ...drafts];
}
