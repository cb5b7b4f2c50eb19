import { Decimal } from 'decimal.js';
import { snapshot } from '../events/snapshot.ts';
import type { OrderRecord, RefusedRequestRecord } from '../ports/orders.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** A failure, as far as keeping it goes: fields of JSON, numbers of a denial, and orders on their way. */
interface Failure {
  readonly kind: string;
}

/**
 * Writes down what a request was answered of which nothing else is written, so that its key gets the
 * same answer for ever. Orders of the answer are kept by their ids and shown as they stand. An id that
 * leads to nothing is kept nowhere: it leads to nothing for ever, and who guesses ids leaves no row.
 */
export async function keepRefusal(
  rows: StoreTransaction,
  request: Omit<RefusedRequestRecord, 'failure'>,
  failure: Failure,
): Promise<void> {
  if (failure.kind === 'NOT_FOUND') return;
  const kept =
    'pending' in failure
      ? { ...failure, pending: (failure.pending as readonly OrderRecord[]).map(({ id }) => id) }
      : failure;
  await rows.orders.insertRefused({ ...request, failure: snapshot(kept) });
}

/** The answer that was kept, of the kind that the same request can be given. */
export async function recallRefusal<F>(
  rows: StoreTransaction,
  { failure }: RefusedRequestRecord,
): Promise<F> {
  const kept = failure as Record<string, unknown>;
  const recalled: Record<string, unknown> = { ...kept };
  if (Array.isArray(kept.pending)) {
    const orders: OrderRecord[] = [];
    for (const id of kept.pending as readonly string[]) {
      const order = await rows.orders.find(id);
      if (order !== null) orders.push(order);
    }
    recalled.pending = orders;
  }
  for (const field of ['limit', 'actual']) {
    const number = kept[field];
    if (typeof number === 'string') recalled[field] = new Decimal(number);
  }
  return recalled as F;
}
