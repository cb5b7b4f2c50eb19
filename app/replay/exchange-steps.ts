import { orderNote } from '@nandax/core/exchange/fill-columns.ts';
import type { FillKernel } from '@nandax/core/exchange/fill-kernel.ts';
import { Decimal } from 'decimal.js';
import type { RestingOrder, SteppedOrder } from '../ports/exchange.ts';

/** An order that rests in the kernel. */
export interface Resting {
  /** The kernel's number. */
  readonly index: number;
  readonly order: RestingOrder;
  /** Executions so far. */
  executionCount: number;
}

type OpenStep = { -readonly [key in keyof SteppedOrder]: SteppedOrder[key] } & {
  readonly executions: { tradeId: string; quantity: Decimal; price: Decimal; executedAt: Date }[];
};

const immediateReason = 'IOC: what could not be filled at once was cancelled.';
export const expiredReason = 'The time that the order was to work has passed.';

/**
 * What matching came to since the last step, order by order, and forgets it. Orders whose market
 * protection was set leave `unprotected`; an execution's trade id follows from its order and number.
 */
export function takeSteps(
  kernel: FillKernel,
  byIndex: ReadonlyMap<number, Resting>,
  unprotected: Set<Resting>,
): readonly SteppedOrder[] {
  const { fills, notes } = kernel;
  const steps = new Map<string, OpenStep>();
  const stepOf = (index: number): [OpenStep, Resting] => {
    const resting = byIndex.get(index);
    if (resting === undefined) throw new Error(`order ${index} is not resting`);
    const { clientOrderId, revision } = resting.order;
    const step = steps.get(clientOrderId) ?? {
      clientOrderId,
      revision,
      triggered: false,
      executions: [],
      protectionLimit: null,
      end: null,
    };
    steps.set(clientOrderId, step);
    return [step, resting];
  };
  for (let row = 0; row < fills.length; row += 1) {
    const [step, resting] = stepOf(fills.order[row] ?? -1);
    resting.executionCount += 1;
    step.executions.push({
      tradeId: `T${step.clientOrderId}-${resting.executionCount}`,
      quantity: new Decimal(fills.quantity[row] ?? NaN),
      price: new Decimal(fills.price[row] ?? NaN),
      executedAt: new Date(fills.time[row] ?? NaN),
    });
  }
  for (let row = 0; row < notes.length; row += 1) {
    const [step] = stepOf(notes.order[row] ?? -1);
    const note = notes.note[row];
    if (note === orderNote.triggered) step.triggered = true;
    else if (note === orderNote.expired) step.end = { status: 'EXPIRED', reason: expiredReason };
    else step.end = { status: 'CANCELLED', reason: immediateReason };
  }
  for (const resting of unprotected) {
    const limit = kernel.protectionLimit(resting.index);
    if (isNaN(limit)) continue;
    const [step] = stepOf(resting.index);
    step.protectionLimit = new Decimal(limit);
    unprotected.delete(resting);
  }
  kernel.clearFills();
  return [...steps.values()];
}
