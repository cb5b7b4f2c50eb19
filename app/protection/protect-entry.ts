import type { ProtectionPrices } from '@nandax/core/order/plan-protection.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';

/**
 * Writes down that what an entry fills is to be left at these prices, in the transaction that writes
 * the entry. Nothing rests for what of it does not fill.
 */
export async function protectEntry(
  rows: StoreTransaction,
  { ids, clock }: Pick<TradingPorts, 'ids' | 'clock'>,
  entry: OrderRecord,
  { stopPrice, targetPrice }: ProtectionPrices,
): Promise<void> {
  const { userId, portfolioId, instrumentId, product, feedId, marketTime } = entry;
  const now = clock.now();
  await rows.protections.insert({
    id: ids.uuid(),
    ...{ userId, portfolioId, instrumentId, product, feedId },
    entryOrderId: entry.id,
    side: entry.side === 'BUY' ? 'SELL' : 'BUY',
    ...{ stopPrice, targetPrice },
    status: 'ACTIVE',
    phase: 'STOP',
    watchedFrom: marketTime,
    endReason: null,
    createdAt: now,
    updatedAt: now,
  });
}
