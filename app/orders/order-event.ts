import { omit } from '@nandax/core/omit.ts';
import type { Job } from '../jobs.ts';
import { snapshot } from '../events/snapshot.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderRecord } from '../ports/orders.ts';

/** What the order's user is told about its new state, with the job it asks for. */
export function orderEvent(order: OrderRecord, job?: Job): EventDraft {
  // Executions have rows of their own; the snapshot is the order's.
  const columns = omit(order, 'executions');
  return {
    topic: 'ORDER',
    type: `ORDER_${order.status}`,
    subjectId: order.id,
    payload: snapshot(columns),
    ...(job === undefined ? {} : { job }),
  };
}

/** Money, positions or charges of a portfolio changed; whoever shows it reads it anew. */
export function portfolioEvent(portfolioId: string): EventDraft {
  return {
    topic: 'PORTFOLIO',
    type: 'PORTFOLIO_CHANGED',
    subjectId: portfolioId,
    payload: { id: portfolioId },
  };
}
