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
import { offsetExit, readExit, saidOf, type ExitOfRun } from './exit-of-run.ts';

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
 * is left as it is, and nothing is sent. An exit leaves in the ways that `planExit` finds. Returns what the user is to be told.
 */
export async function recordDecision(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'ids' | 'clock'>,
  door: DoorData,
  { run, traded, portfolio, decision, signals, source, actor, product }: DecisionToRecord,
): Promise<readonly EventDraft[]> {
  const ways: WayOut[] = [];
  for (const [index, signal] of signals.entries()) {
    const instrument = traded[signal.instrument];
    if (instrument === undefined) throw new RangeError(`no instrument ${signal.instrument}`);
    const { side } = signal;
    const units = new Decimal(signal.quantity);
    const key = `${decision.id}-${index}`;
    const order = { signal, instrument };
    if (!isExit(signal)) {
      ways.push({ ...order, orders: [{ key, units, reduceOnly: false }], exit: null });
      continue;
    }
    const exit = await readExit(rows, portfolio, run, { instrument, product, side, units });
    const orders = [
      { key, units: exit.plan.reduce, reduceOnly: true },
      { key: `${key}-open`, units: exit.plan.open, reduceOnly: false },
    ];
    ways.push({ ...order, orders: orders.filter((one) => !one.units.isZero()), exit });
  }
  const said = ways.flatMap(({ exit }) => (exit === null ? [] : (saidOf(exit) ?? [])));
  const made = { ...decision, reason: [decision.reason, ...said].join(' ') };
  if (!(await rows.runs.insertDecision(made))) return [];
  const drafts: EventDraft[] = [];
  for (const { signal, instrument, orders } of ways) {
    for (const { key: idempotencyKey, units: quantity, reduceOnly } of orders) {
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
            reduceOnly,
            run: { id: run.id, decisionId: decision.id },
            instrument,
            terms: { ...plainTerms, type: 'MARKET', side: signal.side, product, quantity },
          },
        ],
      });
      drafts.push(...passed.drafts);
    }
  }
  // Last, as the limits of the run are to be taken before those that a protection's exit meets (decision 18).
  for (const { exit } of ways) {
    if (exit === null) continue;
    drafts.push(...(await offsetExit(rows, ports, door, portfolio, exit, decision.barTime)));
  }
  return run.agentId === null ? drafts : [decisionEvent(run.agentId, made), ...drafts];
}

/** A signal as it leaves: its orders, and of an exit what leaves without one. */
interface WayOut {
  readonly signal: SignalToSend;
  readonly instrument: InstrumentRecord;
  readonly orders: readonly {
    readonly key: string;
    readonly units: Decimal;
    readonly reduceOnly: boolean;
  }[];
  readonly exit: ExitOfRun | null;
}

function isExit({ action }: SignalToSend): boolean {
  return action === 'EXIT_LONG' || action === 'EXIT_SHORT';
}
