import { portfolioEvent } from '../orders/order-event.ts';
import type { EventDraft } from '../ports/events.ts';
import { isProtective, type OrderRecord } from '../ports/orders.ts';
import type { ProtectionRecord } from '../ports/protections.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';

/**
 * Ends a protection within the caller's transaction, which holds the portfolio's lock. Its working
 * exits are the caller's to take back. Returns what the user is to be told.
 */
export async function endProtection(
  rows: Pick<StoreTransaction, 'protections'>,
  ports: Pick<TradingPorts, 'clock'>,
  protection: ProtectionRecord,
  reason: string,
  status: 'ENDED' | 'REMOVED' = 'ENDED',
): Promise<EventDraft> {
  const updatedAt = ports.clock.now();
  await rows.protections.save({ ...protection, status, endReason: reason, updatedAt });
  await lapseChange(rows, ports, protection.id);
  return portfolioEvent(protection.portfolioId);
}

/** A change of its prices that the broker has not answered about yet does not matter any more. */
export async function lapseChange(
  rows: Pick<StoreTransaction, 'protections'>,
  { clock }: Pick<TradingPorts, 'clock'>,
  protectionId: string,
): Promise<void> {
  const change = await rows.protections.pendingChange(protectionId);
  if (change === null) return;
  await rows.protections.saveChange({ ...change, status: 'LAPSED', updatedAt: clock.now() });
}

/** Takes all protections of a portfolio away, as `endProtection` does with one. */
export async function endProtectionsOf(
  rows: Pick<StoreTransaction, 'protections'>,
  ports: Pick<TradingPorts, 'clock'>,
  portfolioId: string,
  reason: string,
): Promise<readonly EventDraft[]> {
  const drafts: EventDraft[] = [];
  for (const protection of await rows.protections.activeOf(portfolioId)) {
    drafts.push(await endProtection(rows, ports, protection, reason, 'REMOVED'));
  }
  return drafts;
}

/** Why the stop of a cover order (CO) is not to be taken away. */
export const coverStays =
  'The stop of a cover order is compulsory; it goes when its position is left.';

/** Whether a protection's exits are those of a cover order. */
export async function isOfCover(
  rows: Pick<StoreTransaction, 'orders'>,
  entryOrderId: string | null,
): Promise<boolean> {
  const entry = entryOrderId === null ? null : await rows.orders.find(entryOrderId);
  return entry?.variety === 'CO';
}

/** Ends the protections whose exits a person takes back by hand, so that they do not come again. */
export async function removeWithOrders(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'clock'>,
  orders: readonly OrderRecord[],
): Promise<readonly EventDraft[]> {
  const drafts: EventDraft[] = [];
  for (const order of orders) {
    if (!isProtective(order)) continue;
    const protection = await rows.protections.ofExit(order.id);
    if (protection?.status !== 'ACTIVE') continue;
    const reason = 'Its order was cancelled by hand.';
    drafts.push(await endProtection(rows, ports, protection, reason, 'REMOVED'));
  }
  return drafts;
}
